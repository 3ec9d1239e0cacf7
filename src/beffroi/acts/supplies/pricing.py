"""What a household may take and what it pays: pure sums, rounded once, to the cent, half up."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")


class Rule(Protocol):
    """What a rule of points says."""

    points: Decimal
    adult_weight: Decimal
    child_weight: Decimal


def to_cent(amount: Decimal) -> Decimal:
    """This function will round points or euros to the hundredth, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def monthly_cap(rule: Rule, adults: int, children: int) -> Decimal:
    """This function will give the points a month of a household: one adult counts whole."""
    units = 1 + rule.adult_weight * (adults - 1) + rule.child_weight * children
    return to_cent(rule.points * units)


def asked(value: Decimal, percent: Decimal) -> Decimal:
    """This function will give what is paid, in euros, of a basket worth `value` in a shop."""
    return to_cent(value * percent / 100)


def total(parts: Iterable[tuple[Decimal, int]]) -> Decimal:
    """This function will add up amounts that come several times."""
    return to_cent(sum((amount * times for amount, times in parts), Decimal(0)))


def month_of(day: date) -> tuple[date, date]:
    """This function will give the first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
