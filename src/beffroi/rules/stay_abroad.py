"""Stays abroad: four weeks a calendar year are paid, then payment stops day by day.

Within the credit only whole weeks count (a stay of 10 days takes one week, one of 17 days two,
one of 6 days none), so the days over a whole week are paid. Once the credit is used up, or by
a stay that goes beyond it, each day more is not paid (loi 26/05/2002 art. 23 §5). Exceptional
circumstances, motivated by the council, excuse a stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beffroi.rules.amounts import in_words
from beffroi.rules.figures import Explanation, figure
from beffroi.rules.steps import Step


@dataclass(frozen=True, slots=True)
class Stay:
    """Days abroad, the first and the last included. `excuse` is the council's motive, if any."""

    first: date
    last: date
    excuse: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a stay ends before it begins")


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of stays: weeks left, and the days that are not paid, in order."""

    year: int
    weeks_used: int
    weeks_left: int
    unpaid: tuple[date, ...]
    steps: tuple[Step, ...]

    def unpaid_days_of(self, month: date) -> int:
        """This function will count the unpaid days of the month of that day."""
        return sum((one.year, one.month) == (month.year, month.month) for one in self.unpaid)


def must_be_declared(stay: Stay) -> bool:
    """This function will say whether a stay had to be declared before leaving."""
    wanted = figure("stay_abroad_declare_days", stay.first).amount
    return (stay.last - stay.first).days + 1 >= wanted


def year_of(stays: Sequence[Stay], year: int) -> Year:
    """This function will count the stays of a calendar year against its credit.

    A stay over New Year counts in each year for its own days. Raises: ValueError when two
    stays overlap; OutsideParameters before the rule.
    """
    start, end = date(year, 1, 1), date(year, 12, 31)
    told, unpaid, used, before = Explanation(), list[date](), 0, None
    for one in sorted(stays, key=lambda stay: stay.first):
        if before is not None and one.first <= before:
            raise ValueError(f"two stays overlap on {one.first.isoformat()}")
        before = one.last
        first, last = max(one.first, start), min(one.last, end)
        if first > last:
            continue
        credit = figure("stay_abroad_weeks", first)
        days = (last - first).days + 1
        label = f"Du {in_words(first)} au {in_words(last)}"
        if one.excuse:
            words = f"{days} jours payés, circonstances exceptionnelles : {one.excuse}"
            told.add("excused", label, words, "0", [credit])
            continue
        weeks, beyond = _counted(days, int(credit.amount) - used, int(credit.amount))
        used += weeks
        unpaid += [last - timedelta(days=n) for n in reversed(range(beyond))]
        words = f"{days} jours : {weeks} semaine(s) du crédit, {beyond} jour(s) non payé(s)"
        told.add("stay", label, words, str(beyond), [credit])
    credit = figure("stay_abroad_weeks", end)
    return Year(year, used, int(credit.amount) - used, tuple(unpaid), told.done())


def _counted(days: int, left: int, credit: int) -> tuple[int, int]:
    """Give the weeks a stay takes of what is left, and its days that are not paid.

    A stay longer than the whole credit is beyond it even where its whole weeks are not.
    """
    weeks = days // 7
    if left and weeks <= left and days <= 7 * credit:
        return weeks, 0
    weeks = min(weeks, left)
    return weeks, days - 7 * weeks
