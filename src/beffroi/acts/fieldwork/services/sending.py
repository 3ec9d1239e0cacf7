"""What a phone sends when it finds the network again: each act by itself, in whatever order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from beffroi.acts.fieldwork.services.meeting import (
    REFUSED,
    ContactDraft,
    KitDraft,
    hand_over,
    meet,
)
from beffroi.acts.fieldwork.services.sights import SightDraft, observe
from beffroi.core.actors import Actor
from beffroi.core.errors import Refusal

#: One sending carries this many acts at most; a phone sends the rest after.
MOST_ACTS = 200
Act = ContactDraft | KitDraft | SightDraft


def send(*, acts: Sequence[Act], by: Actor, at: datetime) -> dict[UUID, str]:
    """This function will take acts, each in its own transaction, and say what became of each.

    One that cannot be taken is refused alone: the others count.
    """
    told: dict[UUID, str] = {}
    for one in list({act.mark: act for act in acts}.values())[:MOST_ACTS]:
        try:
            told[one.mark] = _take(one, by, at)
        except Refusal:
            told[one.mark] = REFUSED
    return told


def _take(act: Act, by: Actor, at: datetime) -> str:
    if isinstance(act, ContactDraft):
        return meet(draft=act, by=by, at=at)
    if isinstance(act, KitDraft):
        return hand_over(draft=act, by=by, at=at)
    return observe(draft=act, by=by, at=at)
