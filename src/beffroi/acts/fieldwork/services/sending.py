"""What a phone sends when it finds the network again: an outing, its acts, its end; each once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from beffroi.acts.fieldwork.services.meeting import ContactDraft, KitDraft, hand_over, meet
from beffroi.acts.fieldwork.services.outings import EndDraft, StartDraft, come_back, set_out
from beffroi.acts.fieldwork.services.sights import SightDraft, observe
from beffroi.core.actors import Actor
from beffroi.core.sending import Fate, take_each

Act = StartDraft | ContactDraft | KitDraft | SightDraft | EndDraft


def send(*, acts: Sequence[Act], by: Actor, at: datetime) -> dict[UUID, Fate]:
    """This function will take acts, each in its own transaction, and say what became of each.

    One that cannot be taken is refused alone: the others count.
    """
    return take_each(acts, lambda act: _take(act, by, at))


def _take(act: Act, by: Actor, at: datetime) -> str:
    if isinstance(act, StartDraft):
        return set_out(draft=act, by=by, at=at)
    if isinstance(act, EndDraft):
        return come_back(draft=act, by=by, at=at)
    if isinstance(act, ContactDraft):
        return meet(draft=act, by=by, at=at)
    if isinstance(act, KitDraft):
        return hand_over(draft=act, by=by, at=at)
    return observe(draft=act, by=by, at=at)
