"""The tables of states and moves of a garden plot and of who waits for one."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.enums import PlotState as P
from beffroi.acts.supplies.enums import WaitState as W
from beffroi.core import moves

Move = moves.Move[str]


PLOT_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("take", (P.FREE,), P.HELD, _("Confier la parcelle")),
        Move("give_back", (P.HELD,), P.FREE, _("Reprendre la parcelle")),
        Move("rest", (P.FREE,), P.RESTING, _("Mettre au repos")),
        Move("wake", (P.RESTING,), P.FREE, _("Remettre en culture")),
    )
}

WAIT_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("offer", (W.WAITING,), W.OFFERED, _("Proposer une parcelle")),
        Move("accept", (W.OFFERED,), W.GARDENS, _("Prendre la parcelle")),
        Move("lapse", (W.OFFERED,), W.LAPSED, _("Le délai est passé")),
        Move("leave", (W.WAITING, W.OFFERED, W.GARDENS), W.LEFT, _("Se retirer")),
    )
}


def plot_moves_from(state: str) -> list[Move]:
    """This function will give the moves of a plot in `state`, in the order of the table."""
    return [move for move in PLOT_MOVES.values() if state in move.sources]


def wait_moves_from(state: str) -> list[Move]:
    """This function will give the moves of who stands in `state`, in the order of the table."""
    return [move for move in WAIT_MOVES.values() if state in move.sources]
