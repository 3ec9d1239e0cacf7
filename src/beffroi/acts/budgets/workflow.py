"""The table of states and moves of a mediation file; only the service moves a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import FileState as S
from beffroi.core import moves

OPEN_STATES = (S.INTAKE, S.DOCUMENTS, S.BUDGET, S.NEGOTIATION, S.PLAN_RUNNING, S.EVALUATION)


Move = moves.Move[S]


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("sign_convention", (S.INTAKE,), S.DOCUMENTS, _("Signer la convention")),
        Move("to_budget", (S.DOCUMENTS,), S.BUDGET, _("Passer au budget")),
        Move("to_documents", (S.BUDGET, S.NEGOTIATION), S.DOCUMENTS, _("Revenir aux documents")),
        Move("to_negotiation", (S.BUDGET,), S.NEGOTIATION, _("Négocier avec les créanciers")),
        Move("start_plan", (S.NEGOTIATION,), S.PLAN_RUNNING, _("Commencer le plan")),
        Move("evaluate", (S.PLAN_RUNNING,), S.EVALUATION, _("Évaluer le plan")),
        Move("go_on", (S.EVALUATION,), S.PLAN_RUNNING, _("Poursuivre le plan")),
        Move(
            "renegotiate",
            (S.PLAN_RUNNING, S.EVALUATION),
            S.NEGOTIATION,
            _("Renégocier"),
        ),
        Move("close", OPEN_STATES, S.CLOSED, _("Clôturer")),
        Move("reopen", (S.CLOSED,), S.DOCUMENTS, _("Rouvrir")),
    )
}


def moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]
