"""Every write of who signs in and which posts she holds."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from beffroi.accounts.managing import (
    create_agent,
    deactivate_agent,
    edit_team,
    end_post,
    give_post,
    reactivate_agent,
    reset_password,
    reset_second_factor,
)
from beffroi.accounts.models import Agent, Post, Team

__all__ = [
    "add_agent",
    "create_agent",
    "deactivate_agent",
    "edit_team",
    "end_post",
    "give_post",
    "load_teams",
    "reactivate_agent",
    "reset_password",
    "reset_second_factor",
]

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load_teams() -> int:
    """This function will add the teams that come with the house and say how many there are.

    Run again, it adds what is new and touches no team that an administrator changed.
    """
    names = yaml.safe_load((DATA / "teams.yaml").read_text(encoding="utf-8"))
    for key, name in names.items():
        Team.objects.get_or_create(key=key, defaults={"name": name})
    return Team.objects.count()


@transaction.atomic
def add_agent(
    *,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    password: str,
    posts: Iterable[tuple[str, str]],
    since: date,
) -> Agent:
    """This function will add an agent with her posts, each a role and a team (or none)."""
    agent = Agent(username=username, first_name=first_name, last_name=last_name, email=email)
    agent.set_password(password)
    agent.save(force_insert=True)
    for role, team in posts:
        row = Team.objects.get(key=team) if team else None
        Post.objects.create(agent=agent, role=role, team=row, since_date=since)
    return agent
