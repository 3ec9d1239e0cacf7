"""Moves a sitting or an item from a state to the next, safely, always with its trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from beffroi.acts.bodies.models import Item, Sitting, SittingMove
from beffroi.acts.bodies.workflow import ITEM_MOVES, SITTING_MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved the sitting or the item meanwhile."""

    def __init__(self, label: str, reference: str, state: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour %(reference)s.")
            % {"act": label, "reference": reference},
            _("Son état est maintenant : %(state)s.") % {"state": state.lower()},
            _("Rouvrez la page pour voir ce qui a changé."),
        )


def move_sitting(
    sitting: Sitting, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any
) -> None:
    """This function will make the move `key` of a sitting and keep who, when, why.

    Raises: AlreadyMoved when the sitting is not where the move starts.
    """
    step, source = SITTING_MOVES[key], sitting.state
    moved = source in step.sources and Sitting.objects.filter(pk=sitting.pk, state=source).update(
        state=step.target, revision=F("revision") + 1, **changes
    )
    if not moved:
        sitting.refresh_from_db()
        raise AlreadyMoved(
            str(step.label), sitting.reference, str(sitting.get_state_display())
        )  # fmt: skip
    SittingMove.objects.create(
        sitting=sitting, move=key, source=source, target=step.target, at=at, by_label=by.label,
        why=why[:300],
    )  # fmt: skip
    trace_sitting(sitting, f"sitting.{key}", by=by, at=at, why=why)
    sitting.refresh_from_db()


def move_item(
    item: Item,
    key: str,
    *,
    by: Actor,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """This function will make the move `key` of an item. Raises: AlreadyMoved."""
    step = ITEM_MOVES[key]
    moved = Item.objects.filter(pk=item.pk, state__in=step.sources).update(
        state=step.target, **changes
    )
    item.refresh_from_db()
    if not moved:
        raise AlreadyMoved(str(step.label), item.reference, str(item.get_state_display()))
    trace_item(item, f"council_item.{key}", by=by, at=at, detail=detail)


def hold(sitting: Sitting, *states: str) -> Sitting:
    """This function will hold the sitting for this transaction, if it is in one of `states`.

    Whoever else changes it waits, then meets it as it became. Raises: WrongState.
    """
    held = Sitting.objects.filter(pk=sitting.pk, state__in=states).update(
        revision=F("revision") + 1
    )
    sitting.refresh_from_db()
    if not held:
        raise WrongState(
            _("La séance %(reference)s n’en est plus là.") % {"reference": sitting.reference},
            _("Son état est maintenant : %(state)s.")
            % {"state": str(sitting.get_state_display()).lower()},
            _("Rouvrez la page pour voir ce qui a changé."),
        )
    return sitting


def trace_sitting(
    sitting: Sitting,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    kind: ActKind = ActKind.WRITE,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on a sitting, in the transaction under way."""
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="sitting", object_ref=sitting.reference, at=at,
        reason=why, detail=detail,
    )  # fmt: skip


def trace_item(
    item: Item,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    kind: ActKind = ActKind.WRITE,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on an item, for the person it concerns."""
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="council_item", object_ref=item.reference,
        subject_ref=item.person_ref, at=at, reason=why, detail=detail,
    )  # fmt: skip
