"""The table of states and moves of an agreement; only the service moves a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.agreements.enums import AgreementState as S
from beffroi.core import moves

OPEN_STATES = (S.DRAFTED, S.REFLECTION, S.SIGNED, S.RUNNING, S.AMENDING)
#: The text may still be written.
WRITABLE = (S.DRAFTED, S.AMENDING)
#: The agreement binds those who signed it.
BINDING = (S.SIGNED, S.RUNNING, S.AMENDING)


Move = moves.Move[S]


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("propose", (S.DRAFTED,), S.REFLECTION, _("Remettre le texte à la personne")),
        Move("take_back", (S.REFLECTION,), S.DRAFTED, _("Reprendre le texte")),
        Move("sign", (S.REFLECTION,), S.SIGNED, _("Signer")),
        Move("start", (S.SIGNED,), S.RUNNING, _("Commencer")),
        Move("amend", (S.RUNNING,), S.AMENDING, _("Préparer un avenant")),
        Move("sign_amendment", (S.AMENDING,), S.RUNNING, _("Signer l’avenant")),
        Move("give_up_amendment", (S.AMENDING,), S.RUNNING, _("Renoncer à l’avenant")),
        Move("fulfil", (S.RUNNING,), S.FULFILLED, _("Constater que le but est atteint")),
        Move("break", (S.SIGNED, S.RUNNING, S.AMENDING), S.BROKEN, _("Constater la rupture")),
        Move("end", (S.SIGNED, S.RUNNING, S.AMENDING), S.ENDED, _("Terminer")),
        Move("abandon", (S.DRAFTED, S.REFLECTION), S.ABANDONED, _("Laisser sans suite")),
    )
}


def moves_from(state: str) -> list[Move]:
    """This function will give the moves that start from `state`, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]
