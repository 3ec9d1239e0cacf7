"""Sites, what they count to, and the articles that all sites share."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.enums import SiteKind
from beffroi.core.counting import CountsTo


class Site(models.Model):
    """A counter where things are kept or handed over, held by one team."""

    kind = models.CharField(_("sorte"), max_length=8, choices=SiteKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    offer_days = models.PositiveSmallIntegerField(
        _("jours pour répondre à une parcelle proposée"), default=14
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SiteKind.values), name="supply_site_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="supply_site_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(offer_days__gte=1, offer_days__lte=90),
                name="supply_site_offer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupplyKey(CountsTo):
    """A line of the plan or an action to which the acts of a site count, from day to day."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="keys")

    class Meta(CountsTo.Meta):
        verbose_name = _("rattachement d’un site")
        verbose_name_plural = _("rattachements des sites")
        constraints = [
            *CountsTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["site", "kind", "key"],
                condition=Q(until_date__isnull=True),
                name="supply_key_open_once",
            ),
        ]


class Article(models.Model):
    """Something that is kept by lots: how it is counted, what it weighs, what it costs."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    code = models.CharField(_("code-barres"), max_length=20, blank=True)
    unit = models.CharField(_("unité"), max_length=30)
    grams = models.PositiveIntegerField(_("poids d’une unité, en grammes"))
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    price = models.DecimalField(_("prix en magasin"), max_digits=8, decimal_places=2)
    allergens = models.CharField(_("allergènes"), max_length=200, blank=True)
    is_current = models.BooleanField(_("en usage"), default=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gte=0, price__gte=0), name="supply_article_worth_positive"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="supply_article_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"
