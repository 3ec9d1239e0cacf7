"""Which persons an actor may not judge: herself and hers. The room of persons knows the ties."""

from collections.abc import Callable, Collection

from beffroi.core.actors import Actor, ActorKind

#: Gives the references of the persons whom an actor is, or is tied to.
TieFinder = Callable[[Actor], Collection[str]]
_finders: list[TieFinder] = []


def find_ties_with(finder: TieFinder) -> None:
    """This function will add a way to find the persons an actor is tied to; once is enough."""
    if finder not in _finders:
        _finders.append(finder)


def forget(finder: TieFinder) -> None:
    """This function will take back a way to find ties."""
    if finder in _finders:
        _finders.remove(finder)


def barred_persons(actor: Actor) -> frozenset[str]:
    """This function will give the references of the persons the actor may not judge."""
    if actor.kind is not ActorKind.AGENT:
        return frozenset()
    return frozenset(str(ref) for finder in _finders for ref in finder(actor))
