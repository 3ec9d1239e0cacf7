"""From when a revised right takes effect (loi 26/05/2002 art. 22).

In plain words: a revision works from the day the thing that changed it appeared. Where the CPAS
itself made a mistake, the person gets less, and could not know it, nothing is taken back: the
lower amount starts on the first day of the month after the letter.
"""

from dataclasses import dataclass
from datetime import date

from beffroi.core.dates import add_months

REFERENCE = "loi 26/05/2002 art. 22 §§ 2 et 3"


@dataclass(frozen=True, slots=True)
class Effect:
    """The first day of the revised amount, and whether it waits for the letter."""

    from_date: date
    waits_for_letter: bool
    reference: str = REFERENCE


def first_of_next_month(day: date) -> date:
    """This function will give the first day of the month after `day`."""
    return add_months(day.replace(day=1), 1)


def effect(
    *, appeared: date, notified: date, is_lower: bool, is_cpas_error: bool, could_know: bool
) -> Effect:
    """This function will say from which day a revision of a right counts."""
    if is_cpas_error and is_lower and not could_know:
        return Effect(first_of_next_month(notified), True)
    return Effect(appeared, False)
