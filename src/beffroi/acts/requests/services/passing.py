"""A request proposed to another team: accepted, or declined with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.requests.enums import HandoverState
from beffroi.acts.requests.models import Handover, Request
from beffroi.acts.requests.permissions import can_answer_handover, requests_visible_to
from beffroi.acts.requests.services.letters import send_news
from beffroi.acts.requests.services.moves import move
from beffroi.acts.requests.services.team import in_hands
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed


@transaction.atomic
def pass_on(*, reference: str, to_team: str, reason: str, by: Actor, at: datetime) -> Handover:
    """This function will propose the request to another team, with a reason.

    It stays on the books of the first team until the second accepts.
    Raises: InvalidInput without a reason or with its own team; AlreadyMoved.
    """
    request = in_hands(reference, by)
    team = accounts.team_by_key(to_team)
    if team is None or team.pk == request.team_id:
        raise InvalidInput(
            _("Choisissez une autre équipe."), fields={"to_team": _("Choisissez une autre équipe.")}
        )
    if not reason.strip():
        words = _("Dites pourquoi : l’autre équipe le lira.")
        raise InvalidInput(words, fields={"reason": words})
    holder = request.assignee_id or int(by.ref)
    move(request, "pass_on", by=by, at=at, why=reason, detail={"to": team.key})
    return Handover.objects.create(
        request=request, from_team=request.team, to_team=team, from_assignee_id=holder,
        reason=reason.strip()[:500], proposed_at=at, proposed_by=by.label,
    )  # fmt: skip


def _pending(reference: str, by: Actor) -> tuple[Request, Handover]:
    request = requests_visible_to(by).filter(reference=reference).first()
    handover = (
        request.handovers.select_related("to_team", "from_team")
        .filter(state=HandoverState.PROPOSED)
        .first()
        if request
        else None
    )
    if request is None or handover is None or not can_answer_handover(by, handover.to_team.key):
        raise NotAllowed(_("Cette demande n’est pas proposée à votre équipe."))
    return request, handover


@transaction.atomic
def accept(*, reference: str, by: Actor, at: datetime) -> Request:
    """This function will take the request over: it is in the inbox of the accepting team."""
    request, handover = _pending(reference, by)
    move(request, "accept", by=by, at=at, team=handover.to_team, assignee=None)
    Handover.objects.filter(pk=handover.pk).update(
        state=HandoverState.ACCEPTED, answered_at=at, answered_by=by.label
    )
    send_news(request)
    return request


@transaction.atomic
def decline(*, reference: str, reason: str, by: Actor, at: datetime) -> Request:
    """This function will give the request back to the agent who proposed it, with a reason.

    Raises: InvalidInput without a reason.
    """
    request, handover = _pending(reference, by)
    if not reason.strip():
        words = _("Dites pourquoi vous ne la reprenez pas.")
        raise InvalidInput(words, fields={"reason": words})
    move(request, "decline", by=by, at=at, why=reason, assignee_id=handover.from_assignee_id)
    Handover.objects.filter(pk=handover.pk).update(
        state=HandoverState.DECLINED,
        answered_at=at,
        answered_by=by.label,
        answer_reason=reason.strip()[:500],
    )
    return request
