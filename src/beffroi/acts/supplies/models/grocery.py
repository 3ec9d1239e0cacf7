"""The social grocery: rules of points, cards of households, accesses, passages at the till."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.models.sites import Article, Site
from beffroi.acts.supplies.models.stock import Lot


class PointRule(models.Model):
    """How many points a month a household may take, from a day on."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rules")
    since_date = models.DateField(_("depuis le"))
    points = models.DecimalField(
        _("points pour une personne seule"), max_digits=8, decimal_places=2
    )
    adult_weight = models.DecimalField(
        _("part de chaque autre adulte"), max_digits=4, decimal_places=2
    )
    child_weight = models.DecimalField(_("part de chaque enfant"), max_digits=4, decimal_places=2)
    percent = models.DecimalField(_("participation demandée, en %"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("règle des points")
        verbose_name_plural = _("règles des points")
        ordering = ["-since_date"]
        constraints = [
            models.UniqueConstraint(fields=["site", "since_date"], name="supply_rule_once_a_day"),
            models.CheckConstraint(
                condition=Q(
                    points__gt=0, adult_weight__gte=0, child_weight__gte=0, percent__gte=0,
                    percent__lte=100,
                ),
                name="supply_rule_makes_sense",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.site_id} {self.since_date}"


class Card(models.Model):
    """A household as the grocery knows it: a number, a name to call, no link shown to a file."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(_("numéro de carte"), max_length=20, unique=True)
    name = models.CharField(_("nom à appeler"), max_length=120)
    phone = models.CharField(_("téléphone, pour un rappel de produit"), max_length=40, blank=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    #: The team of the service social that opened it, and reads it.
    team = models.ForeignKey(
        "accounts.Team", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("carte")
        verbose_name_plural = _("cartes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.number


class Access(models.Model):
    """A decision that opens the grocery to a household, with its cap; it never changes, it ends."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="accesses")
    decision = models.CharField(_("décision du CPAS"), max_length=60)
    adults = models.PositiveSmallIntegerField(_("adultes"))
    children = models.PositiveSmallIntegerField(_("enfants"))
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"))
    cap = models.DecimalField(_("points par mois"), max_digits=8, decimal_places=2)
    percent = models.DecimalField(_("participation, en %"), max_digits=5, decimal_places=2)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_why = models.CharField(_("pourquoi terminé"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("accès")
        verbose_name_plural = _("accès")
        ordering = ["-since_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("since_date")), name="supply_access_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(adults__gte=1, cap__gt=0, percent__gte=0, percent__lte=100),
                name="supply_access_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_why="")
                | (Q(ended_at__isnull=False) & ~Q(end_why="")),
                name="supply_access_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.decision

    @property
    def people(self) -> int:
        """This property gives how many people the household holds."""
        return self.adults + self.children


class Passage(models.Model):
    """One basket at the till: what was taken, its points and what was paid; cancelled, it stays."""

    access = models.ForeignKey(Access, on_delete=models.PROTECT, related_name="passages")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="passages")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="passages")
    mark = models.UUIDField(unique=True)
    date = models.DateField()
    at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=8, decimal_places=2)
    value = models.DecimalField(_("prix en magasin"), max_digits=8, decimal_places=2)
    paid = models.DecimalField(_("payé"), max_digits=8, decimal_places=2)
    grams = models.PositiveIntegerField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_why = models.CharField(_("pourquoi annulé"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["card", "date"], name="supply_passage_of_card"),
            models.Index(fields=["site", "date"], name="supply_passage_of_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_why="")),
                name="supply_passage_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, value__gte=0, paid__gte=0, paid__lte=F("value")),
                name="supply_passage_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.date}"


class PassageLine(models.Model):
    """Units of one lot in a basket, with their points and price of that day."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="lines")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=8, decimal_places=2)
    value = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("ligne d’un passage")
        verbose_name_plural = _("lignes d’un passage")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="supply_line_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.article_id}"
