"""Who goes out for which team, and who sees what of it.

An agent who holds a post of the street in a team records its outings and reads its contacts. The
project lead of the plan sees every area, outing and fault with its counts, and sets areas up; she
reads contacts, owners and photographs that nobody cleared only where she has a post. Codes are
read by nobody: no function here gives them.
"""

from typing import Any

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.permissions import oversees as oversees
from beffroi.acts.fieldwork.models import Area, Contact, Observation, Outing, Photo, Surface
from beffroi.core.actors import Actor, ActorKind

#: Posts that go out, in the team where they are held.
GOERS = frozenset({Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})
_LEADERS = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})


def own_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams for which the actor goes out."""
    return actor.teams_with(GOERS)


def can_go_out(actor: Actor, team: str) -> bool:
    """This function will say whether the actor records what happens outside for a team."""
    return actor.kind is ActorKind.SYSTEM or team in own_teams(actor)


def can_set_up(actor: Actor, team: str) -> bool:
    """This function will say whether the actor writes the areas, spots and kits of a team."""
    if oversees(actor):
        return True
    return actor.kind is ActorKind.AGENT and any(
        post.team == team and post.role in _LEADERS for post in actor.posts
    )


def _seen(actor: Actor, path: str) -> Q:
    return Q() if oversees(actor) else Q(**{f"{path}team__key__in": own_teams(actor)})


def _own(actor: Actor, path: str) -> Q:
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    return Q(**{f"{path}team__key__in": own_teams(actor)})


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    """This function will give the areas the actor sees, with their counts."""
    return Area.objects.filter(_seen(actor, ""))


def outings_visible_to(actor: Actor) -> QuerySet[Outing]:
    """This function will give the outings the actor sees, with their counts."""
    return Outing.objects.filter(_seen(actor, "area__"))


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """This function will give the contacts, one by one, that the actor reads."""
    return Contact.objects.filter(_own(actor, "outing__area__"))


def observations_visible_to(actor: Actor) -> QuerySet[Observation]:
    """This function will give the faults in public space the actor sees."""
    return Observation.objects.filter(_seen(actor, "area__"))


def surfaces_visible_to(actor: Actor) -> QuerySet[Surface]:
    """This function will give the surfaces whose owner and address the actor reads."""
    return Surface.objects.filter(_own(actor, "area__"))


def photos_visible_to(actor: Actor) -> QuerySet[Photo]:
    """This function will give the photographs of the actor’s teams; to who oversees, those without
    people of the faults she sees."""
    mine = _own(actor, "observation__area__") | _own(actor, "surface__area__")
    rows: QuerySet[Any] = Photo.objects.filter(
        mine | Q(is_cleared=True, observation__in=observations_visible_to(actor))
    )
    return rows
