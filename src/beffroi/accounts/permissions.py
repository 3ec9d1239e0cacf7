"""Who keeps the list of agents, and who leads the cohesion plan."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.core.actors import Actor, ActorKind


def can_manage_agents(actor: Actor) -> bool:
    """This function will say whether `actor` may add agents, give posts and end them."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(Role.ADMINISTRATOR)


def oversees(actor: Actor) -> bool:
    """This function will say whether the actor leads the plan, and sees what every team counts."""
    return actor.kind is ActorKind.SYSTEM or (
        actor.kind is ActorKind.AGENT and actor.has_role(Role.PCS_LEAD)
    )


def agents_manageable_by(actor: Actor) -> QuerySet[Agent]:
    """This function will give the agents `actor` may manage: all of them, or none."""
    return Agent.objects.all() if can_manage_agents(actor) else Agent.objects.none()
