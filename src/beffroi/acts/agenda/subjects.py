"""Of whom a reference speaks: the room that made it knows, and tells the agenda at start.

The agenda keeps references of requests and files as text. Without any function here, a reference
names nobody, and nobody is kept from receiving somebody close to her by a file alone.
"""

from collections.abc import Callable

from beffroi.core.actors import Actor

#: From a reference and an actor to the person it is about: for an actor, only if she may open it.
PersonOf = Callable[[str, Actor | None], int | None]
_finders: list[PersonOf] = []


def register_person_of(finder: PersonOf) -> None:
    """This function will enter who tells of whom a reference speaks; once is enough."""
    if finder not in _finders:
        _finders.append(finder)


def person_of(reference: str, actor: Actor | None = None) -> int | None:
    """This function will give the person a reference is about; for an actor, if she may open it."""
    if not reference:
        return None
    found = (finder(reference.strip().upper(), actor) for finder in _finders)
    return next((pk for pk in found if pk is not None), None)
