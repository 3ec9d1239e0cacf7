from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import CardPayee
from beffroi.casework.models.deciding import Grant


class MedicalCard(models.Model):
    """What a decision covers of a person’s care, from a day to a day, up to a cap each month."""

    number = models.CharField(_("numéro"), max_length=12, unique=True)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="medical_card")
    categories = models.JSONField(_("soins couverts"), default=list)
    pharmacy = models.CharField(_("pharmacie"), max_length=160, blank=True)
    third_party_ref = models.CharField(_("pharmacie payée"), max_length=12, blank=True)
    paid_to = models.CharField(
        _("payé à"), max_length=8, choices=CardPayee.choices, default=CardPayee.PHARMACY
    )
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"))
    monthly_cap = models.DecimalField(
        _("plafond par mois"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    revoked_why = models.CharField(_("motif du retrait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("carte médicale")
        verbose_name_plural = _("cartes médicales")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="card_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(monthly_cap__isnull=True) | Q(monthly_cap__gte=0),
                name="card_cap_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_why="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_why=""),
                name="card_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(paid_to__in=CardPayee.values), name="card_payee_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PharmacyMonth(models.Model):
    """The lines of a card for one month, checked together and paid once."""

    card = models.ForeignKey(MedicalCard, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(_("mois"))
    computation_ref = models.CharField(_("calcul"), max_length=12)
    granted = models.DecimalField(_("accordé"), max_digits=8, decimal_places=2)
    refused = models.DecimalField(_("refusé"), max_digits=8, decimal_places=2)
    order_ref = models.CharField(_("ordre de paiement"), max_length=20, blank=True)
    settled_at = models.DateTimeField(_("réglé le"))
    settled_by = models.CharField(_("par"), max_length=160)

    class Meta:
        verbose_name = _("mois de pharmacie")
        verbose_name_plural = _("mois de pharmacie")
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted__gte=0, refused__gte=0), name="pharmacy_month_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.month:%Y-%m}"


class PharmacyLine(models.Model):
    """One product a pharmacy charges on a card; its name is read by two roles only."""

    card = models.ForeignKey(MedicalCard, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(_("code CNK"), max_length=12, blank=True)
    product = models.CharField(_("produit"), max_length=160)
    day = models.DateField(_("délivré le"))
    price = models.DecimalField(
        _("prix"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    on_list = models.BooleanField(
        _("sur la liste"), null=True, blank=True,
        help_text=_("Vide tant que personne n’a regardé la liste."),
    )  # fmt: skip
    granted = models.DecimalField(
        _("accordé"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(_("motif"), max_length=160, blank=True)
    month = models.ForeignKey(
        PharmacyMonth, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )

    class Meta:
        verbose_name = _("ligne de pharmacie")
        verbose_name_plural = _("lignes de pharmacie")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="pharmacy_line_not_negative"),
            models.CheckConstraint(
                condition=Q(month__isnull=True, granted__isnull=True)
                | Q(month__isnull=False, granted__gte=0, granted__lte=F("price"),
                    on_list__isnull=False),
                name="pharmacy_line_settled_within_price",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.card_id} {self.day}"
