"""What may be seized from a month's income (Code judiciaire art. 1409 to 1412).

The share grows by bands of the net income; a child in charge lowers the result by a fixed
amount. Work and replacement incomes have different shares in the third band; who has both is
treated as having work income. Some incomes cannot be touched at all: they are not counted.
For maintenance debts there is no threshold.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from beffroi.rules.amounts import ZERO, euros, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, Table, known_table
from beffroi.rules.outcomes import Outcome, granted, not_computable, unknown

_MAINTENANCE = Figure(ZERO, "Code judiciaire art. 1412")
_NET = Figure(ZERO, "Code judiciaire art. 1409")
_UNTOUCHABLE = Figure(ZERO, "Code judiciaire art. 1410 §2")


@dataclass(frozen=True, slots=True)
class Facts:
    """A month's net incomes in euros. `untouchable`: living income, family benefits, …

    None means that nobody knows yet. `bands` holds the amounts of the year typed by the
    service where the house does not know them.
    """

    month: date
    work: Decimal | None = ZERO
    replacement: Decimal | None = ZERO
    untouchable: Decimal = ZERO
    children: int | None = 0
    for_maintenance: bool = False
    bands: Table | None = None


def seizable(facts: Facts) -> Outcome:
    """This function will give the euros of a month's income that may be seized or ceded.

    Raises: ValueError for a negative amount or number of children.
    """
    asked = {
        "le revenu net du travail": facts.work,
        "le revenu de remplacement": facts.replacement,
        "le nombre d’enfants à charge": facts.children,
    }
    missing = unknown(asked)
    bands = facts.bands or known_table("seizable_share", facts.month)
    if bands is None and not facts.for_maintenance:
        missing.append(f"les seuils de saisie de {facts.month.year}")
    if missing:
        return not_computable(missing)
    work, replacement, children = facts.work or ZERO, facts.replacement or ZERO, facts.children or 0
    if min(work, replacement, facts.untouchable, Decimal(children)) < 0:
        raise ValueError("incomes and children are zero or more")
    return _seizable(facts, work, replacement, children, bands)


def _seizable(
    facts: Facts, work: Decimal, replacement: Decimal, children: int, bands: Table | None
) -> Outcome:
    told, income = Explanation(), work + replacement
    if facts.untouchable:
        words = f"{euros(facts.untouchable)} laissés entiers à la personne"
        told.add("untouchable", "Revenus insaisissables", words, ZERO, [_UNTOUCHABLE])
    words = f"{euros(work)} + {euros(replacement)} = {euros(income)}"
    told.add("income", "Revenus du mois qui comptent", words, income, [_NET])
    if facts.for_maintenance or bands is None:
        words = f"dette d’aliments : {euros(income)} sans seuil"
        told.add("maintenance", "Part saisissable", words, income, [_MAINTENANCE])
        return granted(income, told.steps)
    total = _by_bands(income, "work" if work else "replacement", bands, told)
    per_child = bands.content["per_child"]
    result = to_cent(max(ZERO, total - children * per_child))
    if children:
        words = f"{euros(total)} − {children} × {euros(per_child)} = {euros(result)}"
        told.add("children", "Réduction pour enfants à charge", words, result, [bands])
    return granted(result, told.steps)


def _by_bands(
    income: Decimal, kind: Literal["work", "replacement"], bands: Table, told: Explanation
) -> Decimal:
    thresholds, shares = bands.content["thresholds"], bands.content[kind]
    total = ZERO
    limits = zip(pairwise(thresholds), shares, strict=True)
    for number, ((lower, upper), share) in enumerate(limits, start=1):
        part = max(ZERO, min(income, upper) - lower)
        if part:
            taken = part * share
            total += taken
            words = f"{euros(part)} × {percent(share)} = {euros(taken)}"
            label = f"De {euros(lower)} à {euros(upper)}"
            told.add(f"band_{number}", label, words, taken, [bands])
    above: Decimal = max(ZERO, income - thresholds[-1])
    if above:
        label = f"Au-dessus de {euros(thresholds[-1])}"
        told.add("above", label, f"{euros(above)} en entier", above, [bands])
    told.add("total", "Part saisissable", euros(total + above), total + above, [bands])
    return total + above
