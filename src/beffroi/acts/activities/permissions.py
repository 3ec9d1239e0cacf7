"""Who runs which activities, and who reads the names of those who come.

An agent who holds a post in the team of an activity runs it and reads its names. The project lead
of the plan sees every activity with its counts, and may set it up; a name only where she has a post.
"""

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.permissions import oversees as oversees
from beffroi.acts.activities.models import Activity, CashLine, Fee, Incident, Participant, Session
from beffroi.core.actors import Actor, ActorKind

#: Posts that gather people, in the team where they are held.
GATHERERS = frozenset({Role.ANIMATOR, Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})
#: Posts that answer for what happens in their team.
_LEADERS = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})


def own_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose activities the actor runs."""
    return actor.teams_with(GATHERERS)


def _mine(actor: Actor, path: str = "") -> Q:
    if oversees(actor):
        return Q()
    return Q(**{f"{path}team__key__in": own_teams(actor)})


def activities_visible_to(actor: Actor) -> QuerySet[Activity]:
    """This function will give the activities the actor sees, with their counts."""
    return Activity.objects.filter(_mine(actor))


def sessions_visible_to(actor: Actor) -> QuerySet[Session]:
    """This function will give the sessions the actor sees, with their counts."""
    return Session.objects.filter(_mine(actor, "activity__"))


def sheets_visible_to(actor: Actor) -> QuerySet[Session]:
    """This function will give the sessions whose names the actor reads and taps."""
    return Session.objects.filter(activity__team__key__in=own_teams(actor))


def participants_visible_to(actor: Actor) -> QuerySet[Participant]:
    """This function will give those who come to the activities of the actor’s teams."""
    return Participant.objects.filter(team__key__in=own_teams(actor), anonymised_at__isnull=True)


def leads(actor: Actor, team: str) -> bool:
    """This function will say whether the actor leads a team, and reads its incidents."""
    return actor.kind is ActorKind.SYSTEM or any(
        post.team == team and post.role in _LEADERS for post in actor.posts
    )


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    """This function will give the incidents of the teams that the actor leads; of no other."""
    if actor.kind is ActorKind.SYSTEM:
        return Incident.objects.all()
    led = {post.team for post in actor.posts if post.team and post.role in _LEADERS}
    return Incident.objects.filter(activity__team__key__in=led)


def fees_visible_to(actor: Actor) -> QuerySet[Fee]:
    """This function will give what is owed and paid in the actor’s teams."""
    if actor.kind is ActorKind.SYSTEM:
        return Fee.objects.all()
    return Fee.objects.filter(activity__team__key__in=own_teams(actor))


def cash_visible_to(actor: Actor) -> QuerySet[CashLine]:
    """This function will give the lines of the cash books of the actor’s teams."""
    return CashLine.objects.filter(team__key__in=own_teams(actor))


def can_set_up(actor: Actor, team: str) -> bool:
    """This function will say whether the actor may make and change the activities of a team."""
    return oversees(actor) or team in own_teams(actor)


def can_take_attendance(actor: Actor, session: Session) -> bool:
    """This function will say whether the actor may say who came, close the session and correct it."""
    return actor.kind is ActorKind.SYSTEM or session.activity.team.key in own_teams(actor)
