"""The money of a client, held apart: its own tables, added to and never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import MovementKind
from beffroi.acts.budgets.models.debts import Creditor, Debt
from beffroi.acts.budgets.models.files import MediationFile


class ClientAccount(models.Model):
    """An account in the name of the person, whose money the CPAS holds and never owns."""

    file = models.OneToOneField(
        MediationFile, on_delete=models.PROTECT, related_name="client_account"
    )
    iban = models.CharField(_("compte de tiers"), max_length=34)
    opened_date = models.DateField(_("ouvert le"))
    closed_date = models.DateField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("compte de la personne")
        verbose_name_plural = _("comptes des personnes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True) | Q(closed_date__gte=models.F("opened_date")),
                name="client_account_closed_after_opened",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.iban}"


class ClientMovement(models.Model):
    """One movement on a client's account: numbered, dated, with the balance it leaves."""

    account = models.ForeignKey(ClientAccount, on_delete=models.PROTECT, related_name="movements")
    number = models.PositiveIntegerField(_("numéro"))
    kind = models.CharField(_("nature"), max_length=12, choices=MovementKind.choices)
    value_date = models.DateField(_("date de valeur"))
    label = models.CharField(_("libellé"), max_length=200)
    creditor = models.ForeignKey(
        Creditor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    debt = models.ForeignKey(
        Debt, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount = models.DecimalField(_("montant"), max_digits=11, decimal_places=2)
    balance = models.DecimalField(_("solde"), max_digits=11, decimal_places=2)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("mouvement du compte de la personne")
        verbose_name_plural = _("mouvements des comptes des personnes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="client_movement_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="client_movement_from_one"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="client_never_overdrawn"),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.RECEIVED, amount__gt=0)
                | Q(kind__in=[MovementKind.TO_CREDITOR, MovementKind.TO_PERSON], amount__lt=0)
                | Q(kind=MovementKind.REVERSAL) & ~Q(amount=0),
                name="client_movement_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.REVERSAL, reverses__isnull=False)
                | ~Q(kind=MovementKind.REVERSAL) & Q(reverses__isnull=True),
                name="client_reversal_of_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MovementKind.TO_CREDITOR) | Q(creditor__isnull=False),
                name="client_paid_to_a_creditor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.number} {self.amount}"
