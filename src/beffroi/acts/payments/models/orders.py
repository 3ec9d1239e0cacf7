from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import (
    CLIENT_MONEY_OWNERS,
    AccountClass,
    DueState,
    Means,
    OrderState,
    Periodicity,
)


class BudgetArticle(models.Model):
    """An article of the budget on which aid is charged or recovered."""

    code = models.CharField(_("article"), max_length=20, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    kind = models.CharField(max_length=10, choices=AccountClass.choices)
    is_confirmed = models.BooleanField(_("vérifié"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("article budgétaire")
        verbose_name_plural = _("articles budgétaires")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[AccountClass.EXPENSE, AccountClass.INCOME]),
                name="budget_article_spends_or_earns",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Order(models.Model):
    """A standing order that a decision opened: whom to pay, for what, on which article."""

    reference = models.CharField(_("référence"), max_length=16, unique=True)
    owner_kind = models.CharField(_("nature de la décision"), max_length=30)
    owner_ref = models.CharField(_("décision"), max_length=40)
    subject_ref = models.CharField(_("dossier"), max_length=40)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    third_party = models.ForeignKey(
        "payments.ThirdParty",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
    )
    means = models.CharField(_("moyen"), max_length=10, choices=Means.choices)
    cash_reason = models.CharField(_("motif du guichet"), max_length=200, blank=True)
    article = models.ForeignKey(BudgetArticle, on_delete=models.PROTECT, related_name="orders")
    aid_kind = models.CharField(_("aide"), max_length=40)
    label = models.CharField(_("libellé"), max_length=140)
    communication = models.CharField(_("communication structurée"), max_length=12, blank=True)
    refund_facts = models.JSONField(_("faits pour la subvention"), default=dict, blank=True)
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.RUNNING)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    #: Dues are drawn up to the month before this one.
    next_month = models.DateField()
    opened_at = models.DateTimeField()
    opened_by_ref = models.CharField(max_length=80)
    opened_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("ordre de paiement")
        verbose_name_plural = _("ordres de paiement")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["next_month"], name="order_next_month"),
            models.Index(fields=["owner_kind", "owner_ref"], name="order_owner"),
            models.Index(fields=["subject_ref"], name="order_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(means__in=Means.values), name="order_means_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="order_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(means=Means.CASH) | ~Q(cash_reason=""), name="order_cash_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(means=Means.CASH) | Q(third_party__isnull=True),
                name="order_cash_to_the_person",
            ),
            models.CheckConstraint(
                condition=~Q(owner_kind__in=CLIENT_MONEY_OWNERS),
                name="order_never_of_client_money",
            ),
            models.CheckConstraint(
                condition=Q(state=OrderState.RUNNING) | Q(until_date__isnull=False),
                name="order_ended_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class OrderTerm(models.Model):
    """What an order pays from a day to a day: by month, or once."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="terms")
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2)
    periodicity = models.CharField(max_length=11, choices=Periodicity.choices)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    is_live = models.BooleanField(_("en vigueur"), default=True)
    owner_ref = models.CharField(_("décision"), max_length=40)
    entered_at = models.DateTimeField()
    entered_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("montant d’un ordre")
        verbose_name_plural = _("montants des ordres")
        ordering = ["since_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_term_pays"),
            models.CheckConstraint(
                condition=Q(periodicity__in=Periodicity.values), name="order_term_periodicity"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="order_term_ends_after",
            ),
            models.UniqueConstraint(
                fields=["order", "since_date"],
                condition=Q(is_live=True),
                name="order_term_one_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.periodicity} {self.since_date}"


class Hold(models.Model):
    """Payments of an order kept back from a day, and let go: the right stays."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(_("motif"), max_length=300)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    placed_at = models.DateTimeField()
    placed_by_label = models.CharField(max_length=160)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by_label = models.CharField(max_length=160, blank=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("retenue de paiement")
        verbose_name_plural = _("retenues de paiement")
        ordering = ["-since_date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_with_reason"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="hold_ends_after",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(released_at__isnull=True), name="hold_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Due(models.Model):
    """What an order owes for one period; a correction of the same period has its own sequence."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="dues")
    period_start = models.DateField(_("du"))
    period_end = models.DateField(_("au"))
    sequence = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2)
    state = models.CharField(max_length=10, choices=DueState.choices, default=DueState.PAYABLE)
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        ordering = ["period_start", "pk"]
        indexes = [models.Index(fields=["state", "period_start"], name="due_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "period_start", "sequence"], name="due_order_period_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="due_owes_something"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="due_period_runs_forward"
            ),
            models.CheckConstraint(condition=Q(state__in=DueState.values), name="due_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.period_start}"
