"""Fields and constraints that several models of this room share."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from beffroi.core.overlap import NoOverlap


def team_key() -> Any:
    """This function will give a key to a team."""
    return models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")


class FromTo(models.Model):
    """Something that holds from a day to a day, both included, or without an end."""

    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="stay_%(class)s_ends_after_it_begins",
            )
        ]

    def holds_on(self, day: date) -> bool:
        """This function will say whether it holds on a day."""
        return self.since_date <= day and (self.until_date is None or day <= self.until_date)


def never_twice(*things: str, name: str) -> Any:
    """This function will give the constraint: two periods of one thing share no day.

    PostgreSQL holds it; elsewhere the service looks first, in a transaction that writes alone.
    """
    days = Func(
        "since_date", "until_date", RangeBoundary(inclusive_upper=True), function="daterange",
        output_field=DateRangeField(),
    )  # fmt: skip
    same = [(thing, RangeOperators.EQUAL) for thing in things]
    return NoOverlap(name=name, expressions=[*same, (days, RangeOperators.OVERLAPS)])


class Noted(models.Model):
    """Something written down: when, and by whom."""

    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True
