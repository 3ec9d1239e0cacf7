"""The lines of a pharmacy against a medical card: the list, the dates, the cap of each month.

A line of the list is granted until the month's cap is reached, then in part, then refused.
The list and the cap are those of the card the CPAS gave (loi 08/07/1976 art. 57).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.rules.amounts import ZERO, euros, in_words
from beffroi.rules.figures import Explanation, Figure
from beffroi.rules.steps import Step

_CARD = Figure(ZERO, "loi 08/07/1976 art. 57 §1er; carte médicale du CPAS")


@dataclass(frozen=True, slots=True)
class Card:
    """A medical card: its first and last day, and its cap in euros a month (None: no cap)."""

    first: date
    last: date
    monthly_cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a pharmacy charges the person on a day, in euros. `on_list`: None, not checked yet."""

    code: str
    day: date
    price: Decimal
    on_list: bool | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A line with what is granted and refused, in euros, and the reason in French."""

    line: Line
    granted: Decimal
    refused: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines in the order given, the totals in euros, and the lines still to be checked."""

    lines: tuple[Checked, ...]
    granted: Decimal
    refused: Decimal
    unchecked: tuple[Line, ...]
    steps: tuple[Step, ...]


def check(card: Card, lines: Sequence[Line], granted_before: Decimal = ZERO) -> Bill:
    """This function will check the lines of one month against a card.

    `granted_before` euros already count in the month's cap. A line whose product nobody has
    looked up is neither granted nor refused. Raises: ValueError for lines of several months,
    a negative price, or a negative amount before.
    """
    if len({(one.day.year, one.day.month) for one in lines}) > 1:
        raise ValueError("a cap is for one month: the lines are of several")
    if granted_before < 0 or any(one.price < 0 for one in lines):
        raise ValueError("prices are zero or more")
    told, used = Explanation(), granted_before
    checked: list[Checked] = []
    for one in lines:
        if one.on_list is None:
            continue
        result = _checked(card, one, used)
        used += result.granted
        checked.append(result)
        words = f"{euros(one.price)} : {euros(result.granted)} accordés"
        words += f", {result.reason}" if result.reason else ""
        told.add("line", f"{one.code}, {in_words(one.day)}", words, result.granted, [_CARD])
    given = sum((one.granted for one in checked), ZERO)
    kept = sum((one.refused for one in checked), ZERO)
    told.add("total", "Total accordé", euros(given), given, [_CARD])
    unchecked = tuple(one for one in lines if one.on_list is None)
    return Bill(tuple(checked), given, kept, unchecked, told.done())


def _checked(card: Card, line: Line, used: Decimal) -> Checked:
    if not card.first <= line.day <= card.last:
        return Checked(line, ZERO, line.price, "hors de la période de la carte")
    if not line.on_list:
        return Checked(line, ZERO, line.price, "produit hors de la liste")
    if card.monthly_cap is None:
        return Checked(line, line.price, ZERO)
    given = min(line.price, max(ZERO, card.monthly_cap - used))
    reason = f"plafond de {euros(card.monthly_cap)} atteint" if given < line.price else ""
    return Checked(line, given, line.price - given, reason)
