"""What the household has and spends, and the plan that pays its debts."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import Answer, Every, InstalmentState, PlanState, Side
from beffroi.acts.budgets.models.debts import ZERO, Debt
from beffroi.acts.budgets.models.files import MediationFile


class Budget(models.Model):
    """A sheet of what comes in and goes out in a month; a new one replaces it, none changes."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="budgets")
    number = models.PositiveSmallIntegerField(_("numéro"))
    drawn_date = models.DateField(_("établi le"))
    drawn_by = models.CharField(max_length=160)
    reserve = models.DecimalField(_("réserve"), max_digits=11, decimal_places=2, default=ZERO)
    note = models.TextField(_("remarque"), blank=True)
    income = models.DecimalField(_("revenus par mois"), max_digits=11, decimal_places=2)
    expense = models.DecimalField(_("dépenses par mois"), max_digits=11, decimal_places=2)
    disposable = models.DecimalField(_("disponible"), max_digits=11, decimal_places=2)
    repayments = models.DecimalField(_("mensualités dues"), max_digits=11, decimal_places=2)
    ratio = models.DecimalField(
        _("taux d’endettement"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    since_date = models.DateField(_("cette situation dure depuis le"))
    steps = models.JSONField(_("calcul"), default=list)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="budget_number_once"),
            models.CheckConstraint(condition=Q(reserve__gte=0), name="budget_reserve_from_zero"),
            models.CheckConstraint(
                condition=Q(disposable=Round(F("income") - F("expense") - F("reserve"), 2)),
                name="budget_disposable_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(since_date__lte=F("drawn_date")), name="budget_since_before_drawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} budget {self.number}"


class BudgetLine(models.Model):
    """One amount that comes in or goes out, with its equivalent by month."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(_("sens"), max_length=7, choices=Side.choices)
    label = models.CharField(_("libellé"), max_length=120)
    amount = models.DecimalField(_("montant"), max_digits=11, decimal_places=2)
    every = models.CharField(_("périodicité"), max_length=10, choices=Every.choices)
    monthly = models.DecimalField(_("par mois"), max_digits=11, decimal_places=2)

    class Meta:
        verbose_name = _("ligne de budget")
        verbose_name_plural = _("lignes de budget")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="budget_line_side"),
            models.CheckConstraint(condition=Q(every__in=Every.values), name="budget_line_every"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, monthly__gte=0), name="budget_line_from_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.monthly}"


class Plan(models.Model):
    """A plan of payments: so much a month, shared between the creditors to the cent."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField(_("numéro"))
    state = models.CharField(
        _("état"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT
    )
    monthly = models.DecimalField(_("par mois"), max_digits=11, decimal_places=2)
    first_date = models.DateField(_("première échéance"))
    last_date = models.DateField(_("dernière échéance"))
    total = models.DecimalField(_("total"), max_digits=11, decimal_places=2)
    months = models.PositiveSmallIntegerField(_("mensualités"))
    priority_first = models.BooleanField(_("prioritaires d’abord"), default=True)
    disposable = models.DecimalField(
        _("disponible au moment du calcul"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    steps = models.JSONField(_("calcul"), default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    started_date = models.DateField(_("commencé le"), null=True, blank=True)
    review_date = models.DateField(_("à revoir le"), null=True, blank=True)
    ended_date = models.DateField(_("fini le"), null=True, blank=True)
    end_reason = models.CharField(_("pourquoi"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("plan de paiement")
        verbose_name_plural = _("plans de paiement")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(state=PlanState.RUNNING), name="plan_one_running"
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state"),
            models.CheckConstraint(
                condition=Q(monthly__gt=0, total__gt=0, months__gte=1), name="plan_pays_something"
            ),
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.RUNNING)
                | Q(started_date__isnull=False, review_date__isnull=False),
                name="plan_running_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} plan {self.number}"


class PlanLine(models.Model):
    """What a plan gives to one debt, and what the creditor says of it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    debt = models.ForeignKey(Debt, on_delete=models.CASCADE, related_name="plan_lines")
    owed = models.DecimalField(_("dû au moment du plan"), max_digits=11, decimal_places=2)
    answer = models.CharField(
        _("réponse"), max_length=8, choices=Answer.choices, default=Answer.WAITING
    )
    asked_date = models.DateField(_("proposé le"), null=True, blank=True)
    answer_due_date = models.DateField(_("réponse attendue pour le"), null=True, blank=True)
    answered_date = models.DateField(_("répondu le"), null=True, blank=True)
    note = models.CharField(_("ce que le créancier dit"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ligne de plan")
        verbose_name_plural = _("lignes de plan")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "debt"], name="plan_line_once"),
            models.CheckConstraint(condition=Q(owed__gt=0), name="plan_line_owes"),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_date__isnull=True)
                | ~Q(answer=Answer.WAITING) & Q(answered_date__isnull=False),
                name="plan_line_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.debt_id}"


class Instalment(models.Model):
    """One month of a plan: what is due on a day, and whether it was paid."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("rang"))
    due_date = models.DateField(_("échéance"))
    amount = models.DecimalField(_("montant"), max_digits=11, decimal_places=2)
    state = models.CharField(
        _("état"), max_length=6, choices=InstalmentState.choices, default=InstalmentState.DUE
    )
    paid_date = models.DateField(_("payée le"), null=True, blank=True)
    noted_by = models.CharField(max_length=160, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mensualité")
        verbose_name_plural = _("mensualités")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_pays_something"),
            models.CheckConstraint(
                condition=Q(state=InstalmentState.PAID, paid_date__isnull=False)
                | ~Q(state=InstalmentState.PAID) & Q(paid_date__isnull=True),
                name="instalment_paid_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Share(models.Model):
    """What one creditor receives of one instalment; the shares of a month sum to it."""

    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="shares")
    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="shares")
    amount = models.DecimalField(_("montant"), max_digits=11, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = _("part de mensualité")
        verbose_name_plural = _("parts de mensualité")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["instalment", "line"], name="share_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="share_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.instalment_id} {self.line_id} {self.amount}"
