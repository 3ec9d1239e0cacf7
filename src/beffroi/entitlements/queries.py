"""Frozen computations, as pages and letters read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.entitlements.enums import ComputationStatus
from beffroi.entitlements.models import Computation as Computation  # others name its type
from beffroi.rules import living_income
from beffroi.rules.living_income_facts import ImpossibleFact
from beffroi.rules.living_income_parameters import days_of_adaptation
from beffroi.rules.living_income_reading import facts_of
from beffroi.rules.series import OutsideParameters


def computation(reference: str) -> Computation:
    """This function will give a computation by its reference. Raises: Computation.DoesNotExist."""
    return Computation.objects.get(reference=reference)


def computations_of(subject_ref: str) -> list[Computation]:
    """This function will give the computations made for an application, newest first."""
    return list(Computation.objects.filter(subject_ref=subject_ref).order_by("-made_at", "-pk"))


def known(reference: str) -> Computation | None:
    """This function will give a computation if there is one of this reference."""
    return Computation.objects.filter(reference=reference).first()


def by_reference(references: Collection[str]) -> dict[str, Computation]:
    """This function will give computations by reference, in one query."""
    return {one.reference: one for one in Computation.objects.filter(reference__in=references)}


def adaptation_days() -> list[date]:
    """This function will give the days on which the law or the index changes the living income."""
    return days_of_adaptation()


@dataclass(frozen=True)
class Again:
    """The same facts on another day: what they gave and what they give, in euros by month.

    `fault` says in words why it cannot be told.
    """

    old: Decimal | None
    new: Decimal | None
    regime: str
    fault: str = ""


def again_on(made: Computation, on: date) -> Again:
    """This function will compute the frozen facts of a computation on another day, regime kept."""
    try:
        found = living_income.recompute(facts_of(made.facts), on)
    except (ImpossibleFact, OutsideParameters, ValueError) as error:
        return Again(made.monthly, None, made.regime, str(error))
    old, new = found.old.granted_monthly, found.new.granted_monthly
    missing = ", ".join(found.new.missing or found.old.missing)
    if old is None or new is None:
        return Again(made.monthly, None, made.regime, missing)
    if found.new.status == ComputationStatus.NOT_ENTITLED:
        return Again(Decimal(old), Decimal(new), found.old.regime, "not_entitled")
    return Again(Decimal(old), Decimal(new), found.old.regime)


def facts_on(made: Computation, on: date, regime: str) -> dict[str, Any]:
    """This function will give the frozen facts of a computation as they stand on another day."""
    return {**made.facts, "date": on.isoformat(), "regime": regime}


def computations_holding(subject_refs: Iterable[str]) -> list[Computation]:
    """This function will give every computation made for these applications, the oldest first."""
    rows = Computation.objects.filter(subject_ref__in=list(subject_refs))
    return list(rows.order_by("made_at", "pk"))
