"""Where a plan happens: the places whose acts count to its lines, and where to draw each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from beffroi.acts.activities import queries as activities
from beffroi.acts.stays import queries as stays
from beffroi.acts.supplies import queries as supplies
from beffroi.core.counting import KeyKind
from beffroi.directory.middles import Spot
from beffroi.directory.whereabouts import whereabouts_of
from beffroi.steering.models import PlanLine

if TYPE_CHECKING:
    from beffroi.directory.models import Place

#: The rooms whose acts happen in a place of the directory.
_ROOMS = (activities, stays, supplies)


@dataclass(frozen=True)
class PlanPlace:
    """A place of a plan with its address if known and not disputed, its lines, and where it is drawn."""

    key: str
    name: str
    locality: str
    address: str
    is_disputed: bool
    lines: tuple[int, ...]
    spot: Spot | None


def places_of(lines: Iterable[PlanLine], day: date) -> list[PlanPlace]:
    """This function will give the places where acts count to these lines on `day`, by name.

    A line that is named by its number, or by the code of its action, happens there.
    """
    numbers: dict[tuple[str, str], set[int]] = {}
    for row in lines:
        numbers.setdefault((KeyKind.LINE, str(row.line.number)), set()).add(row.line.number)
        numbers.setdefault((KeyKind.ACTION, row.action.code), set()).add(row.line.number)
    found: dict[UUID, Place] = {}
    served: dict[UUID, set[int]] = {}
    for kind, key, place in (one for room in _ROOMS for one in room.places_counted(day)):
        if hit := numbers.get((kind, key)):
            found[place.pk] = place
            served.setdefault(place.pk, set()).update(hit)
    words = {pk: (place.locality, place.postal_code) for pk, place in found.items()}
    where = whereabouts_of(words, day)
    return [
        PlanPlace(
            place.key, place.name, place.locality, where[pk].address, where[pk].is_disputed,
            tuple(sorted(served[pk])), where[pk].spot,
        )
        for pk, place in sorted(found.items(), key=lambda one: one[1].name)
    ]  # fmt: skip
