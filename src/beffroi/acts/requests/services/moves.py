"""Moves a request from a state to the next: safe on both databases, always with its trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.requests.models import Request, RequestMessage, RequestMove
from beffroi.acts.requests.workflow import MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind, person_actor
from beffroi.core.errors import WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved the request meanwhile, or it never was where this act starts."""

    def __init__(self, request: Request, label: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour la demande %(reference)s.")
            % {"act": label, "reference": request.reference},
            _("Elle est maintenant : %(state)s.") % {"state": request.get_state_display().lower()},
            _("Rouvrez la page pour voir où elle en est."),
        )


def move(
    request: Request,
    key: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    detail: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """This function will make the move `key` and keep who, when, why; `request` is refreshed.

    Raises: AlreadyMoved when the request is not in a state the move starts from.
    """
    step = MOVES[key]
    source = request.state
    moved = source in step.sources and Request.objects.filter(pk=request.pk, state=source).update(
        state=step.target, **changes
    )
    if not moved:
        request.refresh_from_db()
        raise AlreadyMoved(request, str(step.label))
    by = by.as_of_team(request.team.key)
    RequestMove.objects.create(
        request=request, move=key, source=source, target=step.target, at=at, by_ref=by.ref,
        by_label=by.label, by_post=by.shown_as if by.posts else "", why=why[:500],
    )  # fmt: skip
    trace(request, f"request.{key}", by=by, at=at, detail=detail)
    request.refresh_from_db()


def trace(
    request: Request,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    kind: ActKind = ActKind.WRITE,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on the request, in the transaction under way.

    The journal outlives the request: it holds neither the person's name nor her words.
    """
    if by.kind is ActorKind.PERSON:
        by = person_actor(by.ref)
    by = by.as_of_team(request.team.key)
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="request", object_ref=request.reference,
        subject_ref=request.reference, at=at, reason=why, detail=detail,
    )  # fmt: skip


def say(
    request: Request, side: str, text: str, *, by: Actor, at: datetime, is_internal: bool = False
) -> RequestMessage:
    """This function will keep what one side says."""
    by = by.as_of_team(request.team.key)
    return RequestMessage.objects.create(
        request=request, side=side, text=text.strip(), at=at, by_label=by.label,
        by_post=by.shown_as if by.posts else "", is_internal=is_internal,
    )  # fmt: skip
