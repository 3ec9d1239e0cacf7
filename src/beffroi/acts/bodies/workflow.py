"""The tables of states and moves of a sitting and of an item; only services move a state."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.bodies.enums import ItemState as I
from beffroi.acts.bodies.enums import SittingState as S
from beffroi.core import moves

#: From the convocation until the minutes are approved, a member reads what she decides.
READABLE_STATES = (S.CONVENED, S.OPEN, S.CLOSED, S.DRAFTED)
#: A matter before any decision; there is one such row at most for a subject.
LIVE_ITEMS = (I.READY, I.SCHEDULED)


Move = moves.Move[str]


SITTING_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("convene", (S.PLANNED,), S.CONVENED, _("Convoquer")),
        Move("open", (S.CONVENED,), S.OPEN, _("Ouvrir la séance")),
        Move("miss", (S.CONVENED, S.OPEN), S.NO_QUORUM, _("Constater que le quorum manque")),
        Move("close", (S.OPEN,), S.CLOSED, _("Lever la séance")),
        Move("draft", (S.CLOSED,), S.DRAFTED, _("Rédiger le procès-verbal")),
        Move("approve", (S.DRAFTED,), S.APPROVED, _("Approuver le procès-verbal")),
        Move("cancel", (S.PLANNED, S.CONVENED), S.CANCELLED, _("Annuler la séance")),
    )
}

ITEM_MOVES: dict[str, Move] = {
    move.key: move
    for move in (
        Move("schedule", (I.READY,), I.SCHEDULED, _("Mettre à l’ordre du jour")),
        Move("release", (I.SCHEDULED,), I.READY, _("Ôter de l’ordre du jour")),
        Move("postpone", (I.SCHEDULED,), I.READY, _("Reporter")),
        Move("decide", (I.SCHEDULED,), I.DECIDED, _("Voter")),
        Move("withdraw", LIVE_ITEMS, I.WITHDRAWN, _("Retirer")),
    )
}
