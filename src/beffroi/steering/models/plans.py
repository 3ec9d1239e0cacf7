"""A plan, its versions, and its lines: copied whole into each version, never edited."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import (
    WANT_REASON,
    Carrier,
    Delivery,
    LineState,
    PartnerKind,
    PlanState,
    YearStatus,
)
from beffroi.steering.models.catalogue import CatalogueAction, Programme


class Partner(models.Model):
    """An organisation that works with a plan; never a person."""

    name = models.CharField(_("nom"), max_length=200, unique=True)
    enterprise_number = models.CharField(_("numéro d’entreprise"), max_length=12, blank=True)
    kind = models.CharField(_("nature"), max_length=6, choices=PartnerKind.choices)
    contact = models.CharField(_("adresse du service"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PartnerKind.values), name="partner_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """What a local authority undertakes for the years of a programme."""

    key = models.SlugField(_("clé"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    carrier = models.CharField(_("porteur"), max_length=11, choices=Carrier.choices)
    lead_authority = models.CharField(_("pouvoir local"), max_length=200)
    members = models.JSONField(_("autres pouvoirs locaux"), default=list)
    pilot_service = models.CharField(_("service pilote"), max_length=200)
    state = models.CharField(
        _("état"), max_length=16, choices=PlanState.choices, default=PlanState.DRAFT
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-programme__starts_date", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carrier__in=Carrier.values), name="pcs_plan_carrier"
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="pcs_plan_state"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanMove(models.Model):
    """One step of a plan: who, when, from where to where, and on which decision."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=16, choices=PlanState.choices)
    target = models.CharField(max_length=16, choices=PlanState.choices)
    on_date = models.DateField(_("le"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    note = models.CharField(_("décision ou remarque"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape du plan")
        verbose_name_plural = _("étapes du plan")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class PlanVersion(models.Model):
    """The whole plan as it stands from a day on."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    reason = models.CharField(_("pourquoi"), max_length=500)
    effective_date = models.DateField(_("en vigueur le"))
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version du plan")
        verbose_name_plural = _("versions du plan")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_version_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="plan_version_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class Line(models.Model):
    """A line of a plan through all its versions; its number is never given twice."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(_("numéro"))
    #: From this day its costs may be charged to the plan.
    since_date = models.DateField(_("au plan depuis le"))

    class Meta:
        verbose_name = _("ligne")
        verbose_name_plural = _("lignes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="line_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="line_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}"


class PlanLine(models.Model):
    """What a line says in one version of its plan; several lines may choose one action."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="copies")
    action = models.ForeignKey(CatalogueAction, on_delete=models.PROTECT, related_name="lines")
    local_title = models.CharField(_("intitulé local"), max_length=300, blank=True)
    objective = models.TextField(_("but"), blank=True)
    publics = models.CharField(_("pour qui"), max_length=300, blank=True)
    sites = models.CharField(_("où"), max_length=300, blank=True)
    #: The plan is residual: it completes what exists, and says what.
    completes = models.CharField(_("dispositif complété"), max_length=300, blank=True)
    delivery = models.CharField(_("réalisation"), max_length=7, choices=Delivery.choices)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    responsible = models.CharField(_("service responsable"), max_length=200, blank=True)
    starts_date = models.DateField(_("commence le"))
    ends_date = models.DateField(_("finit le"), null=True, blank=True)
    expected = models.TextField(_("résultats attendus"), blank=True)
    state = models.CharField(
        _("état"), max_length=9, choices=LineState.choices, default=LineState.ACTIVE
    )

    class Meta:
        verbose_name = _("ligne d’une version")
        verbose_name_plural = _("lignes d’une version")
        ordering = ["line__number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "line"], name="line_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(delivery=Delivery.REGIE)
                | Q(delivery__in=(Delivery.PARTNER, Delivery.ART20), partner__isnull=False),
                name="plan_line_names_its_partner",
            ),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="plan_line_state"),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=F("starts_date")),
                name="plan_line_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.local_title or self.action.title


class LineYear(models.Model):
    """How a line went in a year, in the words of whoever answers for it."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(_("année"))
    status = models.CharField(_("état"), max_length=11, choices=YearStatus.choices)
    reason = models.CharField(_("pourquoi"), max_length=500, blank=True)
    worked = models.TextField(_("ce qui a marché"), blank=True)
    hard = models.TextField(_("difficultés"), blank=True)
    change_planned = models.TextField(_("ce qui va changer"), blank=True)
    version = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("année d’une ligne")
        verbose_name_plural = _("années d’une ligne")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="line_year_once"),
            models.CheckConstraint(condition=Q(status__in=YearStatus.values), name="line_year"),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(WANT_REASON)) | ~Q(reason=""),
                name="line_year_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"


class CouncilDate(models.Model):
    """A meeting of the council that votes on a plan, as its secretariat announced it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="council_dates")
    on_date = models.DateField(_("séance du"))
    source = models.CharField(_("d’où vient la date"), max_length=200)

    class Meta:
        verbose_name = _("séance du conseil")
        verbose_name_plural = _("séances du conseil")
        ordering = ["on_date"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on_date"], name="council_date_once")
        ]

    def __str__(self) -> str:
        return f"{self.on_date:%d/%m/%Y}"
