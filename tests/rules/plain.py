"""Facts from plain data that a jurist can read, and results back to plain data."""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from beffroi.rules.brackets import Scale, scale_from
from beffroi.rules.figures import Figure, Table, _numbers


def _amount(given: Any) -> Decimal:
    assert isinstance(given, str), f"an amount is written in quotes: {given!r}"
    return Decimal(given)


LEAVES: dict[Any, Callable[[Any], Any]] = {
    Decimal: _amount,
    Figure: lambda given: Figure(Decimal(given), "scénario"),
    Table: lambda given: Table(_numbers(given), "scénario"),
    Scale: lambda given: scale_from("Barème du scénario", given, "scénario", "read"),
}


def read(kind: Any, given: Any) -> Any:
    """Read plain data as `kind`; an unknown key or a wrong word is an error."""
    if kind in LEAVES:
        return LEAVES[kind](given)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if given is None:
            return None
        return read(next(one for one in get_args(kind) if one is not type(None)), given)
    if origin is Literal:
        assert given in get_args(kind), given
        return given
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(read(inner[0], one) for one in given)
        return tuple(read(one, value) for one, value in zip(inner, given, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        unknown = set(given) - {one.name for one in fields(kind)}
        assert not unknown, f"{kind.__name__}: unknown facts {sorted(unknown)}"
        return kind(**{name: read(hints[name], value) for name, value in given.items()})
    return given


def write(value: Any) -> Any:
    """Give a result as plain data: amounts and dates as texts, rows as lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: write(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: write(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [write(one) for one in value]
    return value
