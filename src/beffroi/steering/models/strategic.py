"""A strategic plan (PST, PSSP): objectives, actions, who answers for them, what they cost."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.models.declarations import Commitment, Declaration
from beffroi.steering.models.indicators import Indicator
from beffroi.steering.models.plans import Line, Partner
from beffroi.steering.strategic_enums import (
    LETTERS,
    ORIGINS,
    WHOLE,
    Civility,
    DecidingBody,
    ElementState,
    Health,
    Level,
    Organisation,
    Part,
    Quality,
    StrategicKind,
    SynergyKind,
)

_WHOLE_SPLIT = Q(**{"commune": WHOLE - sum((F(o) for o in ORIGINS if o != "commune"), start=0)})


class StrategicPlan(models.Model):
    """What a commune or a CPAS will do during a legislature, from its objectives to its actions."""

    key = models.SlugField(_("clé"), max_length=40, unique=True)
    kind = models.CharField(_("nature"), max_length=4, choices=StrategicKind.choices)
    organisation = models.CharField(_("institution"), max_length=4, choices=Organisation.choices)
    name = models.CharField(_("nom"), max_length=255)
    authority = models.CharField(_("pouvoir local"), max_length=200)
    nis_code = models.CharField(_("code INS de la commune"), max_length=5, blank=True)
    starts_date = models.DateField(_("début"))
    ends_date = models.DateField(_("fin"))
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    #: Empty while the plan is a draft.
    adopted_date = models.DateField(_("adopté le"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("plan stratégique")
        verbose_name_plural = _("plans stratégiques")
        ordering = ["kind", "-starts_date", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StrategicKind.values), name="strategic_kind"
            ),
            models.CheckConstraint(
                condition=Q(organisation__in=Organisation.values), name="strategic_organisation"
            ),
            models.CheckConstraint(
                condition=Q(ends_date__gt=F("starts_date")), name="strategic_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Responsible(models.Model):
    """An agent or a mandatary who answers for something; the civility is what the person says."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="people")
    quality = models.CharField(_("qualité"), max_length=9, choices=Quality.choices)
    civility = models.CharField(
        _("civilité"), max_length=8, choices=Civility.choices, blank=True, default=""
    )
    #: The day the person said it.
    civility_said_date = models.DateField(_("dite le"), null=True, blank=True)
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=120)
    function = models.CharField(_("fonction ou mandat"), max_length=200)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), max_length=254, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="strategic_roles",
    )  # fmt: skip

    class Meta:
        verbose_name = _("responsable")
        verbose_name_plural = _("responsables")
        ordering = ["last_name", "first_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(civility="", civility_said_date__isnull=True)
                | Q(civility__in=Civility.values, civility_said_date__isnull=False),
                name="civility_is_said",
            ),
            models.CheckConstraint(condition=Q(quality__in=Quality.values), name="quality_known"),
            models.UniqueConstraint(
                fields=["plan", "agent"], condition=Q(agent__isnull=False), name="agent_once_a_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_civility_display()} {self.first_name} {self.last_name}".strip()


class Element(models.Model):
    """An objective, an action or a subaction of a strategic plan."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="elements")
    level = models.CharField(_("niveau"), max_length=11, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    #: Within its plan and its level; never given twice.
    number = models.PositiveSmallIntegerField(_("numéro"))
    part = models.CharField(_("volet"), max_length=8, choices=Part.choices, blank=True)
    title = models.CharField(_("intitulé"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    responsible = models.ForeignKey(
        Responsible, on_delete=models.PROTECT, null=True, blank=True, related_name="answers_for",
        verbose_name=_("responsable"),
    )  # fmt: skip
    mandatary = models.ForeignKey(
        Responsible, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates",
        verbose_name=_("mandataire"),
    )  # fmt: skip
    department = models.CharField(_("service"), max_length=200, blank=True)
    partners = models.ManyToManyField(Partner, blank=True, related_name="strategic_elements")
    planned_start = models.DateField(_("début prévu"), null=True, blank=True)
    planned_end = models.DateField(_("fin prévue"), null=True, blank=True)
    effective_start = models.DateField(_("début effectif"), null=True, blank=True)
    effective_end = models.DateField(_("fin effective"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=11, choices=ElementState.choices, default=ElementState.TO_SCHEDULE
    )
    #: Said by whoever answers for it, in percent; empty where it is computed from below.
    progress = models.PositiveSmallIntegerField(_("avancement"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("poids"), default=1)
    health = models.CharField(_("santé"), max_length=6, choices=Health.choices, default=Health.GOOD)
    health_words = models.CharField(_("pourquoi cette santé"), max_length=500, blank=True)
    fte = models.DecimalField(
        _("équivalents temps plein"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="elements")
    lines = models.ManyToManyField(Line, blank=True, related_name="strategic_elements")
    synergy_kind = models.CharField(
        _("synergie commune–CPAS"), max_length=14, choices=SynergyKind.choices, blank=True
    )
    synergy_note = models.CharField(_("en quoi"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("élément du plan")
        verbose_name_plural = _("éléments du plan")
        ordering = ["plan", "level", "number"]
        indexes = [models.Index(fields=["plan", "state"], name="element_state")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "level", "number"], name="element_number"),
            models.CheckConstraint(condition=~Q(title=""), name="element_title"),
            models.CheckConstraint(
                condition=Q(level=Level.STRATEGIC, parent__isnull=True, part__in=Part.values)
                | ~Q(level=Level.STRATEGIC) & Q(parent__isnull=False, part=""),
                name="element_stands_under_another",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="element_level"),
            models.CheckConstraint(
                condition=Q(state__in=ElementState.values), name="element_state_known"
            ),
            models.CheckConstraint(
                condition=Q(progress__isnull=True)
                | Q(progress__lte=100, level__in=[Level.ACTION, Level.SUBACTION]),
                name="element_progress",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="element_weight"),
            models.CheckConstraint(
                condition=Q(health=Health.GOOD) | Q(health__in=Health.values) & ~Q(health_words=""),
                name="element_health_says_why",
            ),
            models.CheckConstraint(
                condition=Q(fte__isnull=True) | Q(fte__gte=0), name="element_fte"
            ),
            models.CheckConstraint(
                condition=Q(planned_start__isnull=True)
                | Q(planned_end__isnull=True)
                | Q(planned_end__gte=F("planned_start")),
                name="element_planned_dates",
            ),
            models.CheckConstraint(
                condition=Q(effective_end__isnull=True)
                | Q(effective_start__isnull=False, effective_end__gte=F("effective_start")),
                name="element_effective_dates",
            ),
            models.CheckConstraint(
                condition=Q(synergy_kind="", synergy_note="")
                | Q(synergy_kind__in=SynergyKind.values) & ~Q(synergy_note=""),
                name="element_synergy_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How it is named in its plan: « A.12 »."""
        return f"{LETTERS[Level(self.level)]}.{self.number}"


def _origin(label: Any) -> Any:
    return models.PositiveSmallIntegerField(label, default=0)


class ElementBudget(models.Model):
    """What an action costs in a year, and whose money it is: the parts make exactly the whole."""

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField(_("année"))
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    europe = _origin(ORIGINS["europe"])
    federal = _origin(ORIGINS["federal"])
    wallonia = _origin(ORIGINS["wallonia"])
    fwb = _origin(ORIGINS["fwb"])
    province = _origin(ORIGINS["province"])
    commune = _origin(ORIGINS["commune"])
    cpas = _origin(ORIGINS["cpas"])
    others = _origin(ORIGINS["others"])
    comment = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("budget d’une action")
        verbose_name_plural = _("budgets des actions")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["element", "year"], name="element_budget_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="element_budget_amount"),
            models.CheckConstraint(condition=_WHOLE_SPLIT, name="element_budget_parts_make_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.element_id} {self.year}"


class ElementMove(models.Model):
    """One step of an objective or an action: on which day, why, noted by whom."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=12)
    source = models.CharField(max_length=11, choices=ElementState.choices)
    target = models.CharField(max_length=11, choices=ElementState.choices)
    on_date = models.DateField(_("le"))
    why = models.CharField(_("pourquoi"), max_length=500, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("étape d’un élément")
        verbose_name_plural = _("étapes des éléments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class ElementChange(models.Model):
    """One field that changed: what it said, what it says, who wrote it."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("changement d’un élément")
        verbose_name_plural = _("changements des éléments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.field


class ElementIndicator(models.Model):
    """What an action is measured by: an indicator of a line, or a measure that a room counts."""

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="strategic_uses"
    )
    measure = models.CharField(_("mesure"), max_length=80, blank=True)
    refs = models.JSONField(_("actes comptés"), default=list)
    label = models.CharField(_("indicateur"), max_length=200, blank=True)
    target = models.DecimalField(_("cible"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("pour l’année"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicateur d’une action")
        verbose_name_plural = _("indicateurs des actions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, measure="")
                | Q(indicator__isnull=True) & ~Q(measure="") & ~Q(label=""),
                name="element_indicator_one_source",
            ),
            models.UniqueConstraint(fields=["element", "indicator"], name="element_indicator_once"),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target_year__isnull=False),
                name="element_target_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.indicator_id)


class StrategicDecision(models.Model):
    """What a council, a college or a bureau decided of a plan, or of one of its actions."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="decisions")
    element = models.ForeignKey(
        Element, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    body = models.CharField(_("qui décide"), max_length=16, choices=DecidingBody.choices)
    on_date = models.DateField(_("séance du"))
    item = models.CharField(_("point"), max_length=40, blank=True)
    title = models.CharField(_("objet"), max_length=300)
    adopts = models.BooleanField(_("adopte le plan"), default=False)

    class Meta:
        verbose_name = _("décision sur un plan stratégique")
        verbose_name_plural = _("décisions sur les plans stratégiques")
        ordering = ["on_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__in=DecidingBody.values), name="strategic_decision_body"
            ),
            models.CheckConstraint(
                condition=Q(adopts=False) | Q(element__isnull=True), name="decision_adopts_a_plan"
            ),
        ]

    def __str__(self) -> str:
        return self.title
