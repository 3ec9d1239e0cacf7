"""The money of a plan: what was notified, budgeted, spent, by whom it is paid, and the accounts."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import Funding, Nature, StaffFunction
from beffroi.steering.models.plans import Line, Plan


def euros(label: Any) -> models.DecimalField[Any, Any]:
    """This function will give a field for an amount in euros and cents."""
    return models.DecimalField(label, max_digits=12, decimal_places=2)


class Subsidy(models.Model):
    """What the Region notified for a year: imported from its letter, never computed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subsidies")
    year = models.PositiveSmallIntegerField(_("année"))
    amount = euros(_("montant notifié"))
    notified_date = models.DateField(_("notifié le"))
    source = models.CharField(_("lettre ou arrêté"), max_length=200)

    class Meta:
        verbose_name = _("subvention")
        verbose_name_plural = _("subventions")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="subsidy_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="subsidy_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"


class BudgetLine(models.Model):
    """What is foreseen for a line, or for the plan as a whole, in a year."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("année"))
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines"
    )
    nature = models.CharField(_("nature"), max_length=14, choices=Nature.choices)
    amount = euros(_("prévu"))

    class Meta:
        verbose_name = _("ligne de budget")
        verbose_name_plural = _("lignes de budget")
        ordering = ["year", "line__number", "nature"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "line", "nature"], name="pcs_budget_line_once"
            ),
            models.UniqueConstraint(
                fields=["plan", "year", "nature"], condition=Q(line__isnull=True),
                name="pcs_budget_plan_once",
            ),
            models.CheckConstraint(
                condition=Q(nature__in=Nature.values), name="pcs_budget_nature"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pcs_budget_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.nature}"


class StaffAssignment(models.Model):
    """An agent’s time on the plan: what she works, and what of it the plan is charged."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="staff")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="plan_assignments",
    )  # fmt: skip
    function = models.CharField(_("fonction"), max_length=14, choices=StaffFunction.choices)
    since_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"), null=True, blank=True)
    fte = models.DecimalField(_("équivalent temps plein"), max_digits=3, decimal_places=2)
    charged_fte = models.DecimalField(_("à charge du plan"), max_digits=3, decimal_places=2)
    #: Gross cost of a month for the employer at this `fte`, in euros.
    monthly_cost = euros(_("coût par mois"))

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        ordering = ["function", "since_date"]
        constraints = [
            models.CheckConstraint(condition=Q(fte__gt=0, fte__lte=1), name="staff_fte"),
            models.CheckConstraint(
                condition=Q(charged_fte__gte=0, charged_fte__lte=F("fte")),
                name="staff_charged_within_worked",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="staff_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(monthly_cost__gte=0), name="staff_cost"),
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.charged_fte}"

    @property
    def charge_rate(self) -> Decimal:
        """The part of her cost that the plan is charged."""
        return self.charged_fte / self.fte


class AccountRow(models.Model):
    """One row of the accounts’ export: a mandate under a function; read once, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="account_rows")
    year = models.PositiveSmallIntegerField(_("exercice"))
    function = models.CharField(_("fonction"), max_length=10)
    economic = models.CharField(_("code économique"), max_length=10)
    on_date = models.DateField(_("date"))
    mandate = models.CharField(_("mandat"), max_length=40)
    supplier = models.CharField(_("tiers"), max_length=200, blank=True)
    label = models.CharField(_("libellé"), max_length=200, blank=True)
    amount = euros(_("montant"))
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ligne de la comptabilité")
        verbose_name_plural = _("lignes de la comptabilité")
        ordering = ["on_date", "mandate", "economic"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "mandate", "function", "economic"], name="account_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.mandate}"


class Expenditure(models.Model):
    """A cost of the plan: what was spent, what of it is eligible, and why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="expenditures")
    year = models.PositiveSmallIntegerField(_("exercice"))
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="expenditures"
    )
    on_date = models.DateField(_("date"))
    supplier = models.CharField(_("fournisseur"), max_length=200, blank=True)
    label = models.CharField(_("libellé"), max_length=200)
    nature = models.CharField(_("nature"), max_length=14, choices=Nature.choices)
    amount = euros(_("montant"))
    eligible_amount = euros(_("montant admissible"))
    reason = models.CharField(_("pourquoi admissible, ou non"), max_length=300, blank=True)
    function = models.CharField(_("fonction"), max_length=10, blank=True)
    mandate = models.CharField(_("mandat"), max_length=40, blank=True)
    #: A commitment until it is paid.
    paid_date = models.DateField(_("payée le"), null=True, blank=True)
    account_row = models.OneToOneField(
        AccountRow, on_delete=models.PROTECT, null=True, blank=True, related_name="expenditure"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why_cancelled = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("dépense")
        verbose_name_plural = _("dépenses")
        ordering = ["on_date", "pk"]
        indexes = [models.Index(fields=["plan", "year"], name="expenditure_of_a_year")]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="cost_nature"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_of_something"),
            models.CheckConstraint(
                condition=Q(eligible_amount__gte=0, eligible_amount__lte=F("amount")),
                name="cost_eligible_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(eligible_amount=F("amount")) | ~Q(reason=""),
                name="cost_says_why_not_all",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, why_cancelled="")
                | Q(cancelled_at__isnull=False) & ~Q(why_cancelled=""),
                name="cost_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FundingShare(models.Model):
    """Who pays which part of a cost; the parts of one cost never make more than one."""

    expenditure = models.ForeignKey(Expenditure, on_delete=models.CASCADE, related_name="shares")
    funding = models.CharField(_("financement"), max_length=6, choices=Funding.choices)
    share = models.DecimalField(_("part"), max_digits=5, decimal_places=4)

    class Meta:
        verbose_name = _("part de financement")
        verbose_name_plural = _("parts de financement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["expenditure", "funding"], name="funding_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="funding_share"),
            models.CheckConstraint(condition=Q(funding__in=Funding.values), name="funding_known"),
        ]

    def __str__(self) -> str:
        return f"{self.funding} {self.share}"


class Explained(models.Model):
    """Why the accounts and the plan differ for a function in a year."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="explained")
    year = models.PositiveSmallIntegerField(_("exercice"))
    function = models.CharField(_("fonction"), max_length=10)
    difference = models.DecimalField(_("différence"), max_digits=12, decimal_places=2)
    why = models.CharField(_("explication"), max_length=500)

    class Meta:
        verbose_name = _("différence expliquée")
        verbose_name_plural = _("différences expliquées")
        ordering = ["year", "function"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "function"], name="explained_once"),
            models.CheckConstraint(condition=~Q(why=""), name="explained_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.function}"
