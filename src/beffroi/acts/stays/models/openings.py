"""Openings: one night or one day of a house, and what it counted, row after row."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import OpeningState
from beffroi.acts.stays.models.fields import Noted
from beffroi.acts.stays.models.houses import House


class Counted(models.Model):
    """What one opening counted."""

    beds = models.PositiveSmallIntegerField(_("lits"), default=0)
    slept = models.PositiveSmallIntegerField(_("nuits"), default=0)
    slept_unnamed = models.PositiveSmallIntegerField(_("dont sans surnom"), default=0)
    dogs = models.PositiveSmallIntegerField(_("avec un chien"), default=0)
    visits = models.PositiveSmallIntegerField(_("passages"), default=0)
    visits_unnamed = models.PositiveSmallIntegerField(_("dont sans surnom"), default=0)
    refused = models.PositiveSmallIntegerField(_("refus"), default=0)
    refused_full = models.PositiveSmallIntegerField(_("faute de place"), default=0)
    meals = models.PositiveSmallIntegerField(_("repas"), default=0)
    showers = models.PositiveSmallIntegerField(_("douches"), default=0)
    laundries = models.PositiveSmallIntegerField(_("lessives"), default=0)

    class Meta:
        abstract = True
        constraints = [
            # More people than beds cannot be written down, whoever writes.
            models.CheckConstraint(
                condition=Q(slept__lte=F("beds")), name="stay_%(class)s_no_more_than_beds"
            ),
            models.CheckConstraint(
                condition=Q(
                    slept_unnamed__lte=F("slept"), dogs__lte=F("slept"),
                    visits_unnamed__lte=F("visits"), refused_full__lte=F("refused"),
                ),
                name="stay_%(class)s_parts_within_wholes",
            ),
        ]  # fmt: skip


#: The names of what is counted, in the order in which it is told.
COUNTED = tuple(field.name for field in Counted._meta.local_fields)


class Opening(Counted):
    """One night of a house, named by its evening, or one day; the counts are those of its last row."""

    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="openings")
    date = models.DateField(_("date"))
    state = models.CharField(max_length=6, choices=OpeningState.choices, default=OpeningState.OPEN)

    class Meta:
        verbose_name = _("nuit ou journée")
        verbose_name_plural = _("nuits et journées")
        ordering = ["-date", "house"]
        indexes = [models.Index(fields=["date", "state"], name="stay_opening_by_date")]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(fields=["house", "date"], name="stay_opening_once_a_date"),
            models.CheckConstraint(
                condition=Q(state__in=OpeningState.values), name="stay_opening_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=OpeningState.CLOSED) | Q(slept=0, visits=0, refused=0, meals=0),
                name="stay_opening_counts_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.house_id} {self.date}"


class OpeningCount(Counted, Noted):
    """What an opening counted when it was closed, then after each correction, with its reason."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="counts")
    revision = models.PositiveSmallIntegerField()
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["opening", "revision"]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                fields=["opening", "revision"], name="stay_count_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | (Q(revision__gt=1) & ~Q(why="")),
                name="stay_count_changes_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.revision}"
