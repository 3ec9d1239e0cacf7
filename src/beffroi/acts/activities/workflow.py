"""The table of states and moves of a session; only the services move it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import SessionState as S


@dataclass(frozen=True)
class Move:
    key: str
    sources: tuple[str, ...]
    target: str
    label: str | Promise


SESSION_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("close", (S.PLANNED,), S.HELD, _("Clôturer")),
        Move("cancel", (S.PLANNED,), S.CANCELLED, _("Annuler")),
        Move("restore", (S.CANCELLED,), S.PLANNED, _("Rétablir")),
    )
}


def session_moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in SESSION_MOVES.values() if state in move.sources]
