"""Guests: as the team knows them, and when one of them may not come in."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import AgeBand, Hearing, Sex
from beffroi.acts.stays.models.fields import FromTo, Noted, team_key
from beffroi.acts.stays.models.houses import House


class Guest(models.Model):
    """Somebody who sleeps or comes by day: a first name or an alias; nothing more is asked."""

    #: Given by the page that wrote her down, so that two sendings make one row.
    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    team = team_key()
    alias = models.CharField(_("prénom ou surnom"), max_length=80, blank=True)
    #: The alias without accents, case or spaces: how two that sound alike are kept apart.
    folded = models.CharField(max_length=80, blank=True)
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("année de naissance"), null=True, blank=True)
    age_band = models.CharField(_("âge"), max_length=5, choices=AgeBand.choices, blank=True)
    remark = models.CharField(_("pour l’accueillir"), max_length=120, blank=True)
    has_dog = models.BooleanField(_("vient avec son chien"), default=False)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    #: The guest this one was found to be; nights that both had on one date stay here.
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="joined", null=True, blank=True
    )
    since_at = models.DateTimeField()
    last_date = models.DateField(_("dernière venue"), null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hôte")
        verbose_name_plural = _("hôtes")
        ordering = ["alias", "pk"]
        indexes = [models.Index(fields=["team", "last_date"], name="stay_guest_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "folded"],
                condition=~Q(folded="") & Q(joined_to__isnull=True),
                name="stay_guest_alias_once",
            ),
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(person__isnull=False),
                name="stay_guest_person_once",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="stay_guest_sex_known"),
            models.CheckConstraint(
                condition=Q(age_band__in=AgeBand.values), name="stay_guest_age_known"
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="stay_guest_birth_year_likely",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("pk")),
                name="stay_guest_is_not_joined_to_herself",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True, alias__gt="")
                | Q(emptied_at__isnull=False, alias="", folded="", person__isnull=True),
                name="stay_guest_is_called_or_emptied",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.alias


class Exclusion(FromTo, Noted):
    """A guest may not come in from a day to a day: why, who decided, and whether she was heard."""

    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="exclusions")
    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.CharField(_("raison"), max_length=300)
    decided_by = models.CharField(_("qui a décidé"), max_length=160)
    hearing = models.CharField(_("droit d’être entendu·e"), max_length=7, choices=Hearing.choices)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = models.CharField(_("pourquoi levée"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        ordering = ["-since_date", "-pk"]
        indexes = [models.Index(fields=["house", "until_date"], name="stay_exclusion_of_house")]
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until_date__isnull=False), name="stay_exclusion_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decided_by=""),
                name="stay_exclusion_has_a_reason_and_an_author",
            ),
            models.CheckConstraint(
                condition=Q(hearing__in=Hearing.values), name="stay_exclusion_hearing_known"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_why="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_why="")),
                name="stay_exclusion_lifted_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest_id} {self.since_date}"
