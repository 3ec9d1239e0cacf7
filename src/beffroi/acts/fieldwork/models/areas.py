"""Where teams go out, to what that counts, the spots they name with one touch, and kits."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.core.counting import CountsTo


class Area(models.Model):
    """Where a team goes out, for one kind of work."""

    name = models.CharField(_("nom"), max_length=80)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("genre"), max_length=9, choices=OutingKind.choices)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("secteur")
        verbose_name_plural = _("secteurs")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="area_once_in_team"),
            models.CheckConstraint(condition=Q(kind__in=OutingKind.values), name="area_kind_known"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="area_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaKey(CountsTo):
    """A line of the plan or an action of the catalogue to which what happens in an area counts."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="keys")

    class Meta(CountsTo.Meta):
        verbose_name = _("rattachement d’un secteur")
        verbose_name_plural = _("rattachements des secteurs")
        constraints = [
            *CountsTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["area", "kind", "key"],
                condition=Q(until_date__isnull=True),
                name="area_key_open_once",
            ),
        ]


class Spot(models.Model):
    """A place of an area that is named with one touch; on the map to a hundred metres."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="spots")
    name = models.CharField(_("nom"), max_length=60)
    latitude = models.DecimalField(
        _("latitude"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("endroit")
        verbose_name_plural = _("endroits")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="spot_once_in_area"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="spot_on_the_map_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KitKind(models.Model):
    """Something handed over that may come back; `needles` makes what returns comparable."""

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nom"), max_length=80)
    needles = models.PositiveSmallIntegerField(_("seringues dans un exemplaire"), default=0)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("matériel")
        verbose_name_plural = _("matériels")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="kit_kind_once_in_team"),
            models.CheckConstraint(condition=Q(needles__lte=100), name="kit_kind_needles"),
        ]

    def __str__(self) -> str:
        return self.name
