"""A household's budget and its debts: what is left, over-indebtedness, a plan, prescription.

The plan pays the urgent debts first (rent, energy, alimony), and within a rank each creditor
in proportion to his claim (au marc le franc), to the cent; the last instalment takes what is
left. A plan is a proposal: each creditor may refuse it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from beffroi.core.dates import add_months
from beffroi.rules.allocation import allocate
from beffroi.rules.amounts import ZERO, euros, in_words, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, figure, table
from beffroi.rules.outcomes import Status
from beffroi.rules.steps import Step

Period = Literal["week", "fortnight", "month", "two_months", "quarter", "half_year", "year"]
Nature = Literal["general", "periodic", "medical"]
_PER_YEAR: dict[str, int] = {
    "week": 52, "fortnight": 26, "month": 12, "two_months": 6, "quarter": 4, "half_year": 2,
    "year": 1,
}  # fmt: skip
_BUDGET = Figure(ZERO, "CRWASS art. 133 à 182 (médiation de dettes)")
LONGEST_PLAN = 600


class PlanNeverEnds(ValueError):
    """The monthly amount does not pay the debts off."""


@dataclass(frozen=True, slots=True)
class Line:
    """An income or an expense, in euros each period; None where nobody knows it yet."""

    label: str
    amount: Decimal | None
    period: Period = "month"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a household has left each month, and what its debts ask of it."""

    status: Status
    income: Decimal
    expenses: Decimal
    available: Decimal
    repayments: Decimal
    ratio: Decimal | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()


def monthly(line: Line) -> Decimal:
    """This function will give the monthly euros of a line that is known, not rounded.

    Raises: ValueError when the amount is not known.
    """
    if line.amount is None:
        raise ValueError(f"not known: {line.label}")
    return line.amount * _PER_YEAR[line.period] / 12


def budget(
    incomes: Sequence[Line],
    expenses: Sequence[Line],
    reserve: Decimal = ZERO,
    repayments: Sequence[Line] = (),
) -> Budget:
    """This function will give what is left each month, and the weight of the repayments.

    An unknown line makes the budget not computable and is named.
    """
    missing = tuple(one.label for one in (*incomes, *expenses, *repayments) if one.amount is None)
    if missing:
        return Budget("not_computable", ZERO, ZERO, ZERO, ZERO, None, (), missing)
    told = Explanation()
    income, spent, asked = (
        to_cent(sum((monthly(one) for one in lines), ZERO))
        for lines in (incomes, expenses, repayments)
    )
    words = f"{len(incomes)} ligne(s) : {euros(income)}"
    told.add("income", "Revenus du mois", words, income, [_BUDGET])
    words = f"{len(expenses)} ligne(s) : {euros(spent)}"
    told.add("expenses", "Dépenses du mois", words, spent, [_BUDGET])
    available = income - spent - reserve
    words = f"{euros(income)} − {euros(spent)} − {euros(reserve)} = {euros(available)}"
    told.add("available", "Disponible", words, available, [_BUDGET])
    ratio = None
    if income > 0:
        ratio = (asked / income).quantize(Decimal("0.0001"))
        words = f"{euros(asked)} / {euros(income)} = {percent(ratio)}"
        told.add("ratio", "Poids des remboursements", words, ratio, [_BUDGET])
    return Budget("granted", income, spent, available, asked, ratio, told.done())


def is_over_indebted(months: Sequence[tuple[Decimal, Decimal]], day: date) -> bool:
    """This function will say whether repayments passed what was left, for months on end.

    `months` holds (available, repayments) in euros, the oldest first; only the last ones
    count. A sign for the worker, never a conclusion.
    """
    wanted = int(figure("over_indebted_months", day).amount)
    last = months[-wanted:]
    return len(last) == wanted and all(asked > available for available, asked in last)


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to a creditor, in euros; the lower the rank, the sooner it is paid."""

    creditor: str
    amount: Decimal
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Instalment:
    """What each creditor receives on a day, in the order of the debts."""

    number: int
    due: date
    parts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """The euros of the whole instalment."""
        return sum(self.parts, ZERO)


def plan(debts: Sequence[Debt], monthly_amount: Decimal, first_due: date) -> list[Instalment]:
    """This function will share a monthly amount between the creditors until all is paid.

    The day of the month is that of `first_due`, or the month's last where it has no such day.

    Raises: PlanNeverEnds when nothing is paid or the plan would last over fifty years;
    ValueError for a debt below zero.
    """
    if any(one.amount < 0 for one in debts):
        raise ValueError("a debt is zero or more")
    left = [one.amount for one in debts]
    if monthly_amount <= 0 and any(left):
        raise PlanNeverEnds("nothing is paid each month")
    found: list[Instalment] = []
    while any(left):
        if len(found) == LONGEST_PLAN:
            raise PlanNeverEnds("the plan would last over fifty years")
        parts = _one_month(debts, left, monthly_amount)
        left = [owed - part for owed, part in zip(left, parts, strict=True)]
        due = add_months(first_due, len(found))
        found.append(Instalment(len(found) + 1, due, tuple(parts)))
    return found


def _one_month(debts: Sequence[Debt], left: Sequence[Decimal], amount: Decimal) -> list[Decimal]:
    parts = [ZERO] * len(debts)
    for rank in sorted({one.rank for one in debts}):
        while amount > 0:
            still = [i for i, one in enumerate(debts) if one.rank == rank and left[i] > parts[i]]
            owed = sum((left[i] - parts[i] for i in still), ZERO)
            if not still:
                break
            paid = min(amount, owed)
            if paid == owed:
                shares = [left[i] - parts[i] for i in still]
            else:
                shares = allocate(paid, [debts[i].amount for i in still])
            for i, share in zip(still, shares, strict=True):
                given = min(share, left[i] - parts[i])
                parts[i] += given
                amount -= given
    return parts


def is_broken(missed_in_a_row: int, day: date) -> bool:
    """This function will say whether a plan with that many missed instalments is broken."""
    return missed_in_a_row >= int(figure("plan_broken_after_missed", day).amount)


@dataclass(frozen=True, slots=True)
class Prescription:
    """When a debt is prescribed, and how that stands on a day."""

    ends: date
    state: Literal["running", "soon", "prescribed"]
    steps: tuple[Step, ...]


def prescription(
    nature: Nature, due_since: date, today: date, interruptions: Iterable[date] = ()
) -> Prescription:
    """This function will say when a debt is prescribed: an interruption begins the term anew.

    An interruption after the term is too late and counts for nothing. A lawyer must check:
    recognition of the debt, suspension and judgments are not known here.
    """
    told = Explanation()
    years = table("prescription_years", due_since).figure(nature)
    start, months = due_since, int(years.amount) * 12
    ends = add_months(start, months)
    for one in sorted(interruptions):
        if due_since <= one <= min(ends, today):
            start, ends = one, add_months(one, months)
    words = f"{in_words(start)} + {years.amount} ans = {in_words(ends)}"
    told.add("prescription", "Prescription de la dette", words, ends.isoformat(), [years])
    alert = figure("prescription_alert_days", due_since)
    if today > ends:
        return Prescription(ends, "prescribed", told.done())
    soon = today >= ends - timedelta(days=int(alert.amount))
    return Prescription(ends, "soon" if soon else "running", told.done())


def without(debts: Sequence[Debt], creditor: str) -> list[Debt]:
    """This function will give the debts with one creditor's claim at zero (contested, settled)."""
    return [replace(one, amount=ZERO) if one.creditor == creditor else one for one in debts]
