"""Transit housing: who may enter, what is paid, how long, and when the next household comes in.

A precarious occupancy, not a lease: six months, renewed once. The indemnity is a share of the
income and an amount a room, by the local rules; a month begun is counted by its days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from beffroi.core.dates import add_months
from beffroi.rules.allocation import split_by_days
from beffroi.rules.amounts import euros, in_words, percent, to_cent
from beffroi.rules.figures import Explanation, Table, known_table, table
from beffroi.rules.outcomes import Outcome, granted, not_computable, refused

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A month of occupancy. `tariff` holds the local rules: `share` of income, `per_room`."""

    income: Decimal | None
    rooms: int
    first: date
    last: date
    tariff: Table | None = None


def indemnity(facts: Occupancy) -> Outcome:
    """This function will give the euros owed for the days of one month.

    Raises: ValueError when the days are of two months, or a fact is below zero.
    """
    if facts.income is None:
        return not_computable(["les revenus du ménage"])
    if facts.income < 0 or facts.rooms < 0:
        raise ValueError("income and rooms are zero or more")
    told = Explanation()
    tariff = facts.tariff or table("transit_indemnity", facts.first)
    share, per_room = tariff.content["share"], tariff.content["per_room"]
    part = to_cent(facts.income * share)
    monthly = part + facts.rooms * per_room
    words = f"{euros(facts.income)} × {percent(share)} + {facts.rooms} × {euros(per_room)}"
    told.add("monthly", "Indemnité d’un mois", f"{words} = {euros(monthly)}", monthly, [tariff])
    due = split_by_days(monthly, facts.first, [(facts.first, facts.last)])[0]
    days = (facts.last - facts.first).days + 1
    words = f"du {in_words(facts.first)} au {in_words(facts.last)} : {days} jours, {euros(due)}"
    told.add("due", "Indemnité due", words, due, [tariff])
    return granted(due, told.steps)


def stay_end(first: date, renewals: int = 0) -> date:
    """This function will give the last day of a stay that began on `first`.

    Raises: ValueError when it was renewed more often than the law allows.
    """
    rule = table("transit_months", first)
    if not 0 <= renewals <= rule.content["renewals"]:
        raise ValueError(f"a stay is renewed {rule.content['renewals']} time at most")
    return add_months(first, int(rule.content["months"]) * (renewals + 1)) - _ONE_DAY


def can_renew(first: date, renewals: int) -> bool:
    """This function will say whether a stay renewed so often may be renewed once more."""
    return bool(renewals < table("transit_months", first).content["renewals"])


def next_entry(last_day: date, works_days: int = 0) -> date:
    """This function will give the first day the next household may come in."""
    if works_days < 0:
        raise ValueError("works last zero days or more")
    return last_day + timedelta(days=works_days + 1)


def is_free(
    first: date, last: date, taken: Iterable[tuple[date, date]], works_days: int = 0
) -> bool:
    """This function will say whether no stay, nor the works after it, meets those days."""
    return all(last < begin or first >= next_entry(end, works_days) for begin, end in taken)


@dataclass(frozen=True, slots=True)
class Admission:
    """Who asks to come in. Yearly taxable income in euros; `ceilings` typed by the service.

    `is_excepted` is a worker's motivated entry: budget guidance, or a case of force majeure.
    """

    day: date
    income: Decimal | None
    adults: int
    children: int
    is_excepted: bool = False
    ceilings: Table | None = None


def admission(facts: Admission) -> Outcome:
    """This function will say whether the income allows to enter; the amount is the ceiling."""
    ceilings = facts.ceilings or known_table("transit_income_ceiling", facts.day)
    missing = [] if facts.income is not None else ["les revenus annuels du ménage"]
    if ceilings is None:
        missing.append(f"les plafonds de revenus de {facts.day.year}")
    if missing or ceilings is None or facts.income is None:
        return not_computable(missing)
    told, held = Explanation(), ceilings.content
    base = held["single"] if facts.adults == 1 and not facts.children else held["several"]
    ceiling = base + facts.children * held["per_child"]
    words = f"{euros(base)} + {facts.children} × {euros(held['per_child'])} = {euros(ceiling)}"
    told.add("ceiling", "Revenus à ne pas dépasser", words, ceiling, [ceilings])
    if facts.income > ceiling and not facts.is_excepted:
        return refused([f"Les revenus dépassent {euros(ceiling)} par an."], told.steps)
    return granted(ceiling, told.steps)
