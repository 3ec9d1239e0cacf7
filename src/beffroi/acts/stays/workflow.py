"""The tables of states and moves of a stay and of an opening; only the services move them."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import OpeningState as O
from beffroi.acts.stays.enums import StayState as S
from beffroi.core import moves

#: A bed is held: nobody else may have it, and this guest may have no other.
HOLDS_BED = (S.EXPECTED, S.IN, S.LEFT)
#: A night was slept, or begun: it counts.
COUNTS = (S.IN, S.LEFT)


Move = moves.Move[str]


STAY_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("arrive", (S.EXPECTED,), S.IN, _("Est là")),
        Move("leave", (S.IN,), S.LEFT, _("S’en va")),
        Move("come_back", (S.LEFT,), S.IN, _("Est revenu·e")),
        Move("release", (S.EXPECTED,), S.RELEASED, _("Rendre le lit")),
        Move("take_back", (S.EXPECTED, S.IN, S.LEFT), S.TAKEN_BACK, _("Noté par erreur")),
    )
}

OPENING_MOVES: dict[str, Move] = {
    move.key: move for move in (Move("close", (O.OPEN,), O.CLOSED, _("Clore")),)
}


def stay_moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in STAY_MOVES.values() if state in move.sources]
