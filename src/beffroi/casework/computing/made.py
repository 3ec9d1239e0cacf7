"""What a rule gave, ready to be frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.casework.details import details_of
from beffroi.casework.models import Application
from beffroi.entitlements.enums import ComputationKind, ComputationStatus
from beffroi.rules import living_income
from beffroi.rules.amounts import number
from beffroi.rules.figures import Figure
from beffroi.rules.living_income_reading import facts_of
from beffroi.rules.outcomes import Outcome
from beffroi.rules.steps import Step

_STATUS = {
    "granted": ComputationStatus.ENTITLED,
    "refused": ComputationStatus.NOT_ENTITLED,
    "not_computable": ComputationStatus.NOT_COMPUTABLE,
}
#: Steps whose value counts something else than euros.
_UNITS = {"litres": " litres"}


@dataclass(frozen=True)
class Made:
    """A result with its facts, its steps, and what it rests on; `amount` is in euros."""

    kind: ComputationKind
    on_date: date
    facts: Mapping[str, Any]
    steps: tuple[Step, ...]
    status: ComputationStatus
    amount: Decimal | None
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def plain_steps(self) -> list[dict[str, str]]:
        """This function will give the steps as they are frozen, the values as texts."""
        return [
            {
                "key": one.key, "label": one.label, "formula": one.formula,
                "value": _written(one), "reference": one.reference, "source": one.source,
            }
            for one in self.steps
        ]  # fmt: skip


def _written(step: Step) -> str:
    if not isinstance(step.value, Decimal):
        return str(step.value)
    if step.key in _UNITS:
        return f"{number(step.value)}{_UNITS[step.key]}"
    return f"{step.value:.2f}"


def from_outcome(
    kind: ComputationKind, on_date: date, facts: Mapping[str, Any], outcome: Outcome
) -> Made:
    """This function will take a rule’s outcome over: entitled, not entitled, or not computable."""
    status = _STATUS[outcome.status]
    amount = None if status == ComputationStatus.NOT_COMPUTABLE else outcome.amount
    return Made(
        kind, on_date, facts, outcome.steps, status, amount, outcome.missing, outcome.reasons
    )


def full_monthly(category: str, day: date) -> Figure:
    """This function will give the whole living income of a category by month, in euros, on `day`.

    Raises: OutsideParameters.
    """
    facts = facts_of({"date": day.isoformat(), "category": category})
    result = living_income.compute(facts)
    status = "read" if result.is_read else "inferred"
    return Figure(Decimal(result.full_monthly), "loi 26/05/2002 art. 14 §1er", status)


def monthly_resources(application: Application) -> Decimal | None:
    """This function will add up what comes in each month for the household, or None if unknown.

    Nothing noted at all is unknown: a resource of zero is noted as such.
    """
    amounts = list(application.resources.values_list("monthly", flat=True))
    if not amounts or any(one is None for one in amounts):
        return None
    return sum((one for one in amounts if one is not None), Decimal("0.00"))


def facts_kept(application: Application, **more: Any) -> dict[str, Any]:
    """This function will give the facts as a computation keeps them: answers, and what it adds."""
    said = {key: None if value is None else str(value) for key, value in more.items()}
    return {**details_of(application).facts(), **said}
