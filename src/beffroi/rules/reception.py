"""Reception of asylum seekers (ILA): the nights of a month and what the State pays for them.

A night belongs to the day on which it begins: the day of arrival counts, that of departure
does not. The rates are those of the convention with Fedasil (AR 24/07/2012).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from beffroi.rules.amounts import ZERO, euros
from beffroi.rules.figures import Explanation, Table, known_table
from beffroi.rules.outcomes import Outcome, granted, not_computable

Kind = Literal["adult", "child"]


@dataclass(frozen=True, slots=True)
class Stay:
    """A person's stay, from the day of arrival to that of departure (None: still there).

    `absences` are nights slept elsewhere that the convention does not pay: the first night
    and the last one, both included.
    """

    kind: Kind
    arrived: date
    left: date | None = None
    absences: tuple[tuple[date, date], ...] = ()


def nights(stay: Stay, month: date) -> int:
    """This function will count the nights of a stay in the month of that day.

    Raises: ValueError when it ends before it begins.
    """
    if stay.left is not None and stay.left < stay.arrived:
        raise ValueError("a stay ends before it begins")
    length = monthrange(month.year, month.month)[1]
    days = [month.replace(day=1) + timedelta(days=n) for n in range(length)]
    return sum(
        stay.arrived <= day
        and (stay.left is None or day < stay.left)
        and not any(first <= day <= last for first, last in stay.absences)
        for day in days
    )


def monthly_claim(stays: Sequence[Stay], month: date, rates: Table | None = None) -> Outcome:
    """This function will give the euros to claim for the nights of a month.

    `rates` holds `adult` and `child` where the service typed them; without a known rate the
    claim is not computable.
    """
    held = rates or known_table("reception_night", month)
    if held is None:
        return not_computable([f"les tarifs par nuit de {month.year}"])
    told, total = Explanation(), ZERO
    labels: tuple[tuple[Kind, str], ...] = (
        ("adult", "Nuits d’adultes"),
        ("child", "Nuits d’enfants"),
    )
    for kind, label in labels:
        count = sum(nights(one, month) for one in stays if one.kind == kind)
        if count:
            part = count * held.content[kind]
            words = f"{count} × {euros(held.content[kind])} = {euros(part)}"
            told.add(kind, label, words, part, [held])
            total += part
    told.add("total", "Créance du mois", euros(total), total, [held])
    return granted(total, told.steps)


def occupancy(stays: Sequence[Stay], month: date, places: int) -> Decimal:
    """This function will give the part of the month's nights that were taken, from 0 to 1.

    Raises: ValueError without a place, or where more nights were slept than there are places.
    """
    offered = places * monthrange(month.year, month.month)[1]
    taken = sum(nights(one, month) for one in stays)
    if places < 1 or taken > offered:
        raise ValueError("more nights than places")
    return (Decimal(taken) / offered).quantize(Decimal("0.0001"))
