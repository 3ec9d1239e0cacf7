"""The table of states and moves of an application; only the service moves a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import ApplicationState as S
from beffroi.core import moves

OPEN_STATES = (S.RECEIVED, S.ENQUIRY, S.REPORTED, S.PROPOSED, S.SUBMITTED, S.DECIDED, S.NOTIFIED)
#: Before the organ has it, the enquiry may still change what is known.
UNDER_ENQUIRY = (S.RECEIVED, S.ENQUIRY, S.REPORTED, S.PROPOSED)


Move = moves.Move[S]


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("start_enquiry", (S.RECEIVED,), S.ENQUIRY, _("Ouvrir l’enquête sociale")),
        Move("sign_report", (S.ENQUIRY, S.REPORTED), S.REPORTED, _("Signer le rapport social")),
        Move("resume_enquiry", (S.REPORTED, S.PROPOSED), S.ENQUIRY, _("Reprendre l’enquête")),
        Move("propose", (S.REPORTED,), S.PROPOSED, _("Proposer une décision")),
        Move("propose_sequel", (S.RECEIVED, S.ENQUIRY, S.REPORTED), S.PROPOSED,
             _("Proposer la suite d’un octroi")),
        Move("submit", (S.PROPOSED,), S.SUBMITTED, _("Porter à l’organe compétent")),
        Move("take_back", (S.SUBMITTED,), S.PROPOSED, _("Reprendre avant la séance")),
        Move("decide", (S.SUBMITTED,), S.DECIDED, _("Acter la décision")),
        Move("decide_urgently", (S.RECEIVED, S.ENQUIRY, S.REPORTED, S.PROPOSED), S.DECIDED,
             _("Décider en urgence")),
        Move("notify", (S.DECIDED,), S.NOTIFIED, _("Notifier à la personne")),
        Move("execute", (S.NOTIFIED,), S.CLOSED, _("Exécuter et clore la demande")),
        Move("withdraw", (S.RECEIVED, S.ENQUIRY, S.REPORTED, S.PROPOSED), S.CLOSED,
             _("Acter le retrait de la demande")),
        Move("transfer", (S.RECEIVED, S.ENQUIRY), S.CLOSED, _("Transmettre au CPAS compétent")),
    )
}  # fmt: skip


def moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]
