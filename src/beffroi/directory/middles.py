"""The middle of each locality, from open data: where to draw a place whose spot nobody has told.

A middle is never an address. `data/README.md` says where the middles and outlines come from.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from beffroi.directory.values import folded

DATA = Path(__file__).parent / "data"
_EARTH_METRES = 6_371_000
#: A locality farther than this from the middle of its commune is another one of the same name.
_HOMONYM_METRES = 20_000

Point = tuple[float, float]


class Precision(StrEnum):
    """How well one knows where a place is."""

    EXACT = "exact"
    LOCALITY = "locality"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Spot:
    """Where a place is drawn, in degrees, how well that is known, and the locality it is in."""

    latitude: float
    longitude: float
    precision: Precision
    name: str = ""

    @property
    def point(self) -> Point:
        return self.latitude, self.longitude


def middle_of(locality: str, postal_code: str) -> Spot | None:
    """This function will give the middle of a locality, else of the commune of its postcode.

    A locality that several communes have, without a postcode to choose, is nowhere.
    """
    codes = _by_postal_code().get(postal_code, ())
    homes = [_middles()[nis] for nis in codes if nis in _middles()]
    names = _names().get(postal_code, ())
    name = " ".join(locality.split()) or (names[0] if len(names) == 1 else "")
    if name and (found := _of_that_name(folded(name), homes)):
        return Spot(*found, Precision.LOCALITY, name)
    if len(codes) != 1 or not homes:
        return None
    own = _communes()[codes[0]]
    level = Precision.LOCALITY if folded(name) in map(folded, own) else Precision.COMMUNE
    return Spot(*homes[0], level, own[0])


def outline_of(nis: str) -> list[Point]:
    """This function will give the outline of a commune, in degrees; nothing where it is not known."""
    return _outlines().get(nis, [])


def metres_between(here: Point, there: Point) -> float:
    """This function will give the metres between two points along the surface, by haversine."""
    up, across = radians(there[0] - here[0]), radians(there[1] - here[1])
    half = sin(up / 2) ** 2
    half += cos(radians(here[0])) * cos(radians(there[0])) * sin(across / 2) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(half)))


def _of_that_name(name: str, homes: Iterable[Point]) -> Point | None:
    """The locality of this name that is nearest to one of these communes, or the only one."""
    found, near = _localities().get(name, []), list(homes)
    if not near:
        return found[0] if len(found) == 1 else None
    ranked = [(min(metres_between(one, home) for home in near), one) for one in found]
    ranked = [(metres, one) for metres, one in ranked if metres <= _HOMONYM_METRES]
    return min(ranked)[1] if ranked else None


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def _point(row: dict[str, str]) -> Point:
    return float(row["latitude"]), float(row["longitude"])


@cache
def _localities() -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for row in _rows("middles.csv"):
        found.setdefault(folded(row["name"]), []).append(_point(row))
    return found


@cache
def _middles() -> dict[str, Point]:
    """The middle of each commune, by its NIS code."""
    return {nis: _point(row) for row in _rows("middles.csv") for nis in row["communes"].split()}


@cache
def _communes() -> dict[str, list[str]]:
    """The names of each commune, French first where it has one, by its NIS code."""
    tongues = ("name_fr", "name_nl", "name_de")
    rows = _rows("communes.csv")
    return {row["nis"]: [row[one] for one in tongues if row[one]] for row in rows}


@cache
def _by_postal_code() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("communes.csv"):
        for code in row["postal_codes"].split():
            found[code] = (*found.get(code, ()), row["nis"])
    return found


@cache
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("localities.csv"):
        code = row["postal_code"]
        found[code] = (*found.get(code, ()), row["locality"])
    return found


@cache
def _outlines() -> dict[str, list[Point]]:
    held = json.loads((DATA / "outlines.json").read_text(encoding="utf-8"))
    return {nis: [(lat, lon) for lat, lon in points] for nis, points in held.items()}
