"""Figures of the law as numbers, and the explanation they go into.

`series` gives a parameter as its file writes it; a `Figure` is that parameter as a number,
with its reference and the way it is known, ready to be named in a step.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.rules.series import Value, series
from beffroi.rules.steps import Step, source_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the law or of a local scale, with where it stands and how it is known."""

    amount: Decimal
    reference: str
    status: str = "read"


@dataclass(frozen=True, slots=True)
class Table:
    """A parameter made of several numbers: a mapping or a list, each number a Decimal."""

    content: Any
    reference: str
    status: str = "read"

    def figure(self, key: str) -> Figure:
        """This function will give one number of a mapping.

        Raises: KeyError.
        """
        return Figure(self.content[key], self.reference, self.status)


def figure(name: str, day: date) -> Figure:
    """This function will give the number a parameter is worth on `day`.

    Raises: UnknownSeries; OutsideParameters when none is known for that day.
    """
    value = series(name).on(day)
    return Figure(Decimal(str(value.value)), value.reference, value.status)


def table(name: str, day: date) -> Table:
    """This function will give the numbers of a parameter that holds several, on `day`.

    Raises: UnknownSeries; OutsideParameters when none is known for that day.
    """
    value = series(name).on(day)
    return Table(_numbers(value.value), value.reference, value.status)


def known_table(name: str, day: date) -> Table | None:
    """This function will give the numbers of a parameter on `day`, or None where there are none."""
    value: Value | None = series(name).get(day)
    if value is None:
        return None
    return Table(_numbers(value.value), value.reference, value.status)


def _numbers(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {key: _numbers(one) for key, one in content.items()}
    if isinstance(content, list):
        return [_numbers(one) for one in content]
    if content is None or isinstance(content, bool):
        return content
    try:
        return Decimal(str(content))
    except ArithmeticError:
        return content


@dataclass
class Explanation:
    """The steps of a computation, gathered while it goes on."""

    steps: list[Step] = field(default_factory=list)

    def add(
        self,
        key: str,
        label: str,
        formula: str,
        value: Decimal | str,
        figures: Iterable[Figure | Table] = (),
        reference: str = "",
    ) -> None:
        """This function will add a step; it is `read` where each figure it uses was read."""
        used = list(figures)
        named = reference or "; ".join(dict.fromkeys(one.reference for one in used))
        status = source_of(one.status for one in used)
        self.steps.append(Step(key, label, formula, value, named, status))

    def conclude(self, key: str, label: str, formula: str, value: Decimal | str) -> None:
        """This function will add a step that rests on every step before it."""
        references = dict.fromkeys(one.reference for one in self.steps if one.reference)
        status = source_of(one.source for one in self.steps)
        self.steps.append(Step(key, label, formula, value, "; ".join(references), status))

    def done(self) -> tuple[Step, ...]:
        """This function will give the steps in their order."""
        return tuple(self.steps)
