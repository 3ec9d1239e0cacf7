"""What a strategic plan pays: a part of somebody’s time, a cost; and its frozen reports."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from beffroi.steering.models.strategic import Element, StrategicPlan


class StaffShare(models.Model):
    """A part of an agent’s time that a strategic plan pays; over all plans, never above the whole."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="staff")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="strategic_shares",
    )  # fmt: skip
    function = models.CharField(_("fonction"), max_length=200)
    since_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"), null=True, blank=True)
    fte = models.DecimalField(_("temps de travail"), max_digits=3, decimal_places=2)
    charged_fte = models.DecimalField(_("à charge de ce plan"), max_digits=3, decimal_places=2)

    class Meta:
        verbose_name = _("part de personnel")
        verbose_name_plural = _("parts de personnel")
        ordering = ["since_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1, charged_fte__gt=0, charged_fte__lte=F("fte")),
                name="staff_share_within_worked",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="staff_share_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.charged_fte}"


class StrategicCost(models.Model):
    """A cost that a strategic plan pays whole; one shared with the PCS stays where it is kept."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="costs")
    element = models.ForeignKey(
        Element, on_delete=models.PROTECT, null=True, blank=True, related_name="costs"
    )
    on_date = models.DateField(_("date"))
    year = models.PositiveSmallIntegerField(_("exercice"))
    supplier = models.CharField(_("fournisseur"), max_length=200, blank=True)
    label = models.CharField(_("libellé"), max_length=200)
    mandate = models.CharField(_("mandat"), max_length=40, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why_cancelled = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("dépense d’un plan stratégique")
        verbose_name_plural = _("dépenses des plans stratégiques")
        ordering = ["on_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="strategic_cost_amount"),
            models.CheckConstraint(condition=~Q(label=""), name="strategic_cost_label"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, why_cancelled="")
                | Q(cancelled_at__isnull=False) & ~Q(why_cancelled=""),
                name="strategic_cost_cancelled_says_why",
            ),
            models.UniqueConstraint(
                Lower("mandate"), "year", "amount",
                condition=~Q(mandate="") & Q(cancelled_at__isnull=True),
                name="strategic_cost_once_over_plans",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class ProgressReport(models.Model):
    """Where a plan stood on a day, frozen; the database refuses any change."""

    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("numéro"))
    on_date = models.DateField(_("état au"))
    reason = models.CharField(_("à quelle occasion"), max_length=300)
    #: Canonical JSON: the same content is the same text, whatever the database.
    content = models.TextField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("état d’avancement")
        verbose_name_plural = _("états d’avancement")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="progress_report_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="progress_report_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"
