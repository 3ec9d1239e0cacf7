"""Agents of every role, services and facts, for the tests of the editor's desk."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent, Post, Team
from beffroi.core.actors import Actor
from beffroi.directory.enums import FactKind, FactState, ServiceStatus
from beffroi.directory.models import Contradiction, Fact, Organisation, Place, Service, Source

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_numbers = count(1)


def agent(role: str, team: str = "", **more: Any) -> Agent:
    """An agent who holds one post since long ago."""
    number = next(_numbers)
    row = Agent.objects.create_user(
        username=f"agent{number}", password="long-enough-secret", first_name="Agent",
        last_name=f"Numéro{number}", email=f"agent{number}@example.test", **more,
    )  # fmt: skip
    held = Team.objects.get_or_create(key=team, defaults={"name": team})[0] if team else None
    Post.objects.create(agent=row, role=role, team=held, since_date=date(2020, 1, 1))
    return row


def actor(role: str, team: str = "") -> Actor:
    return accounts.actor_for(agent(role, team), TODAY)


def editor() -> Actor:
    return actor(Role.EDITOR)


def source(key: str = "brochure") -> Source:
    return Source.objects.get_or_create(key=key, defaults={"title": f"Source {key}"})[0]


def service(key: str = "", **more: Any) -> Service:
    key = key or f"service-{next(_numbers)}"
    owner = Organisation.objects.get_or_create(key="cpas", defaults={"name": "CPAS de Mons"})[0]
    values = {"name": f"Service {key}", "status": ServiceStatus.RUNNING, "modified_at": NOW}
    return Service.objects.create(key=key, organisation=owner, **(values | more))


def place(key: str = "", **more: Any) -> Place:
    key = key or f"place-{next(_numbers)}"
    return Place.objects.create(key=key, **({"name": f"Lieu {key}"} | more))


def fact(
    about: Service | Place, kind: str = FactKind.PHONE, text: str = "065 35 41 29", **more: Any
) -> Fact:
    more = {"source": source(), "state": FactState.STATED} | more
    return Fact.objects.create(
        kind=kind, text=text, **{type(about).__name__.lower(): about}, **more
    )


def contradiction(*facts: Fact, code: str = "T01", **more: Any) -> Contradiction:
    row = Contradiction.objects.create(code=code, topic="Deux adresses", **more)
    Fact.objects.filter(pk__in=[f.pk for f in facts]).update(
        contradiction=row, state=FactState.DISPUTED
    )
    return row
