"""Periods of a month, and a monthly amount split by days so that the parts make the whole."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from beffroi.acts.payments.enums import Periodicity

_CENT = Decimal("0.01")


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both counted, inside one month."""

    start: date
    end: date


def month_start(day: date) -> date:
    """This function will give the first day of the month of `day`."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """This function will give the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """This function will give the first day of the month after that of `day`."""
    return month_end(day) + timedelta(days=1)


def parts_of_month(month: date, periodicity: str) -> list[Period]:
    """This function will cut a month: whole, in two at the 15th, or by weeks from Monday.

    A week that lies across two months makes a part in each. Raises: ValueError for `once`.
    """
    start, end = month_start(month), month_end(month)
    if periodicity == Periodicity.MONTHLY:
        return [Period(start, end)]
    if periodicity == Periodicity.FORTNIGHTLY:
        return [Period(start, start.replace(day=15)), Period(start.replace(day=16), end)]
    if periodicity != Periodicity.WEEKLY:
        raise ValueError(f"no parts of a month for {periodicity}")
    parts = []
    while start <= end:
        sunday = min(start + timedelta(days=6 - start.weekday()), end)
        parts.append(Period(start, sunday))
        start = sunday + timedelta(days=1)
    return parts


def clip(period: Period, since: date, until: date | None) -> Period | None:
    """This function will keep the days of `period` from `since` to `until`, if any is left."""
    start, end = max(period.start, since), min(period.end, until or period.end)
    return Period(start, end) if start <= end else None


def share_of_month(monthly: Decimal, period: Period) -> Decimal:
    """This function will give in euros the share of `monthly` for the days of `period`.

    It is a difference of running sums rounded to the cent, half up: the shares of all the days
    of a month, however it is cut, make the monthly amount exactly.
    """
    days = month_end(period.start).day

    def up_to(day: int) -> Decimal:
        return (monthly * day / days).quantize(_CENT, ROUND_HALF_UP)

    return up_to(period.end.day) - up_to(period.start.day - 1)
