"""Every write of who signs in and which posts she holds."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

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
from beffroi.accounts.queries import actor_for
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import system_actor

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


@transaction.atomic
def note_sign_in(*, agent: Agent, at: datetime) -> None:
    """This function will journal that the agent signed in."""
    audit.record(
        by=actor_for(agent, timezone.localdate(at)), kind=ActKind.SIGN_IN, verb="sign_in.done",
        object_kind="agent", object_ref=str(agent.pk), at=at,
    )  # fmt: skip


@transaction.atomic
def note_failed_sign_in(*, username: str, locked: bool, at: datetime) -> None:
    """This function will journal a wrong password for an agent we know, and whether it locked.

    What was typed for somebody unknown is kept nowhere: it may be a password in the wrong field.
    """
    agent = Agent.objects.filter(username=username).first()
    if agent is None:
        return
    verb = "sign_in.locked" if locked else "sign_in.failed"
    audit.record(
        by=system_actor("connexion"), kind=ActKind.SIGN_IN, verb=verb, object_kind="agent",
        object_ref=str(agent.pk), at=at, detail={"agent": str(agent)},
    )  # fmt: skip
