"""What is owed, to whom, on what title, and the letters about it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import (
    CreditorKind,
    DebtKind,
    DebtState,
    Language,
    LetterKind,
    LetterState,
    Prescription,
    Title,
)
from beffroi.acts.budgets.models.files import MediationFile

ZERO = Decimal("0.00")


class Creditor(models.Model):
    """Somebody to whom people owe money, or who collects it; kept once for every file."""

    name = models.CharField(_("nom"), max_length=160)
    kind = models.CharField(_("nature"), max_length=10, choices=CreditorKind.choices)
    address = models.TextField(_("adresse postale"), blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    enterprise_number = models.CharField(_("numéro d’entreprise"), max_length=10, blank=True)
    iban = models.CharField(_("compte"), max_length=34, blank=True)
    lang = models.CharField(
        _("langue"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    is_active = models.BooleanField(_("en activité"), default=True)

    class Meta:
        verbose_name = _("créancier")
        verbose_name_plural = _("créanciers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind"], name="creditor_once"),
            models.CheckConstraint(condition=Q(kind__in=CreditorKind.values), name="creditor_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="creditor_named"),
            models.CheckConstraint(condition=Q(lang__in=Language.values), name="creditor_lang"),
        ]

    def __str__(self) -> str:
        return self.name


class Debt(models.Model):
    """A debt of the household; its amounts are those the creditor says, line by line."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="debts")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="debts")
    collector = models.ForeignKey(
        Creditor, on_delete=models.PROTECT, null=True, blank=True, related_name="collected"
    )
    kind = models.CharField(_("nature"), max_length=10, choices=DebtKind.choices)
    title = models.CharField(
        _("titre"), max_length=10, choices=Title.choices, default=Title.INVOICE
    )
    creditor_ref = models.CharField(_("référence chez le créancier"), max_length=60, blank=True)
    communication = models.CharField(_("communication structurée"), max_length=12, blank=True)
    principal = models.DecimalField(_("principal"), max_digits=11, decimal_places=2)
    interest = models.DecimalField(_("intérêts"), max_digits=11, decimal_places=2, default=ZERO)
    costs = models.DecimalField(_("frais"), max_digits=11, decimal_places=2, default=ZERO)
    paid = models.DecimalField(_("déjà payé"), max_digits=11, decimal_places=2, default=ZERO)
    monthly_due = models.DecimalField(
        _("mensualité prévue au contrat"), max_digits=11, decimal_places=2, default=ZERO
    )
    is_disputed = models.BooleanField(_("contestée"), default=False)
    dispute = models.CharField(_("ce qui est contesté"), max_length=500, blank=True)
    is_priority = models.BooleanField(_("prioritaire"), default=False)
    prescription = models.CharField(
        _("prescription"), max_length=10, choices=Prescription.choices,
        default=Prescription.UNKNOWN,
    )  # fmt: skip
    due_since_date = models.DateField(_("exigible depuis"), null=True, blank=True)
    interrupted_date = models.DateField(_("dernière interruption"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=DebtState.choices, default=DebtState.ANNOUNCED
    )
    stated_date = models.DateField(_("décompte du"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dette")
        verbose_name_plural = _("dettes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DebtKind.values), name="debt_kind_known"),
            models.CheckConstraint(condition=Q(title__in=Title.values), name="debt_title_known"),
            models.CheckConstraint(
                condition=Q(prescription__in=Prescription.values), name="debt_prescription_known"
            ),
            models.CheckConstraint(condition=Q(state__in=DebtState.values), name="debt_state"),
            models.CheckConstraint(
                condition=Q(
                    principal__gte=0, interest__gte=0, costs__gte=0, paid__gte=0, monthly_due__gte=0
                ),
                name="debt_amounts_from_zero",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=Round(F("principal") + F("interest") + F("costs"), 2)),
                name="debt_paid_no_more_than_owed",
            ),
            models.CheckConstraint(
                condition=Q(is_disputed=False, dispute="") | Q(is_disputed=True) & ~Q(dispute=""),
                name="debt_disputed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DebtState.CONFIRMED) | Q(stated_date__isnull=False),
                name="debt_confirmed_by_a_statement",
            ),
            models.CheckConstraint(
                condition=Q(collector__isnull=True) | ~Q(collector=F("creditor")),
                name="debt_collected_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creditor} {self.owed}"

    @property
    def total(self) -> Decimal:
        """This property gives principal, interest and costs together."""
        return self.principal + self.interest + self.costs

    @property
    def owed(self) -> Decimal:
        """This property gives what is still to be paid."""
        return self.total - self.paid

    @property
    def is_counted(self) -> bool:
        """This property says whether a plan counts it: neither paid, nor struck, nor disputed."""
        live = self.state in (DebtState.ANNOUNCED, DebtState.CONFIRMED)
        return live and not self.is_disputed and self.owed > 0


class CreditorLetter(models.Model):
    """A letter to a creditor, and whether he answered."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="letters")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    debts = models.ManyToManyField(Debt, related_name="letters")
    kind = models.CharField(_("nature"), max_length=10, choices=LetterKind.choices)
    recalls = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="recalled_by"
    )
    batch_ref = models.CharField(_("lot de lettres"), max_length=36, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=LetterState.choices, default=LetterState.SENT
    )
    sent_date = models.DateField(_("envoyée le"))
    answer_due_date = models.DateField(_("réponse attendue pour le"), null=True, blank=True)
    answered_date = models.DateField(_("réponse du"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("lettre à un créancier")
        verbose_name_plural = _("lettres aux créanciers")
        ordering = ["sent_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LetterKind.values), name="creditor_letter_kind"
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.ANSWERED, answered_date__gte=F("sent_date"))
                | ~Q(state=LetterState.ANSWERED) & Q(answered_date__isnull=True, answer=""),
                name="creditor_letter_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.creditor_id}"

    @property
    def owner_ref(self) -> str:
        """This property gives the name under which the letters keep what is written for it."""
        return f"creditor-letter-{self.pk}"
