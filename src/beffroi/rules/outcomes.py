"""What an aid comes to: granted, refused with its reasons, or not computable for want of a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from beffroi.rules.amounts import ZERO
from beffroi.rules.steps import Step

Status = Literal["granted", "refused", "not_computable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The amount in euros with its steps; `reasons` and `missing` are French texts.

    A proposal for a person to decide upon, never a decision.
    """

    status: Status
    amount: Decimal
    steps: tuple[Step, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def granted(amount: Decimal, steps: Iterable[Step]) -> Outcome:
    """This function will give a granted outcome of `amount` euros."""
    return Outcome("granted", amount, tuple(steps))


def refused(reasons: Iterable[str], steps: Iterable[Step] = ()) -> Outcome:
    """This function will give a refusal with every reason found."""
    return Outcome("refused", ZERO, tuple(steps), tuple(reasons))


def not_computable(missing: Iterable[str], steps: Iterable[Step] = ()) -> Outcome:
    """This function will say which facts are wanted before anything can be computed."""
    return Outcome("not_computable", ZERO, tuple(steps), (), tuple(missing))


def unknown(facts: Mapping[str, object]) -> list[str]:
    """This function will name the facts that are None: unknown is not zero, nor no."""
    return [name for name, value in facts.items() if value is None]
