"""The rules of debts applied to the rows of a file: budget, plan, prescription.

Every formula lies in `rules.debts`; this module only hands it the facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.acts.budgets.enums import Prescription, Side
from beffroi.acts.budgets.models import Debt
from beffroi.core.dates import next_working_day
from beffroi.rules import debts as rules
from beffroi.rules import procedure
from beffroi.rules.amounts import to_cent
from beffroi.rules.series import Value, series
from beffroi.rules.steps import Step

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class BudgetEntry:
    """One amount as the mediator writes it; `every` is one of the periods of `Every`."""

    side: str
    label: str
    amount: Decimal
    every: str = "month"


@dataclass(frozen=True)
class DebtPart:
    """What a simulated plan gives to one debt, month by month, in euros."""

    debt: Debt
    parts: tuple[Decimal, ...]

    @property
    def first(self) -> Decimal:
        return self.parts[0]

    @property
    def last(self) -> Decimal:
        return next((part for part in reversed(self.parts) if part), ZERO)

    @property
    def total(self) -> Decimal:
        return sum(self.parts, ZERO)

    @property
    def months(self) -> int:
        return sum(1 for part in self.parts if part)


@dataclass(frozen=True)
class Simulation:
    """A plan that nobody has kept yet."""

    monthly: Decimal
    first_date: date
    priority_first: bool
    instalments: tuple[rules.Instalment, ...]
    parts: tuple[DebtPart, ...]

    @property
    def total(self) -> Decimal:
        return sum((part.total for part in self.parts), ZERO)

    @property
    def months(self) -> int:
        return len(self.instalments)

    @property
    def last_date(self) -> date:
        return self.instalments[-1].due

    @property
    def last_amount(self) -> Decimal:
        return self.instalments[-1].total


def simulate(
    debts: Sequence[Debt], monthly: Decimal, first_date: date, priority_first: bool = True
) -> Simulation:
    """This function will share `monthly` euros between the debts that count, to the cent.

    Raises: ValueError when no debt counts; rules.PlanNeverEnds when the amount pays nothing off.
    """
    counted = [debt for debt in debts if debt.is_counted]
    if not counted:
        raise ValueError("no debt to share between")
    facts = [
        rules.Debt(str(debt.pk), debt.owed, 0 if priority_first and debt.is_priority else 1)
        for debt in counted
    ]
    months = tuple(rules.plan(facts, monthly, first_date))
    parts = tuple(
        DebtPart(debt, tuple(month.parts[index] for month in months))
        for index, debt in enumerate(counted)
    )
    return Simulation(monthly, first_date, priority_first, months, parts)


def compute_budget(
    entries: Iterable[BudgetEntry], reserve: Decimal, repayments: Iterable[Decimal] = ()
) -> rules.Budget:
    """This function will give what is left each month in euros, with the steps."""
    rows = list(entries)
    sides = {
        side: [_line(entry) for entry in rows if entry.side == side]
        for side in (Side.INCOME, Side.EXPENSE)
    }
    asked = [rules.Line("", amount) for amount in repayments]
    return rules.budget(sides[Side.INCOME], sides[Side.EXPENSE], reserve, asked)


def monthly_of(entry: BudgetEntry) -> Decimal:
    """This function will give the euros by month of one entry, to the cent."""
    return to_cent(rules.monthly(_line(entry)))


def _line(entry: BudgetEntry) -> rules.Line:
    return rules.Line(entry.label, entry.amount, entry.every)  # type: ignore[arg-type]


def prescription_of(debt: Debt, today: date) -> rules.Prescription | None:
    """This function will say when a debt is prescribed; None while a fact is not known."""
    if debt.due_since_date is None or debt.prescription == Prescription.UNKNOWN:
        return None
    broken = [debt.interrupted_date] if debt.interrupted_date else []
    nature: Any = debt.prescription
    return rules.prescription(nature, debt.due_since_date, today, broken)


def due_after(event: str, what: str, day: date) -> procedure.Due:
    """This function will give the time limit `what` that `event` starts on `day`."""
    return next(due for due in procedure.deadlines(event, day) if due.what == what)


def answer_due(day: date) -> date:
    """This function will give the working day by which a creditor written to on `day` answers."""
    return next_working_day(due_after("creditor_letter_sent", "reminder", day).due_date)


def steps_as_data(steps: Iterable[Step]) -> list[dict[str, str]]:
    """This function will give the steps of a computation as they are stored, once for all."""
    return [
        {
            "key": step.key, "label": step.label, "formula": step.formula,
            "value": str(step.value), "reference": step.reference, "source": step.source,
        }
        for step in steps
    ]  # fmt: skip


def notice_rule(day: date) -> Value | None:
    """This function will give the rule that wants a notice in the central file on `day`, if any."""
    return series("central_notice").get(day)
