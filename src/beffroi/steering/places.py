"""Where a plan happens: the places whose acts count to its lines, on a map where they have coordinates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from beffroi.acts.activities import queries as activities
from beffroi.acts.stays import queries as stays
from beffroi.acts.supplies import queries as supplies
from beffroi.core.counting import KeyKind
from beffroi.directory import near
from beffroi.steering.models import PlanLine

#: The rooms whose acts happen in a place of the directory.
_ROOMS = (activities, stays, supplies)


@dataclass(frozen=True)
class PlanPlace:
    """A place of a plan with the lines that happen there; `spot` is latitude and longitude, if known."""

    key: str
    name: str
    locality: str
    lines: tuple[int, ...]
    spot: tuple[float, float] | None


def places_of(lines: Iterable[PlanLine], day: date) -> list[PlanPlace]:
    """This function will give the places where acts count to these lines on `day`, by name.

    A line that is named by its number, or by the code of its action, happens there.
    """
    numbers: dict[tuple[str, str], set[int]] = {}
    for row in lines:
        numbers.setdefault((KeyKind.LINE, str(row.line.number)), set()).add(row.line.number)
        numbers.setdefault((KeyKind.ACTION, row.action.code), set()).add(row.line.number)
    found: dict[UUID, tuple[str, str, str]] = {}
    served: dict[UUID, set[int]] = {}
    for kind, key, place in (one for room in _ROOMS for one in room.places_counted(day)):
        if hit := numbers.get((kind, key)):
            found[place.pk] = (place.key, place.name, place.locality)
            served.setdefault(place.pk, set()).update(hit)
    spots = near.spots_of(found) if found else {}
    return [
        PlanPlace(*words, tuple(sorted(served[pk])), spots.get(pk))
        for pk, words in sorted(found.items(), key=lambda one: one[1][1])
    ]
