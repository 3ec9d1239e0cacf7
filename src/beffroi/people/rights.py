"""Everything the house holds about one person, room by room.

Each room enters a function that gives what it holds; the machine-readable file and the page
to print are made of the whole.
"""

from collections.abc import Callable
from typing import Any

from beffroi.core.actors import Actor
from beffroi.people.queries import person_named

#: A part may hold `_names`: other persons known as words, masked everywhere and then left out.
#: From a reference and the actor who asks (none: the least) to what a room holds, as plain data.
Exporter = Callable[[str, Actor | None], dict[str, Any]]

_exporters: dict[str, Exporter] = {}
#: Rooms that give an actor no more than what she may open: the others are for the privacy officer.
_scoped: set[str] = set()


def register_exporter(room: str, function: Exporter, *, scoped: bool = False) -> None:
    """This function will enter what gives a room's part. Raises ValueError on a second one.

    `scoped`: the function itself leaves out what the actor may not open.
    """
    if _exporters.get(room, function) is not function:
        raise ValueError(f"{room} has two exporters")
    _exporters[room] = function
    if scoped:
        _scoped.add(room)


def left_out_for(whole: bool) -> list[str]:
    """This function will name the rooms that only the privacy officer hands out."""
    return [] if whole else sorted(set(_exporters) - _scoped)


def everything_about(
    reference: str, actor: Actor | None = None, *, whole: bool = True
) -> dict[str, Any]:
    """This function will give what each room holds about a person, under the room's name.

    Without `whole`, only the rooms that leave out what the actor may not open.

    Sealed addresses are masked unless the actor may read them. Journal it with the act that
    hands it out.

    Raises: LookupError when nobody has this reference.
    """
    person = person_named(reference)
    if person is None:
        raise LookupError(reference)
    asked = set(_exporters) - set(left_out_for(whole))
    return {room: _exporters[room](person.reference, actor) for room in sorted(asked)}
