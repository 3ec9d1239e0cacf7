"""The parameters of the law through time: what an amount was on a day, and where it was read.

Each file of `parameters/` that has a `series` part names its sources, and for each series its
description, its unit, its legal reference and its values by the day they start. A null value
ends the series. Nothing here guesses: before the first value and after the last, there is none.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

FOLDER = Path(__file__).parent / "parameters"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Status = Literal["read", "inferred"]


class OutsideParameters(ValueError):
    """No value is known for that day."""


class UnknownSeries(KeyError):
    """No file of parameters has a series of that name."""


@dataclass(frozen=True)
class Source:
    """Where a value was found: a title for the reader and an address."""

    key: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Value:
    """What a parameter is worth from a day on, and how that is known.

    `value` is as written in the file: a decimal number in a string, a number, a list or a
    mapping. `is_read` is false where the value was recomputed or remembered, not read.
    """

    value: Any
    since: date
    status: Status
    source: Source
    reference: str
    note: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the value was read in its source."""
        return self.status == "read"


@dataclass(frozen=True)
class Series:
    """One parameter of the law through time."""

    name: str
    description: str
    unit: str
    reference: str
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """This function will give the value in force on `day`.

        Raises: OutsideParameters before the first value, or once the series has ended.
        """
        index = bisect_right(self.values, day, key=lambda one: one.since) - 1
        if index < 0 or self.values[index].value is None:
            when = "ended by" if index >= 0 else "not known on"
            raise OutsideParameters(f"{self.description}: {when} {day.isoformat()}")
        return self.values[index]

    def get(self, day: date) -> Value | None:
        """This function will give the value in force on `day`, or None where there is none."""
        try:
            return self.on(day)
        except OutsideParameters:
            return None

    def changes(self) -> Iterator[date]:
        """This function will give the days on which the value changes, the oldest first."""
        return (one.since for one in self.values)


def series(name: str) -> Series:
    """This function will give one parameter of the law, by its name.

    Raises: UnknownSeries.
    """
    try:
        return all_series()[name]
    except KeyError:
        raise UnknownSeries(name) from None


@lru_cache(maxsize=1)
def all_series() -> Mapping[str, Series]:
    """This function will read every file of parameters, once, and give its series by name.

    Raises: ValueError when two files have a series of the same name.
    """
    found: dict[str, Series] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for one in read_file(path):
            if one.name in found:
                raise ValueError(f"two series are named {one.name}")
            found[one.name] = one
    return MappingProxyType(found)


def read_file(path: Path) -> list[Series]:
    """This function will read the series of one file; a file without any gives an empty list."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
    sources = {
        key: Source(key, one["title"], one.get("url", ""))
        for key, one in content.get("sources", {}).items()
        if isinstance(one, dict)
    }
    return [_series(name, one, sources) for name, one in content.get("series", {}).items()]


def _series(name: str, given: Mapping[str, Any], sources: Mapping[str, Source]) -> Series:
    values = [
        Value(
            one["value"],
            one["since"],
            one["status"],
            sources[one["source"]],
            one.get("reference", given["reference"]),
            one.get("note", ""),
        )
        for one in given["values"]
    ]
    return Series(
        name,
        given["description"],
        given["unit"],
        given["reference"],
        tuple(sorted(values, key=lambda one: one.since)),
    )
