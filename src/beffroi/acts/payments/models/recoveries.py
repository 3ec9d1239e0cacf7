from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import ClaimMeans, ClaimState


class Claim(models.Model):
    """What a person owes back by a decision of recovery, and what is left of it."""

    reference = models.CharField(_("référence"), max_length=16, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=30)
    owner_ref = models.CharField(_("décision"), max_length=40)
    subject_ref = models.CharField(_("dossier"), max_length=40)
    article = models.ForeignKey(
        "payments.BudgetArticle", on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("libellé"), max_length=140)
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2)
    balance = models.DecimalField(_("reste"), max_digits=10, decimal_places=2)
    means = models.CharField(max_length=10, choices=ClaimMeans.choices)
    communication = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.OPEN)
    opened_at = models.DateTimeField()
    opened_by_label = models.CharField(max_length=160)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("récupération")
        verbose_name_plural = _("récupérations")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_of_something"),
            models.CheckConstraint(
                condition=Q(balance__gte=0, balance__lte=F("amount")), name="claim_balance_inside"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN, balance__gt=0, settled_at__isnull=True)
                | Q(state=ClaimState.SETTLED, balance=0, settled_at__isnull=False),
                name="claim_settled_at_zero",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class ClaimInstalment(models.Model):
    """A part of a claim and the day by which it is expected."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="instalments")
    due_date = models.DateField(_("échéance"))
    amount = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("mensualité")
        verbose_name_plural = _("mensualités")
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "due_date"], name="claim_instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.due_date} {self.amount}"


class ClaimReceipt(models.Model):
    """What came in for a claim, from one source, once; a waiver is one without money."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="receipts")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    on_date = models.DateField()
    source_kind = models.CharField(max_length=10)
    source_ref = models.CharField(max_length=64)
    is_waiver = models.BooleanField(default=False)
    is_reversed = models.BooleanField(_("rendu"), default=False)
    why = models.CharField(_("motif"), max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("remboursement")
        verbose_name_plural = _("remboursements")
        ordering = ["on_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_ref"], name="claim_receipt_source_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_receipt_positive"),
            models.CheckConstraint(
                condition=Q(is_waiver=False) | ~Q(source_ref=""), name="claim_waived_by_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.amount}"
