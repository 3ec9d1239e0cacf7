"""What a phone sends when it finds the network again: each act by itself, once, in its order."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from beffroi.core.errors import Refusal

#: What becomes of an act that is sent: it counts now, it counted already, or it cannot be taken.
KEPT, KNOWN, REFUSED = "kept", "known", "refused"
#: One sending carries this many acts at most; a phone sends the rest after.
MOST_ACTS = 200


class Fate(str):
    """What became of an act; when it is refused, why and what to do, in words."""

    words: str

    def __new__(cls, became: str, words: str = "") -> "Fate":
        made = super().__new__(cls, became)
        made.words = words
        return made


class Marked(Protocol):
    """An act with the mark its phone gave it."""

    @property
    def mark(self) -> UUID: ...


A = TypeVar("A", bound=Marked)


def take_each(acts: Iterable[A], take: Callable[[A], str]) -> dict[UUID, Fate]:
    """This function will take acts one after the other, and say what became of each.

    One that is refused is refused alone, with its words: the others count.
    """
    told: dict[UUID, Fate] = {}
    for one in list({act.mark: act for act in acts}.values())[:MOST_ACTS]:
        try:
            told[one.mark] = Fate(take(one))
        except Refusal as refused:
            told[one.mark] = Fate(REFUSED, str(refused))
    return told
