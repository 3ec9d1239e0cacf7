from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import RefundState


class CentreRate(models.Model):
    """What the State refunds this centre as a rule in a year, and the numbers it comes from."""

    year = models.PositiveSmallIntegerField(_("année"), unique=True)
    two_years_before = models.DecimalField(
        _("ayants droit par mois, année n−2"), max_digits=9, decimal_places=2
    )
    three_years_before = models.DecimalField(
        _("ayants droit par mois, année n−3"), max_digits=9, decimal_places=2
    )
    last_rate = models.DecimalField(_("taux de l’année n−1"), max_digits=5, decimal_places=4)
    rate = models.DecimalField(_("taux"), max_digits=5, decimal_places=4)
    basis = models.CharField(_("base du taux"), max_length=300)
    reference = models.CharField(_("article"), max_length=200)
    is_verified = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("taux du centre")
        verbose_name_plural = _("taux du centre")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lte=1, last_rate__gte=0, last_rate__lte=1),
                name="centre_rate_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(two_years_before__gte=0, three_years_before__gte=0),
                name="centre_rate_counts_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.rate}"


class RefundClaim(models.Model):
    """What the State refunds of the living incomes paid for one month."""

    month = models.DateField(_("mois"), unique=True)
    state = models.CharField(max_length=6, choices=RefundState.choices, default=RefundState.DRAWN)
    paid_total = models.DecimalField(max_digits=14, decimal_places=2)
    claimed_total = models.DecimalField(max_digits=14, decimal_places=2)
    unknown_total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    costs_total = models.DecimalField(
        _("frais de dossier"), max_digits=14, decimal_places=2, default=0
    )
    drawn_at = models.DateTimeField()
    drawn_by_label = models.CharField(max_length=160)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("état de subvention")
        verbose_name_plural = _("états de subvention")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="refund_claim_of_a_month"),
            models.CheckConstraint(
                condition=Q(state=RefundState.DRAWN, sent_at__isnull=True)
                | Q(state=RefundState.SENT, sent_at__isnull=False, unknown_total=0),
                name="refund_claim_sent_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class RefundLine(models.Model):
    """One paid living income in a claim, with its rate; none while the rate is not known.

    A payment that comes back after its month was claimed is taken off a later one.
    """

    claim = models.ForeignKey(RefundClaim, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("payments.RunLine", on_delete=models.PROTECT, related_name="+")
    is_return = models.BooleanField(_("retour"), default=False)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    rate = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    basis = models.CharField(_("base du taux"), max_length=300, blank=True)
    reference = models.CharField(_("article"), max_length=200, blank=True)
    is_verified = models.BooleanField(default=False)
    #: What the State adds for the file in euros, on one line of it a year.
    file_cost = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    refund = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("ligne de subvention")
        verbose_name_plural = _("lignes de subvention")
        ordering = ["rate", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "is_return"], name="refund_line_once"),
            models.CheckConstraint(
                condition=Q(rate__isnull=True, refund__isnull=True)
                | Q(rate__gte=0, rate__lte=1, refund__isnull=False),
                name="refund_line_rate_and_amount",
            ),
            models.CheckConstraint(
                condition=Q(file_cost=0) | Q(file_cost__gt=0, is_return=False, rate__isnull=False),
                name="refund_line_cost_of_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.rate}"
