"""The table of states and moves of a letter; only the service moves a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.core import moves
from beffroi.documents.letters.enums import LetterState as S

Move = moves.Move[S]


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("send", (S.WRITTEN,), S.SENT, _("Noter l’envoi")),
        Move("present", (S.SENT,), S.PRESENTED, _("Noter la première présentation")),
        Move("set_aside", (S.WRITTEN,), S.SET_ASIDE, _("Mettre de côté")),
    )
}
