"""ISADF by edition: which way is better, and where a value stands between difficulty and access.

The editions do not point the same way: in 2013 a high value is a difficulty, from 2018 on it is a
good access. A position always says the same: 0 is difficulty, 1 is access.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import yaml

from beffroi.rules.series import FOLDER

_PLACES = Decimal("0.0001")


class UnknownEdition(ValueError):
    """No edition of this year is known: which way it points is not known either."""


class OutsideScale(ValueError):
    """A value that this edition cannot give."""


@dataclass(frozen=True)
class Edition:
    """How one edition is read; `is_verified` says whether its direction was read in a source."""

    year: int
    direction: Literal["high", "low"]
    least: Decimal
    most: Decimal
    centre: Decimal
    edge: Decimal
    unit: str
    source: str
    note: str
    is_verified: bool

    @property
    def high_is_good(self) -> bool:
        """Whether a high value is a good access."""
        return self.direction == "high"


@lru_cache(maxsize=1)
def editions() -> Mapping[int, Edition]:
    """This function will give the editions that are known, by year."""
    content = yaml.safe_load((FOLDER / "isadf.yaml").read_text(encoding="utf-8"))
    titles = {key: one["title"] for key, one in content["sources"].items()}
    return MappingProxyType({one["edition"]: _edition(one, titles) for one in content["editions"]})


def _edition(one: Mapping[str, Any], titles: Mapping[str, str]) -> Edition:
    return Edition(
        one["edition"], one["direction"], Decimal(one["least"]), Decimal(one["most"]),
        Decimal(one["centre"]), Decimal(one["edge"]), one["unit"], titles[one["source"]],
        one["note"], one["status"] == "read",
    )  # fmt: skip


def edition(year: int) -> Edition:
    """This function will give how the edition of `year` is read. Raises: UnknownEdition."""
    try:
        return editions()[year]
    except KeyError:
        raise UnknownEdition(str(year)) from None


def position(value: Decimal, year: int) -> Decimal:
    """This function will place a value from 0 (difficulty) to 1 (access), to four decimals.

    Raises: UnknownEdition; OutsideScale for a value the edition cannot give.
    """
    read = edition(year)
    if not read.least <= value <= read.most:
        raise OutsideScale(f"{value} is not between {read.least} and {read.most}")
    placed = (value - read.centre) / (read.edge - read.centre)
    return min(max(placed, Decimal(0)), Decimal(1)).quantize(_PLACES)
