from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import AccountClass, LedgerKind


class LedgerAccount(models.Model):
    """An account of the double-entry ledger; none of them holds other people’s money."""

    code = models.CharField(_("compte"), max_length=12, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    kind = models.CharField(max_length=10, choices=AccountClass.choices)

    class Meta:
        verbose_name = _("compte général")
        verbose_name_plural = _("comptes généraux")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AccountClass.values), name="ledger_account_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class LedgerEntry(models.Model):
    """An amount that goes from the credit of one account to the debit of another.

    Both sides are one row: debits and credits are equal by construction. A row is written once,
    for one source, and the database refuses to change it or take it away.
    """

    on_date = models.DateField(_("date"))
    kind = models.CharField(max_length=10, choices=LedgerKind.choices)
    source_kind = models.CharField(max_length=10)
    source_ref = models.CharField(max_length=64)
    debit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="credits")
    article = models.ForeignKey(
        "payments.BudgetArticle",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    subject_ref = models.CharField(_("dossier"), max_length=40, blank=True)
    label = models.CharField(_("libellé"), max_length=140)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("écriture")
        verbose_name_plural = _("écritures")
        ordering = ["on_date", "pk"]
        indexes = [models.Index(fields=["article", "on_date"], name="ledger_entry_article")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_kind", "source_ref"], name="ledger_entry_booked_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_entry_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_entry_two_sides"),
            models.CheckConstraint(condition=Q(kind__in=LedgerKind.values), name="ledger_entry_kind"),
            models.CheckConstraint(
                condition=Q(source_kind__in=["line", "claim", "receipt", "waiver", "refund"]),
                name="ledger_entry_never_client_money",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.on_date} {self.label} {self.amount}"
