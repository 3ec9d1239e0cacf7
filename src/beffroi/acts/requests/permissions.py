"""Who may do what with a request, and which requests an actor may see."""

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.acts.requests.enums import HandoverState, RequestState
from beffroi.acts.requests.models import Request
from beffroi.core.actors import Actor, ActorKind


def case_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams in which the actor deals with people's requests."""
    return frozenset(p.team for p in actor.posts if p.team and p.role in CASE_ROLES)


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    return frozenset(p.team for p in actor.posts if p.team and p.role == Role.TEAM_LEADER)


def requests_visible_to(actor: Actor) -> QuerySet[Request]:
    """This function will give the requests of the actor's teams, and those proposed to them."""
    if actor.kind is not ActorKind.AGENT:
        return Request.objects.none()
    teams = case_teams(actor)
    if not teams:
        return Request.objects.none()
    proposed = Q(handovers__state=HandoverState.PROPOSED, handovers__to_team__key__in=teams) & Q(
        state=RequestState.PASSED
    )
    return Request.objects.filter(Q(team__key__in=teams) | proposed).distinct()


def can_read(actor: Actor, request: Request) -> bool:
    """This function will say whether the actor may open this request."""
    return requests_visible_to(actor).filter(pk=request.pk).exists()


def can_work_on(actor: Actor, request: Request) -> bool:
    """This function will say whether the actor's team has this request in its hands."""
    return request.team.key in case_teams(actor)


def can_answer_handover(actor: Actor, to_team: str) -> bool:
    """This function will say whether the actor may accept or decline for `to_team`."""
    return to_team in case_teams(actor)


def can_enter_request(actor: Actor) -> bool:
    """This function will say whether the actor may enter a request for a person who is there."""
    return bool(case_teams(actor))


def can_manage_forms(actor: Actor) -> bool:
    """This function will say whether the actor may open, close and change a service's forms."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.EDITOR, Role.ADMINISTRATOR)
