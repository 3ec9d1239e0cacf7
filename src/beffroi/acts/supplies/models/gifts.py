"""Campaigns of gifts, by age, for children who are numbers; and the openings of a donnerie."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.models.sites import Site


class Campaign(models.Model):
    """A distribution of gifts, from a day to a day."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("nom"), max_length=80)
    from_date = models.DateField(_("inscriptions depuis le"))
    until_date = models.DateField(_("remise jusqu’au"))

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="supply_campaign_ends_after"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GiftBand(models.Model):
    """Children of some ages in a campaign, and the parcels that are ready for them."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="bands")
    from_age = models.PositiveSmallIntegerField(_("de"))
    until_age = models.PositiveSmallIntegerField(_("à"))
    prepared = models.PositiveIntegerField(_("colis prêts"), default=0)
    handed = models.PositiveIntegerField(_("colis remis"), default=0)

    class Meta:
        verbose_name = _("tranche d’âge")
        verbose_name_plural = _("tranches d’âge")
        ordering = ["from_age", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_age__gte=F("from_age"), until_age__lte=25),
                name="supply_band_of_children",
            ),
            models.CheckConstraint(
                condition=Q(handed__lte=F("prepared")), name="supply_band_hands_what_is_ready"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(a)d à %(b)d ans") % {"a": self.from_age, "b": self.until_age})

    @property
    def left(self) -> int:
        """This property gives how many parcels are ready and not handed."""
        return self.prepared - self.handed


class GiftCard(models.Model):
    """A child of a campaign: a number on a card, an age band, and nothing else."""

    band = models.ForeignKey(GiftBand, on_delete=models.PROTECT, related_name="cards")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveIntegerField(_("numéro"))
    enrolled_at = models.DateTimeField()
    handed_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("carte de cadeau")
        verbose_name_plural = _("cartes de cadeau")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="supply_gift_card_once")
        ]

    def __str__(self) -> str:
        return str(self.number)


class Opening(models.Model):
    """An opening of a donnerie: what came in and went out; who gave and who took is nobody’s."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="openings")
    date = models.DateField(_("jour"))
    items_in = models.PositiveIntegerField(_("objets reçus"))
    grams_in = models.PositiveIntegerField()
    items_out = models.PositiveIntegerField(_("objets donnés"))
    grams_out = models.PositiveIntegerField()
    visits = models.PositiveIntegerField(_("visites"))
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(_("pourquoi reprise"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ouverture")
        verbose_name_plural = _("ouvertures")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["site", "date"], name="supply_opening_of_site")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, why="")
                | (Q(taken_back_at__isnull=False) & ~Q(why="")),
                name="supply_opening_taken_back_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.date}"
