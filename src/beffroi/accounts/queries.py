"""Who holds which post on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent, Post, Team
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.actors import Post as ActorPost

#: What each role is called, in the language of the page.
_LABELS: dict[str, Any] = dict(Role.choices)


def posts_on(day: date) -> QuerySet[Post]:
    """This function will give the posts held on `day`, with their teams."""
    return (
        Post.objects.filter(since_date__lte=day)
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
        .select_related("team")
        .order_by("pk")
    )


def actor_for(agent: Agent, day: date) -> Actor:
    """This function will give the agent as an actor, with the posts she holds on `day`."""
    rows = posts_on(day).filter(agent=agent).values_list("role", "team__key", "team__name")
    posts = tuple(
        ActorPost(role, str(_LABELS.get(role, role)), key or "", name or "")
        for role, key, name in rows
    )
    return Actor(ActorKind.AGENT, str(agent.pk), str(agent), posts)


def actor_named(username: str, day: date) -> Actor:
    """This function will give the actor whose username this is. Raises Agent.DoesNotExist."""
    return actor_for(Agent.objects.get(username=username, is_active=True), day)


def teams() -> QuerySet[Team]:
    """This function will give the teams in activity, by name."""
    return Team.objects.filter(is_active=True)


def team_by_key(key: str) -> Team | None:
    """This function will give the team in activity with this key, if there is one."""
    return Team.objects.filter(key=key, is_active=True).first()


def agents_of(team_keys: Iterable[str], day: date) -> QuerySet[Agent]:
    """This function will give the agents who hold a post in one of these teams on `day`."""
    held = posts_on(day).filter(team__key__in=list(team_keys))
    return Agent.objects.filter(is_active=True, posts__in=held).distinct()


def agents_by_team(team_keys: Iterable[str], day: date) -> dict[str, list[Agent]]:
    """This function will give the agents of each of these teams on `day`, in one query."""
    found: dict[str, list[Agent]] = {}
    posts = posts_on(day).filter(team__key__in=list(team_keys), agent__is_active=True)
    for post in posts.select_related("agent", "team").order_by("agent__last_name", "agent__pk"):
        held = found.setdefault(post.team.key if post.team else "", [])
        if post.agent not in held:
            held.append(post.agent)
    return found


def agents_with_posts(day: date) -> QuerySet[Agent]:
    """This function will give every agent with the posts held on `day` prefetched."""
    return Agent.objects.prefetch_related(
        Prefetch("posts", queryset=posts_on(day), to_attr="current_posts")
    )


def all_teams() -> QuerySet[Team]:
    """This function will give every team, closed ones too, by name."""
    return Team.objects.order_by("-is_active", "name")


def posts_of(agent: Agent) -> QuerySet[Post]:
    """This function will give every post an agent held or holds, newest first."""
    return agent.posts.select_related("team").order_by("-since_date", "-pk")


def is_known(username: str) -> bool:
    """This function will say whether an agent with this username exists."""
    return Agent.objects.filter(username=username).exists()


def agents_in_role(role: str, day: date) -> QuerySet[Agent]:
    """This function will give the agents who hold this role, anywhere, on `day`."""
    return agents_in_roles((role,), day)


def agents_in_roles(roles: Iterable[str], day: date) -> QuerySet[Agent]:
    """This function will give the agents who hold one of these roles, anywhere, on `day`."""
    held = posts_on(day).filter(role__in=list(roles))
    return Agent.objects.filter(is_active=True, posts__in=held).distinct()
