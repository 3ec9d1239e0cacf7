"""A move of a workflow: from which states, to which, and the words of its button."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise

State = TypeVar("State", bound=str)


@dataclass(frozen=True)
class Move(Generic[State]):
    """One row of a table of states and moves; a room names it after its own states."""

    key: str
    sources: tuple[State, ...]
    target: State
    label: str | Promise


def table(*moves: Move[State]) -> dict[str, Move[State]]:
    """This function will give moves by their key, in their order. Raises: ValueError on a second key."""
    found = {move.key: move for move in moves}
    if len(found) != len(moves):
        raise ValueError("two moves have the same key")
    return found
