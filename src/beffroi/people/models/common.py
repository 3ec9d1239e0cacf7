"""What several tables of this room refuse alike."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """This function will give the constraint of what lasts from a day to a day, both inclusive."""
    return models.CheckConstraint(
        condition=Q(since_date__isnull=True)
        | Q(until_date__isnull=True)
        | Q(until_date__gte=F("since_date")),
        name=f"{name}_ends_after_it_begins",
    )


def known(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    """This function will give the constraint of a choice."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)
