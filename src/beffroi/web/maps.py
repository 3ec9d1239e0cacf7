"""Maps drawn on the server: places by latitude and longitude, north on top, none over another.

A place whose spot is known stands there; one that is drawn at the middle of its locality takes the
nearest free room around it, in another mark. The same places always make the same drawing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, radians, sin
from typing import Any

#: Side of a map and what is left around it, in units of the drawing.
SIDE, _EDGE = 360.0, 22.0
#: Radius of a mark, and of one among many; how far two marks stay apart beyond their radius.
RADIUS, _SMALL, _MANY, _GAP = 11.0, 9.0, 12, 4.0
#: A map is never narrower than this, in degrees of latitude (about four kilometres).
_LEAST = 0.036
#: What a letter takes of a label, its height, and how far labels try to move away.
_LETTER, _HIGH, _TRIES = 7.0, 14.0, 4
_RINGS = 12

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A mark to draw: what it says, where in degrees, whether that is the very spot, and its locality."""

    text: str
    latitude: float
    longitude: float
    is_exact: bool
    locality: str


def drawn(
    title: str, words: str, found: Sequence[Mark], outline: Sequence[Point] = ()
) -> dict[str, Any]:
    """This function will draw marks over the outline of a commune (in degrees), if it is known.

    `words` describe the drawing for those who do not see it. Nothing is drawn without a mark.
    """
    if not found:
        return {"key": "map", "title": title, "words": words, "dots": [], "side": int(SIDE)}
    at = _flat([*((one.latitude, one.longitude) for one in found), *outline])
    radius = RADIUS if len(found) <= _MANY else _SMALL
    sheet = _Sheet(radius, [at(one.latitude, one.longitude) for one in found])
    labels = _laid_out(found, sheet)
    return {
        "key": "map", "title": title, "words": words, "is_counted": False, "has_commune": False,
        "side": int(SIDE), "radius": int(radius), "labels": labels,
        "dots": [_dot(one, sheet.at[rank], sheet.wished[rank]) for rank, one in enumerate(found)],
        "outline": " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in outline)),
        "has_exact": any(one.is_exact for one in found),
        "has_middle": not all(one.is_exact for one in found),
    }  # fmt: skip


def _flat(points: Sequence[Point]) -> Any:
    """From degrees to the drawing; longitude is narrowed as the latitude wants, and all is centred."""
    south, north = min(one[0] for one in points), max(one[0] for one in points)
    west, east = min(one[1] for one in points), max(one[1] for one in points)
    narrow = cos(radians((south + north) / 2))
    scale = (SIDE - 2 * _EDGE) / max(north - south, (east - west) * narrow, _LEAST)
    up, across = (south + north) / 2, (west + east) / 2

    def at(latitude: float, longitude: float) -> Point:
        return (
            SIDE / 2 + (longitude - across) * narrow * scale, SIDE / 2 - (latitude - up) * scale,
        )  # fmt: skip

    return at


@dataclass
class _Sheet:
    """What is on the paper: where each mark wishes to be, where it stands, and the names written."""

    radius: float
    wished: list[Point]
    at: dict[int, Point] = field(default_factory=dict)
    names: list[Box] = field(default_factory=list)

    def stand(self, rank: int) -> None:
        """Put a mark in the first free room of the rings around its middle; there when all is full."""
        if rank not in self.at:
            rooms = _rings(self.wished[rank], 2 * self.radius + _GAP)
            self.at[rank] = next((xy for xy in rooms if self._is_free(*xy)), self.wished[rank])

    def _is_free(self, x: float, y: float) -> bool:
        least, far = 2 * self.radius + _GAP - 0.01, SIDE - self.radius
        if not (self.radius < x < far and self.radius < y < far):
            return False
        return all(hypot(x - a, y - b) >= least for a, b in self.at.values())

    def around(self, x: float, y: float) -> Box:
        return x - self.radius, y - self.radius, x + self.radius, y + self.radius

    def name(self, text: str, ranks: Sequence[int]) -> dict[str, Any] | None:
        """Write the name of marks where it covers neither a mark nor a name, if there is room near."""
        busy = [*self.names, *(self.around(*xy) for xy in self.at.values())]
        rooms = _rooms(text, [self.around(*self.at[rank]) for rank in ranks])
        box = next((one for one in rooms if not _hits(one, busy)), None)
        if box is None:
            return None
        self.names.append(box)
        return {"text": text, "x": round((box[0] + box[2]) / 2, 1), "y": round(box[3] - 3, 1)}


def _laid_out(found: Sequence[Mark], sheet: _Sheet) -> list[dict[str, Any]]:
    """Place the marks and give the names: known spots first, then one mark by locality, then the
    localities with the fewest places, so that a crowd moves and a lone place stays."""
    groups: dict[str, list[int]] = {}
    for rank, one in enumerate(found):
        groups.setdefault(one.locality, []).append(rank)
    ranked = sorted(groups.items(), key=lambda one: (len(one[1]), one[0]))
    firsts = [ranks[0] for _name, ranks in ranked]
    exact = [rank for rank, one in enumerate(found) if one.is_exact]
    for rank in (*exact, *firsts, *(rank for _name, ranks in ranked for rank in ranks)):
        sheet.stand(rank)
    labels = [sheet.name(name, ranks) for name, ranks in ranked if name]
    return [one for one in labels if one]


def _rings(middle: Point, apart: float) -> Iterator[Point]:
    yield middle
    for ring in range(1, _RINGS + 1):
        for step in range(6 * ring):
            turn = 2 * pi * step / (6 * ring) - pi / 2
            yield middle[0] + ring * apart * cos(turn), middle[1] + ring * apart * sin(turn)


def _dot(one: Mark, here: Point, spot: Point) -> dict[str, Any]:
    moved = one.is_exact and hypot(here[0] - spot[0], here[1] - spot[1]) > 1
    return {
        "text": one.text, "x": round(here[0], 1), "y": round(here[1], 1),
        "text_y": round(here[1] + 4.5, 1), "is_exact": one.is_exact,
        "spot": {"x": round(spot[0], 1), "y": round(spot[1], 1)} if moved else None,
    }  # fmt: skip


def _rooms(name: str, marks: Sequence[Box]) -> Iterator[Box]:
    """Where a name could be: under its marks, over them, at their right or left, then farther."""
    wide = len(name) * _LETTER
    left, right = min(one[0] for one in marks), max(one[2] for one in marks)
    top, low = min(one[1] for one in marks), max(one[3] for one in marks)
    x, y = (left + right) / 2, (top + low) / 2
    for far in range(_TRIES):
        gap = 2.0 + 4 * far
        sides = [(right + gap, y - _HIGH / 2), (left - gap - wide, y - _HIGH / 2)]
        starts = (x - wide / 2, left, right - wide)
        level = [(start, over) for over in (low + gap, top - gap - _HIGH) for start in starts]
        for start, over in (*level, *sides):
            if start >= 0 and start + wide <= SIDE and over >= 0 and over + _HIGH <= SIDE:
                yield start, over, start + wide, over + _HIGH


def _hits(box: Box, others: Iterable[Box]) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in others)
