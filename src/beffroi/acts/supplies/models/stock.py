"""Lots, their movements, the counts of an inventory and the recalls."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.enums import PUTS_IN, TAKES_OUT, MoveKind, Source
from beffroi.acts.supplies.models.sites import Article, Site


class Recall(models.Model):
    """A lot number of an article that nobody may be given any more, wherever it is."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="recalls")
    number = models.CharField(_("numéro du lot"), max_length=40)
    why = models.CharField(_("pourquoi"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="supply_recall_once"),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(why=""), name="supply_recall_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.number}"


class Lot(models.Model):
    """What came in at once; `left` is the sum of its movements, kept with each of them."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="lots")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="lots")
    number = models.CharField(_("numéro du lot"), max_length=40, blank=True)
    received_date = models.DateField(_("reçu le"))
    expires_date = models.DateField(_("à consommer jusqu’au"), null=True, blank=True)
    source = models.CharField(_("vient de"), max_length=9, choices=Source.choices)
    giver = models.CharField(_("organisation"), max_length=120, blank=True)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="sent", null=True, blank=True
    )
    recall = models.ForeignKey(
        Recall, on_delete=models.PROTECT, related_name="lots", null=True, blank=True
    )
    left = models.PositiveIntegerField(_("reste"), default=0)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = [F("expires_date").asc(nulls_last=True), "received_date", "pk"]
        indexes = [
            models.Index(fields=["site", "article", "expires_date"], name="supply_lot_first_out"),
            models.Index(fields=["article", "number"], name="supply_lot_numbered"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(left__gte=0), name="supply_lot_never_negative"),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="supply_lot_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.number}".strip()

    def is_expired_on(self, day: date) -> bool:
        """This function will say whether the day of the lot is over."""
        return self.expires_date is not None and self.expires_date < day


class Movement(models.Model):
    """What went in or out of a lot, once and for all; a mistake is another movement."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=9, choices=MoveKind.choices)
    quantity = models.IntegerField(_("combien"))
    why = models.CharField(_("pourquoi"), max_length=200, blank=True)
    date = models.DateField()
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("mouvement")
        verbose_name_plural = _("mouvements")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PUTS_IN, quantity__gt=0)
                | Q(kind__in=TAKES_OUT, quantity__lt=0)
                | (Q(kind=MoveKind.CORRECTED) & ~Q(quantity=0)),
                name="supply_movement_goes_its_way",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(MoveKind.LOST, MoveKind.CORRECTED)) | ~Q(why=""),
                name="supply_movement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+d}"


class StockCount(models.Model):
    """An inventory: what was expected of each lot, what was found; the differences are movements."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="stock_counts")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("inventaire")
        verbose_name_plural = _("inventaires")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.at:%d/%m/%Y}"


class CountedLot(models.Model):
    """What an inventory found of one lot."""

    stock_count = models.ForeignKey(StockCount, on_delete=models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="counts")
    expected = models.PositiveIntegerField(_("attendu"))
    found = models.PositiveIntegerField(_("compté"))

    class Meta:
        verbose_name = _("lot compté")
        verbose_name_plural = _("lots comptés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stock_count", "lot"], name="supply_lot_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.found} / {self.expected}"
