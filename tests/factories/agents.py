"""Agents with one post, as the desk meets them."""

from datetime import date
from itertools import count
from typing import Any

from beffroi.accounts import queries, services
from beffroi.accounts.enums import CASE_ROLES
from beffroi.accounts.models import Agent, Team
from beffroi.core.actors import Actor

PASSWORD = "un bon mot de passe"
SINCE = date(2020, 1, 1)
_numbers = count(1)


def team(key: str = "general_aid") -> Team:
    """This function will give the team with this key, made when it is not there."""
    return Team.objects.get_or_create(key=key, defaults={"name": f"Équipe {key}"})[0]


def agent(role: str = "social_worker", *teams: str, **more: Any) -> Agent:
    """This function will give an agent with this role in each team, or in the whole house."""
    if not teams and role in CASE_ROLES:
        teams = ("general_aid",)
    for key in teams:
        team(key)
    username = more.pop("username", f"agent{next(_numbers)}")
    return services.add_agent(
        username=username, first_name=more.pop("first_name", "Claire"),
        last_name=more.pop("last_name", username.capitalize()), email=f"{username}@exemple.test",
        password=PASSWORD, posts=[(role, key) for key in teams] or [(role, "")], since=SINCE,
    )  # fmt: skip


def actor(who: Agent) -> Actor:
    """This function will give the agent as services take her."""
    return queries.actor_for(who, date(2026, 11, 24))
