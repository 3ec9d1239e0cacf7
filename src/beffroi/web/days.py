"""Days as somebody means them: a year typed wrong is told beside its field; a month begins on its 1er."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateformat import DateFormat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Whoever is known to the house was born after, and nothing is planned past the second.
FIRST_YEAR, LAST_YEAR = 1850, 2199


def must_be_possible(day: date) -> None:
    """This function will refuse a day that nobody means. Raises: ValidationError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Vérifiez l’année de cette date."), code="impossible")


def check_days_of_forms() -> None:
    """This function will have every field of a day or a moment refuse one that nobody means.

    The last day of a calendar cannot be counted on: no day comes after it.
    """
    for kind in (forms.DateField, forms.DateTimeField):
        checks: list[Any] = [must_be_possible]
        kind.default_validators = checks


def day_in_month(told: DateFormat) -> int | str:
    """This function will give the day of a date as its reader says it: in French, a month begins on its « 1er »."""
    day: int = told.data.day  # type: ignore[union-attr]
    return "1er" if day == 1 and (get_language() or "").startswith("fr") else day


def say_first_days() -> None:
    """This function will have every page, letter and message in French write « 1er mars 2026 »."""
    setattr(DateFormat, "j", day_in_month)  # noqa: B010 (the type of Django’s says a plain number)
