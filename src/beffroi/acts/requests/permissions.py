"""Who may do what with a request, and which requests an actor may see."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.acts.requests.enums import FormKind, HandoverState, RequestState
from beffroi.acts.requests.models import Request
from beffroi.acts.requests.queries import case_teams, requests_of_teams
from beffroi.acts.requests.workflow import moves_from
from beffroi.core.actors import Actor, ActorKind

#: Roles that see how the work goes, in numbers and without a name.
FIGURE_ROLES = frozenset(
    {
        Role.TEAM_LEADER,
        Role.COUNCIL_MEMBER,
        Role.PRESIDENT,
        Role.DIRECTOR_GENERAL,
        Role.FINANCE_DIRECTOR,
        Role.PCS_LEAD,
    }
)


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    return frozenset(p.team for p in actor.posts if p.team and p.role == Role.TEAM_LEADER)


def requests_visible_to(actor: Actor) -> QuerySet[Request]:
    """This function will give the requests of the actor's teams, and those proposed to them."""
    return requests_of_teams(case_teams(actor))


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


def can_see_figures(actor: Actor) -> bool:
    """This function will say whether the actor may see the figures of every team, without a name."""
    return actor.has_role(*FIGURE_ROLES)


def acts_open_to(actor: Actor, request: Request) -> frozenset[str]:
    """This function will give the acts that the actor may do on the request in its present state."""
    acts: set[str] = set()
    if request.state == RequestState.PASSED:
        pending = request.handovers.filter(state=HandoverState.PROPOSED)
        if pending.filter(to_team__key__in=case_teams(actor)).exists():
            acts |= {"accept", "decline"}
    if not can_work_on(actor, request):
        return frozenset(acts)
    acts.add("note")
    moves = {move.key for move in moves_from(request.state)}
    acts |= moves & {"take", "pass_on", "close"}
    if moves & {"take", "reassign", "reassign_waiting"}:
        acts.add("assign")
    if "ask_person" in moves:
        acts |= {"ask_document", "offer_times"}
    if "transfer" in moves and request.is_aid:
        acts.add("transfer")
        if request.clocks.filter(what="transfer", met_at=None, cancelled_at=None).exists():
            acts.add("keep_here")
    if request.state != RequestState.CLOSED:
        acts.add("answer")
    elif request.team.key in led_teams(actor) and request.anonymised_at is None:
        acts.add("reopen")
    return frozenset(acts)


def can_manage_forms(actor: Actor) -> bool:
    """This function will say whether the actor may open, close and change a service's forms."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def questions_readable_by(actor: Actor) -> QuerySet[Request]:
    """This function will give the questions whose words an editor may read to rewrite them.

    Only those whose writer agreed to a version where nobody can recognise her.
    """
    if actor.kind is not ActorKind.AGENT or not actor.has_role(Role.EDITOR, Role.ADMINISTRATOR):
        return Request.objects.none()
    return Request.objects.filter(
        kind=FormKind.QUESTION, answers__public_ok="yes", anonymised_at__isnull=True
    )
