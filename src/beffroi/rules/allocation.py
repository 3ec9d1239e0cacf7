"""Sharing an amount without losing a cent: largest remainder, equal parts, days of a month."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from beffroi.rules.amounts import CENT, cents


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """This function will share `total` euros in proportion to `weights`, to the cent.

    Each part is rounded down, then the cents left over go to the largest remainders; of two
    equal ones to the larger weight, then to the first. The parts always sum to the total.

    Raises: ValueError for a total below zero or with a fraction of a cent, for a negative
    weight, and for weights that are all zero.
    """
    counted = cents(total)
    if counted < 0 or any(weight < 0 for weight in weights):
        raise ValueError("only amounts and weights of zero or more are shared")
    shares = [Fraction(weight) for weight in weights]
    whole = sum(shares, Fraction(0))
    if whole == 0:
        raise ValueError("nothing to share between: every weight is zero")
    exact = [counted * share / whole for share in shares]
    parts = [one.numerator // one.denominator for one in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], -shares[i], i))
    for index in order[: counted - sum(parts)]:
        parts[index] += 1
    return [part * CENT for part in parts]


def equal_parts(total: Decimal, count: int) -> list[Decimal]:
    """This function will share `total` euros in `count` equal parts, the odd cents to the first.

    Raises: ValueError when `count` is below one.
    """
    if count < 1:
        raise ValueError("an amount is shared between one part or more")
    return allocate(total, [1] * count)


def split_by_days(
    monthly: Decimal, month: date, spans: Sequence[tuple[date, date]]
) -> list[Decimal]:
    """This function will give each span of a month its part of a monthly amount, by days.

    `month` is any day of the month; each span has its first and its last day. When the spans
    cover the whole month, their parts sum to the monthly amount.

    Raises: ValueError for a span outside the month, turned round, or over another one.
    """
    length = monthrange(month.year, month.month)[1]
    first, last = month.replace(day=1), month.replace(day=length)
    taken: set[int] = set()
    days = []
    for start, end in spans:
        if not first <= start <= end <= last:
            raise ValueError(f"not inside the month: {start.isoformat()} to {end.isoformat()}")
        numbers = set(range(start.day, end.day + 1))
        if taken & numbers:
            raise ValueError(f"a day is counted twice: {start.isoformat()} to {end.isoformat()}")
        taken |= numbers
        days.append(len(numbers))
    return allocate(monthly, [*days, length - len(taken)])[: len(days)]
