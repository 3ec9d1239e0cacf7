"""Houses: when they are open, to what they count, and which beds stand in them on which night."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import SLEEPS, HouseKind, Sex
from beffroi.acts.stays.models.fields import FromTo, Noted, never_twice, team_key
from beffroi.core.counting import CountsTo


class House(models.Model):
    """A night shelter, a day shelter, or dwellings of transit, kept by one team."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(_("sorte"), max_length=7, choices=HouseKind.choices)
    team = team_key()
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    opens_at = models.TimeField(_("ouvre à"))
    closes_at = models.TimeField(_("ferme à"))
    curfew_at = models.TimeField(_("les lits gardés se rendent à"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("maison d’accueil")
        verbose_name_plural = _("maisons d’accueil")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HouseKind.values), name="stay_house_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="stay_house_is_called"),
            models.CheckConstraint(
                condition=Q(curfew_at__isnull=True) | Q(kind__in=SLEEPS),
                name="stay_house_curfew_where_one_sleeps",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sleeps(self) -> bool:
        """This property says whether people sleep here."""
        return self.kind in SLEEPS


class HouseKey(CountsTo):
    """A line of the plan or an action of the catalogue to which the acts of a house count."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="keys")

    class Meta(CountsTo.Meta):
        verbose_name = _("rattachement")
        verbose_name_plural = _("rattachements")


class Season(FromTo):
    """Days on which a house is open; without any, it is not."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="seasons")

    class Meta:
        verbose_name = _("période d’ouverture")
        verbose_name_plural = _("périodes d’ouverture")
        ordering = ["since_date", "pk"]
        constraints = [
            *FromTo.Meta.constraints,
            never_twice("house", name="stay_season_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.house_id} {self.since_date}"


class ColdPlan(FromTo, Noted):
    """Cold has come: more beds between two dates, and why it was decided."""

    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="cold_plans")
    why = models.CharField(_("ce qui le déclenche"), max_length=200)

    class Meta:
        verbose_name = _("plan grand froid")
        verbose_name_plural = _("plans grand froid")
        ordering = ["since_date", "pk"]
        constraints = [
            *FromTo.Meta.constraints,
            never_twice("house", name="stay_cold_plan_once_a_day"),
            models.CheckConstraint(condition=~Q(why=""), name="stay_cold_plan_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=False), name="stay_cold_plan_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.house_id} {self.since_date}"


class Bed(FromTo):
    """A bed in a house, from a day to a day; for women, for men, or for whoever comes."""

    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="beds")
    plan = models.ForeignKey(
        ColdPlan, on_delete=models.PROTECT, related_name="beds", null=True, blank=True
    )
    code = models.CharField(_("lit"), max_length=20)
    room = models.CharField(_("dortoir"), max_length=60, blank=True)
    sex = models.CharField(_("pour"), max_length=1, choices=Sex.choices, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("lit")
        verbose_name_plural = _("lits")
        ordering = ["rank", "pk"]
        indexes = [models.Index(fields=["house", "since_date"], name="stay_bed_of_house")]
        constraints = [
            *FromTo.Meta.constraints,
            never_twice("house", "code", name="stay_bed_once_a_night"),
            models.CheckConstraint(condition=~Q(code=""), name="stay_bed_is_called"),
            models.CheckConstraint(
                condition=Q(sex__in=(Sex.MAN, Sex.WOMAN, Sex.UNSAID)), name="stay_bed_sex_known"
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True) | Q(until_date__isnull=False),
                name="stay_bed_of_a_plan_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.code
