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


def register_exporter(room: str, function: Exporter) -> None:
    """This function will enter what gives a room's part. Raises ValueError on a second one."""
    if _exporters.get(room, function) is not function:
        raise ValueError(f"{room} has two exporters")
    _exporters[room] = function


def everything_about(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give what each room holds about a person, under the room's name.

    Sealed addresses are masked unless the actor may read them. Journal it with the act that
    hands it out.

    Raises: LookupError when nobody has this reference.
    """
    person = person_named(reference)
    if person is None:
        raise LookupError(reference)
    return {room: give(person.reference, actor) for room, give in sorted(_exporters.items())}
