from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import BankFileKind, EntryOutcome


class BankFile(models.Model):
    """A file of the bank, read once: the same bytes are never booked again."""

    kind = models.CharField(max_length=10, choices=BankFileKind.choices)
    name = models.CharField(_("nom du fichier"), max_length=120)
    sha256 = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=35)
    read_at = models.DateTimeField(_("lu le"))
    read_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("fichier de la banque")
        verbose_name_plural = _("fichiers de la banque")
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BankFileKind.values), name="bank_file_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BankEntry(models.Model):
    """One line of a bank file, and what became of it."""

    file = models.ForeignKey(BankFile, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    bank_key = models.CharField(max_length=160, unique=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    is_credit = models.BooleanField(default=False)
    booked_date = models.DateField(null=True, blank=True)
    end_to_end_id = models.CharField(max_length=35, blank=True)
    batch_id = models.CharField(max_length=35, blank=True)
    structured = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=300, blank=True)
    counterparty = models.CharField(max_length=140, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=10, choices=EntryOutcome.choices)
    line = models.ForeignKey(
        "payments.RunLine", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claim = models.ForeignKey(
        "payments.Claim", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_note = models.CharField(_("ce qui a été fait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("opération de la banque")
        verbose_name_plural = _("opérations de la banque")
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="bank_entry_position_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=EntryOutcome.values), name="bank_entry_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return self.bank_key


class BankReturn(models.Model):
    """A payment that did not reach its payee: until it is dealt with, its due waits."""

    line = models.OneToOneField(
        "payments.RunLine", on_delete=models.PROTECT, related_name="return_of"
    )
    due = models.ForeignKey("payments.Due", on_delete=models.PROTECT, related_name="returns")
    reason_code = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    treated_at = models.DateTimeField(null=True, blank=True)
    treated_by_label = models.CharField(max_length=160, blank=True)
    note = models.CharField(_("ce qui a été fait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("retour à traiter")
        verbose_name_plural = _("retours à traiter")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(treated_at__isnull=True) | ~Q(note=""), name="bank_return_treated_how"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line_id} {self.reason_code}"
