"""The tables of states and moves of an outing, an observation and a surface; services move them."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import ObservationState as O  # noqa: E741
from beffroi.acts.fieldwork.enums import OutingState, SurfaceState
from beffroi.core import moves

Move = moves.Move[str]


OUTING_MOVES = moves.table(
    Move("close", (OutingState.OPEN,), OutingState.CLOSED, _("Rentrer")),
    Move("correct", (OutingState.CLOSED,), OutingState.CLOSED, _("Corriger les heures")),
    Move("cancel", (OutingState.OPEN, OutingState.CLOSED), OutingState.CANCELLED, _("Annuler")),
)
OBSERVATION_MOVES = moves.table(
    Move("send", (O.OPEN,), O.SENT, _("Transmettre")),
    Move("mend", (O.OPEN, O.SENT), O.MENDED, _("C’est réparé")),
    Move("reopen", (O.MENDED,), O.OPEN, _("Ce n’est pas réparé")),
)
SURFACE_MOVES = moves.table(
    Move("finish", (SurfaceState.ASKED,), SurfaceState.DONE, _("C’est fait")),
    Move("drop", (SurfaceState.ASKED,), SurfaceState.DROPPED, _("Abandonner")),
    Move("resume", (SurfaceState.DROPPED,), SurfaceState.ASKED, _("Reprendre")),
)


def moves_from(table: dict[str, Move], state: str) -> list[Move]:
    """This function will give the moves of a table that start from `state`, in its order."""
    return [move for move in table.values() if state in move.sources]
