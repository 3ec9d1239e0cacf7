"""The table of states and moves of a letter; only the service moves a state."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.documents.letters.enums import LetterState as S


@dataclass(frozen=True)
class Move:
    key: str
    sources: tuple[S, ...]
    target: S
    label: str | Promise


MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("send", (S.WRITTEN,), S.SENT, _("Noter l’envoi")),
        Move("present", (S.SENT,), S.PRESENTED, _("Noter la première présentation")),
        Move("set_aside", (S.WRITTEN,), S.SET_ASIDE, _("Mettre de côté")),
    )
}
