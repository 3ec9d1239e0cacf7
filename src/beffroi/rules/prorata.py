"""A month cut in two: shares by days that add up to the whole month, to the cent.

In plain words: when an amount starts, stops or changes during a month, each part gets its days
out of the days of that month. The cents that rounding leaves go to the parts that lost most,
the earliest first. Whether the federal service counts real days or thirtieths was not read:
real days are inferred.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

_CENT = Decimal("0.01")
REFERENCE = "loi 26/05/2002 art. 21 ; prorata en jours réels, non vérifié"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a month: from a day to a day, both included, and its part of the amount."""

    start: date
    end: date
    days: int
    amount: Decimal


def split_month(monthly: Decimal, month: date, starts: Sequence[date] = ()) -> list[Share]:
    """This function will cut the month of `month` at each day of `starts`, and share `monthly`.

    Euros; the shares add up to `monthly` exactly.
    Raises: ValueError for a start outside the month, or an amount with parts of a cent.
    """
    if monthly != monthly.quantize(_CENT):
        raise ValueError(f"{monthly} has parts of a cent")
    first = month.replace(day=1)
    length = monthrange(first.year, first.month)[1]
    last = first.replace(day=length)
    for start in starts:
        if not first <= start <= last:
            raise ValueError(f"{start.isoformat()} is outside {first:%Y-%m}")
    cuts = sorted({first, *starts})
    ends = [cut - timedelta(days=1) for cut in cuts[1:]] + [last]
    days = [(end - start).days + 1 for start, end in zip(cuts, ends, strict=True)]
    amounts = largest_remainder(monthly, days)
    return [Share(*one) for one in zip(cuts, ends, days, amounts, strict=True)]


def largest_remainder(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """This function will share an amount by weights, in cents that add up to it exactly.

    Raises: ValueError when the weights add up to nothing.
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("the weights add up to nothing")
    exact = [amount * weight / total for weight in weights]
    shares = [one.quantize(_CENT, ROUND_DOWN) for one in exact]
    left = int((amount - sum(shares)) / _CENT)
    step = _CENT if left >= 0 else -_CENT
    losers = sorted(
        range(len(weights)), key=lambda one: abs(shares[one] - exact[one]), reverse=True
    )
    for position in losers[: abs(left)]:
        shares[position] += step
    return shares


def due_from(monthly: Decimal, start: date) -> Decimal:
    """This function will give what is due for the month of `start` from that day on, in euros."""
    shares = split_month(monthly, start, [start])
    return sum((one.amount for one in shares if one.start >= start), Decimal(0))


def due_until(monthly: Decimal, end: date) -> Decimal:
    """This function will give what is due for the month of `end` up to that day, in euros."""
    return monthly - due_from(monthly, end + timedelta(days=1)) if _more(end) else monthly


def _more(day: date) -> bool:
    return (day + timedelta(days=1)).month == day.month
