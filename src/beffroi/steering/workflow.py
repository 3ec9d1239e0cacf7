"""The tables of states and moves of plans and conventions; only the services move a state."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import ChangeState as H
from beffroi.steering.enums import ConventionState as C
from beffroi.steering.enums import PlanState as P


@dataclass(frozen=True)
class Move:
    key: str
    sources: tuple[str, ...]
    target: str
    label: str | Promise


def _table(*moves: Move) -> dict[str, Move]:
    return {move.key: move for move in moves}


PLAN_MOVES = _table(
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

CONVENTION_MOVES = _table(
    Move("approve", (C.DRAFT,), C.COUNCIL_APPROVED, _("Noter l’approbation du conseil")),
    Move("sign", (C.COUNCIL_APPROVED,), C.SIGNED, _("Noter la signature")),
    Move("start", (C.SIGNED,), C.ACTIVE, _("Commencer")),
    Move("close", (C.ACTIVE,), C.CLOSED, _("Clore")),
)

CHANGE_MOVES = _table(
    Move("see", (H.DRAFT,), H.SEEN, _("Noter l’avis de la commission")),
    Move("grant", (H.SEEN,), H.GRANTED, _("Noter l’accord")),
    Move("refuse", (H.SEEN,), H.REFUSED, _("Noter le refus")),
    Move("apply", (H.GRANTED,), H.APPLIED, _("Appliquer au plan")),
    Move("drop", (H.DRAFT, H.SEEN), H.DROPPED, _("Abandonner")),
)


def moves_from(table: dict[str, Move], state: str) -> list[Move]:
    """This function will give the moves of a table that start from `state`, in its order."""
    return [move for move in table.values() if state in move.sources]
