"""Days that somebody may mean: a year typed wrong is told beside its field, whichever the form."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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
