"""A change asked to a plan: drafted, seen, decided, then applied as a new version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import ChangeKind, ChangeState
from beffroi.steering.models.plans import Line, Plan, PlanVersion


class ChangeRequest(models.Model):
    """What is asked, why, what the commission thinks of it, and what was decided."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("nature"), max_length=8, choices=ChangeKind.choices)
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    #: What the line becomes: action code, title, partner, delivery; nothing for a removal.
    proposed = models.JSONField(_("ce qui est proposé"), default=dict)
    reason = models.TextField(_("pourquoi"))
    state = models.CharField(
        _("état"), max_length=8, choices=ChangeState.choices, default=ChangeState.DRAFT
    )
    opinion = models.CharField(_("avis de la commission"), max_length=500, blank=True)
    opinion_date = models.DateField(_("avis du"), null=True, blank=True)
    decision = models.CharField(_("décision"), max_length=200, blank=True)
    decision_date = models.DateField(_("décidée le"), null=True, blank=True)
    effective_date = models.DateField(_("prend effet le"), null=True, blank=True)
    version = models.OneToOneField(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="change"
    )
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("demande de modification")
        verbose_name_plural = _("demandes de modification")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="change_number_once"),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind"),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="change_says_why"),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.ADD, line__isnull=True)
                | ~Q(kind=ChangeKind.ADD) & Q(line__isnull=False),
                name="change_names_its_line",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ChangeState.DRAFT, ChangeState.DROPPED))
                | Q(opinion_date__isnull=False) & ~Q(opinion=""),
                name="change_seen_says_the_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(ChangeState.GRANTED, ChangeState.REFUSED, ChangeState.APPLIED)
                )
                | Q(decision_date__isnull=False) & ~Q(decision=""),
                name="change_decided_names_its_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ChangeState.GRANTED, ChangeState.APPLIED))
                | Q(effective_date__isnull=False),
                name="change_granted_takes_effect",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.APPLIED, version__isnull=False)
                | ~Q(state=ChangeState.APPLIED) & Q(version__isnull=True),
                name="change_applied_made_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"
