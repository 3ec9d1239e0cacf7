"""The tables of states and moves of appointments and arrivals; only the services move them."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.agenda.enums import AppointmentState as S
from beffroi.acts.agenda.enums import ArrivalState as A
from beffroi.core import moves

#: An appointment that is still to come, or was kept, takes the time of its worker and its room.
TAKES_TIME = (S.OFFERED, S.CONFIRMED, S.KEPT)
STILL_TO_COME = (S.OFFERED, S.CONFIRMED)
WAITING = (A.ANNOUNCED, A.CALLED)
THERE = (A.ANNOUNCED, A.CALLED, A.RECEIVED)


Move = moves.Move[str]


APPOINTMENT_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("confirm", (S.OFFERED,), S.CONFIRMED, _("Confirmer")),
        Move("move", STILL_TO_COME, S.MOVED, _("Déplacer")),
        Move("keep", STILL_TO_COME, S.KEPT, _("A eu lieu")),
        Move("miss", (S.CONFIRMED,), S.MISSED, _("La personne n’est pas venue")),
        Move("keep_after_all", (S.MISSED,), S.KEPT, _("Elle est venue tout de même")),
        Move("cancel", STILL_TO_COME, S.CANCELLED, _("Annuler")),
    )
}

ARRIVAL_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("call", (A.ANNOUNCED,), A.CALLED, _("Appeler")),
        Move("call_again", (A.CALLED,), A.CALLED, _("Rappeler")),
        Move("receive", WAITING, A.RECEIVED, _("Recevoir")),
        Move("finish", (A.RECEIVED,), A.DONE, _("Entretien terminé")),
        Move("leave", WAITING, A.GONE, _("Est partie")),
        Move("come_back", (A.GONE,), A.ANNOUNCED, _("Est revenue")),
    )
}


def appointment_moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in APPOINTMENT_MOVES.values() if state in move.sources]


def arrival_moves_from(state: str) -> list[Move]:
    """This function will give the moves of an arrival in `state`, in the order of the table."""
    return [move for move in ARRIVAL_MOVES.values() if state in move.sources]
