"""The living income of many people at once: the formulas of `living_income`, over columns.

For an index date, when every running file is computed again: the amounts alone, equal to the
cent to what `compute` gives one by one; ask `compute` for the explanation of one of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.rules import columns
from beffroi.rules.living_income import (
    ENTITLED,
    NOT_COMPUTABLE,
    NOT_ENTITLED,
    Amounts,
    amounts,
    regime_of,
)
from beffroi.rules.living_income_facts import Facts
from beffroi.rules.living_income_inputs import Inputs, gather
from beffroi.rules.living_income_parameters import Parameters, parameters_on
from beffroi.rules.living_income_work import Work

CHUNK = 16_384
"""Cases computed together: few enough that the columns stay in the processor’s cache."""

_SHARED = {"partner", "others"}
_PLAIN = {"category", "study_grant", "children", "others_count", "partner_whole"}
_SHARES = {"partner_share", "others_share"}
_NOT_MONEY = _PLAIN | _SHARES


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one case in a batch; `amounts` is None when a fact lacks."""

    status: str
    missing: tuple[str, ...]
    amounts: Amounts | None


def compute_many(cases: Iterable[Facts]) -> list[Outcome]:
    """This function will compute many cases, in their order, without explaining them.

    Raises: OutsideParameters, ImpossibleFact for the first case that cannot be.
    """
    outcomes: list[Outcome] = []
    together: dict[int, tuple[Parameters, list[int], list[Inputs]]] = {}
    for position, facts in enumerate(cases):
        p = parameters_on(facts.date)
        inputs, _household, missing = gather(facts, p, regime_of(facts, p))
        outcomes.append(Outcome(NOT_COMPUTABLE, tuple(missing), None))
        if missing:
            continue
        if _fits(inputs):
            _p, positions, rows = together.setdefault(id(p), (p, [], []))
            positions.append(position)
            rows.append(inputs)
        else:
            outcomes[position] = _outcome(amounts(inputs, p))
    for p, positions, rows in together.values():
        found = compute_columns(in_columns(rows), p)
        for position, row in zip(positions, _rows(found), strict=True):
            outcomes[position] = _outcome(row)
    return outcomes


def compute_in_parts(
    inputs: Inputs, p: Parameters | date, unit: int = 1
) -> Iterator[tuple[slice, Amounts]]:
    """This function will compute columns of cases on one day, part after part.

    Gives which cases, and a column of each amount for them (0 where nobody has any), so that
    memory stays flat. A field of `inputs` that is the same for all may stay a number; `category`
    is a column. `unit` is what one of the money columns is worth in billionths of a euro: 1, or
    `CENT` for columns of cents. Every number must pass `columns.fits`.
    """
    parameters = parameters_on(p) if isinstance(p, date) else p
    for start in range(0, len(inputs.category), CHUNK):
        part = slice(start, start + CHUNK)
        yield part, amounts(_part(inputs, part, unit), parameters, columns.MANY)


def compute_columns(inputs: Inputs, p: Parameters | date, unit: int = 1) -> Amounts:
    """This function will compute columns of cases on one day; each amount is a whole column.

    See `compute_in_parts` for what is asked of `inputs` and `unit`.
    """
    filled = columns.block(len(Amounts._fields), len(inputs.category))
    for part, found in compute_in_parts(inputs, p, unit):
        for whole, piece in zip(filled, found, strict=True):
            whole[part] = piece
    return Amounts(*filled)


def in_columns(rows: Sequence[Inputs]) -> Inputs:
    """This function will turn cases into columns; a field that is zero for all stays a number."""
    work = Work(*(_column(one) for one in zip(*(row.work for row in rows), strict=True)))
    values = dict(zip(Inputs._fields, map(_column, zip(*rows, strict=True)), strict=True))
    values["work"] = work
    values["category"] = columns.column([row.category for row in rows])
    return Inputs(**values)


def _column(numbers: tuple[Any, ...]) -> Any:
    first = numbers[0]
    if isinstance(first, tuple) or all(one == first for one in numbers):
        return first
    return columns.column(numbers)


def _fits(inputs: Inputs) -> bool:
    """Whether a case stays exact in columns."""
    for name, value in zip(Inputs._fields, inputs, strict=True):
        if name == "work":
            if any(value) and not all(map(columns.fits, value)):
                return False
        elif not value or name in _PLAIN:
            continue
        elif name in _SHARES:
            if type(value) is not int:
                return False
        elif not columns.fits(value, shared=name in _SHARED):
            return False
    return True


def _part(inputs: Inputs, part: slice, unit: int) -> Inputs:
    """Some rows of the columns, money in billionths of a euro."""
    values = {
        name: _sliced(value, part, 1 if name in _NOT_MONEY else unit)
        for name, value in zip(Inputs._fields, inputs, strict=True)
        if name != "work"
    }
    return Inputs(work=Work(*(_sliced(one, part, unit) for one in inputs.work)), **values)


def _sliced(value: Any, part: slice, unit: int) -> Any:
    if not isinstance(value, int):
        value = value[part]
    return value if unit == 1 else columns.scaled(value, unit)


def _rows(found: Amounts) -> Iterable[Amounts]:
    return map(Amounts._make, zip(*(one.tolist() for one in found), strict=True))


def _outcome(found: Amounts) -> Outcome:
    return Outcome(ENTITLED if found.is_entitled else NOT_ENTITLED, (), found)
