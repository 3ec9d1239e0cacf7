"""The table of states and moves of a session, a registration and a fee; only the services move it."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import FeeState as F
from beffroi.acts.activities.enums import PlaceState as P
from beffroi.acts.activities.enums import SessionState as S
from beffroi.core import moves

#: Those who hold a place, if only until they answer.
HOLDS_PLACE = (P.CONFIRMED, P.OFFERED)
#: Those who may still come.
STANDING = (P.CONFIRMED, P.OFFERED, P.WAITING)


Move = moves.Move[str]


SESSION_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("close", (S.PLANNED,), S.HELD, _("Clôturer")),
        Move("cancel", (S.PLANNED,), S.CANCELLED, _("Annuler")),
        Move("restore", (S.CANCELLED,), S.PLANNED, _("Rétablir")),
    )
}

PLACE_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("offer", (P.WAITING,), P.OFFERED, _("Proposer une place")),
        Move("accept", (P.OFFERED,), P.CONFIRMED, _("Prendre la place")),
        Move("lapse", (P.OFFERED,), P.LAPSED, _("Le délai est passé")),
        Move("withdraw", STANDING, P.CANCELLED, _("Rendre la place")),
    )
}


def session_moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in SESSION_MOVES.values() if state in move.sources]


def place_moves_from(state: str) -> list[Move]:
    """This function will give the moves of a registration in `state`, in the order of the table."""
    return [move for move in PLACE_MOVES.values() if state in move.sources]


FEE_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("pay", (F.OWED,), F.PAID, _("Encaisser")),
        Move("waive", (F.OWED,), F.WAIVED, _("Remettre")),
        Move("refund", (F.PAID,), F.REFUNDED, _("Rembourser")),
    )
}
