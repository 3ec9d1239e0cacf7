"""An agreement: who binds whom to what, in which words, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agreements.enums import (
    AgreementKind,
    AgreementState,
    ClauseKind,
    ClauseState,
    Finding,
    PartySide,
)

_BEFORE_SIGNING = (AgreementState.DRAFTED, AgreementState.REFLECTION, AgreementState.ABANDONED)
_OVER = (
    AgreementState.FULFILLED, AgreementState.BROKEN, AgreementState.ENDED, AgreementState.ABANDONED,
)  # fmt: skip


class Agreement(models.Model):
    """A commitment of a person and of the CPAS to each other, sometimes with a partner."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    kind = models.CharField(_("nature"), max_length=20, choices=AgreementKind.choices)
    subject_ref = models.CharField(_("dossier social"), max_length=40, blank=True, db_index=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="agreements"
    )
    team = models.CharField(_("équipe"), max_length=40)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agreements"
    )
    state = models.CharField(
        _("état"), max_length=12, choices=AgreementState.choices, default=AgreementState.DRAFTED
    )
    title = models.CharField(_("but"), max_length=300, blank=True)
    drafted_at = models.DateTimeField(_("préparée le"))
    proposed_date = models.DateField(_("texte remis le"), null=True, blank=True)
    reflection_until_date = models.DateField(_("réflexion jusqu’au"), null=True, blank=True)
    signed_date = models.DateField(_("signée le"), null=True, blank=True)
    starts_date = models.DateField(_("commence le"), null=True, blank=True)
    ends_date = models.DateField(_("finit le"), null=True, blank=True)
    ended_date = models.DateField(_("terminée le"), null=True, blank=True)
    end_reason = models.CharField(_("pourquoi"), max_length=500, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["drafted_at", "pk"]
        indexes = [
            models.Index(fields=["team", "state"], name="agreement_team_state"),
            models.Index(fields=["worker", "state"], name="agreement_worker_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values), name="agreement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_BEFORE_SIGNING) | Q(signed_date__isnull=False),
                name="agreement_binds_once_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.REFLECTION)
                | Q(proposed_date__isnull=False, reflection_until_date__gte=F("proposed_date")),
                name="agreement_reflection_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, ended_date__isnull=False)
                | ~Q(state__in=_OVER) & Q(ended_date__isnull=True),
                name="agreement_over_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True)
                | Q(starts_date__isnull=True)
                | Q(ends_date__gte=F("starts_date")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(anonymised_at__isnull=False),
                name="agreement_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AgreementMove(models.Model):
    """One step of an agreement: who, when, from where to where, and why."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12, choices=AgreementState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Party(models.Model):
    """Somebody whom the agreement binds, and the day she signed it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(_("partie"), max_length=8, choices=PartySide.choices)
    name = models.CharField(_("nom"), max_length=200)
    quality = models.CharField(_("qualité"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("partie")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=PartySide.values), name="party_side")
        ]

    def __str__(self) -> str:
        return self.name


class Clause(models.Model):
    """An objective, or what one side commits to; the CPAS commits to something too."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    kind = models.CharField(_("nature"), max_length=10, choices=ClauseKind.choices)
    side = models.CharField(_("de"), max_length=8, choices=PartySide.choices)
    text = models.CharField(_("texte"), max_length=500)
    due_date = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=7, choices=ClauseState.choices, default=ClauseState.OPEN
    )
    since_version = models.PositiveSmallIntegerField(_("depuis la version"), default=1)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClauseKind.values), name="clause_kind"),
            models.CheckConstraint(condition=Q(side__in=PartySide.values), name="clause_side"),
            models.CheckConstraint(condition=Q(state__in=ClauseState.values), name="clause_state"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SignedText(models.Model):
    """The text as it was signed, whole, with its digest; an amendment is another one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField(_("version"))
    signed_date = models.DateField(_("signée le"))
    content = models.JSONField(_("texte"))
    digest = models.CharField(max_length=64)
    why = models.CharField(_("objet de l’avenant"), max_length=500, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("texte signé")
        verbose_name_plural = _("textes signés")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "version"], name="signed_text_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="signed_text_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.version}"


class Evaluation(models.Model):
    """An evaluation held with the person, dated and frozen; a mistake is said in the next one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="evaluations")
    number = models.PositiveSmallIntegerField(_("numéro"))
    due_date = models.DateField(_("pour le"))
    held_date = models.DateField(_("tenue le"))
    finding = models.CharField(_("constat"), max_length=12, choices=Finding.choices)
    person_words = models.TextField(_("ce que dit la personne"), blank=True)
    worker_words = models.TextField(_("ce que dit le travailleur social"))
    clauses = models.JSONField(_("engagements ce jour-là"), default=list)
    next_date = models.DateField(_("prochaine évaluation pour le"), null=True, blank=True)
    present = models.CharField(_("présents"), max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("évaluation")
        verbose_name_plural = _("évaluations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="evaluation_once"),
            models.CheckConstraint(
                condition=Q(finding__in=Finding.values), name="evaluation_finding_known"
            ),
            models.CheckConstraint(condition=~Q(worker_words=""), name="evaluation_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} évaluation {self.number}"
