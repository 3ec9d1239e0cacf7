"""What a session or a series costs, who pays less, what was paid, and the cash of a house by day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import FeeState, PayMethod, PriceBasis, ReductionKind
from beffroi.acts.activities.models.attendance import Participant
from beffroi.acts.activities.models.fields import place_key, team_key
from beffroi.acts.activities.models.gatherings import Activity, Session


class Price(models.Model):
    """What an activity costs from a day to a day: each session, or the whole series, in euros."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="prices")
    basis = models.CharField(_("prix"), max_length=7, choices=PriceBasis.choices)
    amount = models.DecimalField(_("montant"), max_digits=7, decimal_places=2)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("prix")
        verbose_name_plural = _("prix")
        ordering = ["activity", "basis", "since_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(until_date__isnull=True), name="price_open_once"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=PriceBasis.values), name="price_basis_known"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_is_no_debt"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="price_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.basis}"


class Reduction(models.Model):
    """What somebody pays less, from a day to a day: a reason of four, and nothing more of it."""

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="reductions"
    )
    kind = models.CharField(_("raison"), max_length=7, choices=ReductionKind.choices)
    percent = models.PositiveSmallIntegerField(_("réduction, en pour cent"))
    #: Second, third child of the house; only for siblings.
    rank = models.PositiveSmallIntegerField(_("rang dans la fratrie"), null=True, blank=True)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("réduction")
        verbose_name_plural = _("réductions")
        ordering = ["participant", "-since_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="reduction_percent"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReductionKind.SIBLING, rank__gte=2)
                | (~Q(kind=ReductionKind.SIBLING) & Q(rank__isnull=True)),
                name="reduction_rank_of_siblings",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReductionKind.CPAS) | Q(percent=100),
                name="reduction_of_cpas_is_free",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="reduction_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.percent} %"


class Fee(models.Model):
    """What somebody owes for a session or a series: the price that day, less what she is let off."""

    #: Of the page that was sent: sent twice, it is one fee.
    mark = models.UUIDField(unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="fees")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="fees", null=True, blank=True
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="fees", null=True, blank=True
    )
    date = models.DateField(_("jour"))
    price = models.DecimalField(_("prix"), max_digits=7, decimal_places=2)
    percent = models.PositiveSmallIntegerField(_("réduction, en pour cent"), default=0)
    amount = models.DecimalField(_("dû"), max_digits=7, decimal_places=2)
    state = models.CharField(max_length=8, choices=FeeState.choices)
    why = models.CharField(_("pourquoi"), max_length=200, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("participation aux frais")
        verbose_name_plural = _("participations aux frais")
        ordering = ["date", "pk"]
        indexes = [models.Index(fields=["activity", "date"], name="fee_of_activity")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=Q(session__isnull=False, participant__isnull=False)
                & ~Q(state=FeeState.REFUNDED),
                name="fee_once_a_session",
            ),
            models.UniqueConstraint(
                fields=["activity", "participant"],
                condition=Q(session__isnull=True, participant__isnull=False)
                & ~Q(state=FeeState.REFUNDED),
                name="fee_once_a_series",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=F("price"), percent__lte=100),
                name="fee_within_its_price",
            ),
            models.CheckConstraint(
                condition=Q(state=FeeState.FREE, amount=0)
                | (Q(state__in=(FeeState.OWED, FeeState.PAID, FeeState.REFUNDED, FeeState.WAIVED))
                   & Q(amount__gt=0)),
                name="fee_free_when_nothing_is_owed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(FeeState.REFUNDED, FeeState.WAIVED)) | ~Q(why=""),
                name="fee_given_back_for_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.amount} {self.state}"


class CashLine(models.Model):
    """Money that came in or went back, with its receipt; never changed."""

    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, related_name="lines")
    receipt = models.CharField(_("reçu"), max_length=12, unique=True)
    team = team_key()
    place = place_key()
    date = models.DateField(_("jour"))
    method = models.CharField(_("moyen"), max_length=4, choices=PayMethod.choices)
    #: Below zero when it is given back.
    amount = models.DecimalField(_("montant"), max_digits=7, decimal_places=2)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("ligne de caisse")
        verbose_name_plural = _("lignes de caisse")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["team", "place", "date"], name="cash_line_of_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="cash_line_moves_money"),
            models.CheckConstraint(
                condition=Q(method__in=PayMethod.values), name="cash_line_method_known"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class CashDay(models.Model):
    """The cash of a team in a house, counted at the end of a day; a difference is explained."""

    team = team_key()
    place = place_key()
    date = models.DateField(_("jour"))
    expected = models.DecimalField(_("attendu"), max_digits=8, decimal_places=2)
    counted = models.DecimalField(_("compté"), max_digits=8, decimal_places=2)
    why = models.CharField(_("d’où vient la différence"), max_length=200, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("caisse d’un jour")
        verbose_name_plural = _("caisses des jours")
        ordering = ["-date", "place"]
        constraints = [
            models.UniqueConstraint(fields=["team", "place", "date"], name="cash_day_once"),
            models.CheckConstraint(
                condition=Q(counted=F("expected")) | ~Q(why=""),
                name="cash_day_difference_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.date}"
