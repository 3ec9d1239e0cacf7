"""The table of states and moves of a request; only the service moves a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.requests.enums import RequestState as S
from beffroi.core import moves

OPEN_STATES = (S.RECEIVED, S.IN_HAND, S.WAITING, S.PASSED)


Move = moves.Move[S]


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("take", (S.RECEIVED,), S.IN_HAND, _("Prendre en charge")),
        Move("reassign", (S.IN_HAND,), S.IN_HAND, _("Confier à un autre agent")),
        Move("reassign_waiting", (S.WAITING,), S.WAITING, _("Confier à un autre agent")),
        Move(
            "ask_person", (S.RECEIVED, S.IN_HAND, S.WAITING), S.WAITING, _("Demander à la personne")
        ),
        Move("person_replies", (S.WAITING,), S.IN_HAND, _("La personne a répondu")),
        Move(
            "pass_on",
            (S.RECEIVED, S.IN_HAND, S.WAITING),
            S.PASSED,
            _("Proposer à un autre service"),
        ),
        Move("accept", (S.PASSED,), S.RECEIVED, _("Accepter")),
        Move("decline", (S.PASSED,), S.IN_HAND, _("Ne pas reprendre")),
        Move("close", (S.RECEIVED, S.IN_HAND, S.WAITING), S.CLOSED, _("Clôturer")),
        Move(
            "transfer",
            (S.RECEIVED, S.IN_HAND, S.WAITING),
            S.CLOSED,
            _("Transmettre au CPAS compétent"),
        ),
        Move("withdraw", OPEN_STATES, S.CLOSED, _("Retirer la demande")),
        Move("reopen", (S.CLOSED,), S.IN_HAND, _("Rouvrir")),
    )
}


def moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]
