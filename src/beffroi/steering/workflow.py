"""The tables of states and moves of plans, conventions, changes, reports and meetings; only the services move a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.core import moves
from beffroi.steering.enums import ChangeState as H
from beffroi.steering.enums import ConventionState as C
from beffroi.steering.enums import MeetingState as M
from beffroi.steering.enums import PlanState as P
from beffroi.steering.enums import ReportState as R

Move = moves.Move[str]


PLAN_MOVES = moves.table(
    Move("see", (P.DRAFT,), P.COMMISSION_SEEN, _("Noter l’avis de la commission")),
    Move("adopt", (P.DRAFT, P.COMMISSION_SEEN), P.ADOPTED, _("Noter le vote du conseil")),
    Move("send", (P.ADOPTED,), P.SENT, _("Noter l’envoi à la Région")),
    Move("approve", (P.SENT,), P.APPROVED, _("Noter l’approbation")),
    Move(
        "approve_with_remarks", (P.SENT,), P.APPROVED_WITH_REMARKS,
        _("Noter l’approbation avec remarques"),
    ),
    Move("refuse", (P.SENT,), P.REFUSED, _("Noter le refus")),
    Move("rewrite", (P.REFUSED,), P.DRAFT, _("Reprendre le plan")),
    Move("start", (P.APPROVED, P.APPROVED_WITH_REMARKS), P.ACTIVE, _("Commencer")),
    Move("close", (P.ACTIVE,), P.CLOSING, _("Clôturer")),
    Move("evaluate", (P.CLOSING,), P.EVALUATED, _("Noter l’évaluation finale")),
    Move("archive", (P.EVALUATED,), P.ARCHIVED, _("Archiver")),
)  # fmt: skip

CONVENTION_MOVES = moves.table(
    Move("approve", (C.DRAFT,), C.COUNCIL_APPROVED, _("Noter l’approbation du conseil")),
    Move("sign", (C.COUNCIL_APPROVED,), C.SIGNED, _("Noter la signature")),
    Move("start", (C.SIGNED,), C.ACTIVE, _("Commencer")),
    Move("close", (C.ACTIVE,), C.CLOSED, _("Clore")),
)

CHANGE_MOVES = moves.table(
    Move("see", (H.DRAFT,), H.SEEN, _("Noter l’avis de la commission")),
    Move("grant", (H.SEEN,), H.GRANTED, _("Noter l’accord")),
    Move("refuse", (H.SEEN,), H.REFUSED, _("Noter le refus")),
    Move("apply", (H.GRANTED,), H.APPLIED, _("Appliquer au plan")),
    Move("drop", (H.DRAFT, H.SEEN), H.DROPPED, _("Abandonner")),
)

REPORT_MOVES = moves.table(
    Move("freeze", tuple(R), R.FROZEN, _("Figer les chiffres")),
    Move("see", (R.FROZEN,), R.COMMISSION_SEEN, _("Noter que la commission l’a vu")),
    Move(
        "college", (R.FROZEN, R.COMMISSION_SEEN), R.COLLEGE_SEEN,
        _("Noter que le collège ou le bureau l’a vu"),
    ),
    Move(
        "approve", (R.FROZEN, R.COMMISSION_SEEN, R.COLLEGE_SEEN), R.APPROVED,
        _("Noter le vote du conseil"),
    ),
    Move("send", (R.APPROVED,), R.SENT, _("Noter l’envoi")),
    Move("receive", (R.SENT,), R.RECEIVED, _("Noter la réception")),
    Move("accept", (R.RECEIVED, R.TO_CORRECT), R.ACCEPTED, _("Noter l’acceptation")),
    Move("send_back", (R.RECEIVED,), R.TO_CORRECT, _("Noter une demande de correction")),
)  # fmt: skip

MEETING_MOVES = moves.table(
    Move("invite", (M.DRAFT,), M.INVITED, _("Envoyer les invitations")),
    Move("hold", (M.INVITED,), M.HELD, _("Ouvrir la réunion")),
    Move("minute", (M.HELD,), M.MINUTED, _("Clore le procès-verbal")),
    Move("approve", (M.MINUTED,), M.APPROVED, _("Noter l’approbation du procès-verbal")),
    Move("cancel", (M.DRAFT, M.INVITED), M.CANCELLED, _("Annuler la réunion")),
)


def moves_from(table: dict[str, Move], state: str) -> list[Move]:
    """This function will give the moves of a table that start from `state`, in its order."""
    return [move for move in table.values() if state in move.sources]
