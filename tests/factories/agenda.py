"""Rooms, hours, appointments and arrivals: each made through the services."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.models import Appointment, Arrival, MeetingRoom, Permanence
from beffroi.acts.agenda.services import Meeting
from beffroi.core.actors import Actor, system_actor
from beffroi.directory.models import Place
from tests.factories.requests import agent, team

#: A Tuesday morning on which nothing special happens: 9.30 in Brussels.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
_numbers = count(1)


def later(hours: float = 1) -> datetime:
    """This function will give a moment after 9.30 that Tuesday, in hours."""
    return NOW + timedelta(hours=hours)


def room(desk: str = "reception", **more: Any) -> MeetingRoom:
    """A room, received at a desk."""
    team(desk)
    place = Place.objects.get_or_create(key="rue-de-boussu", defaults={"name": "Rue de Boussu"})[0]
    return agenda.add_room(
        name=f"Local {next(_numbers)}", place=place.pk, desk=desk, by=system_actor("tests"),
        at=NOW, **more,
    )  # fmt: skip


def permanence(team_key: str = "aid", weekday: int = 1, **more: Any) -> Permanence:
    """A weekly permanence of a team, on Tuesday from nine to noon unless it is said."""
    team(team_key)
    given = {"from_time": time(9), "until_time": time(12), "since": date(2026, 1, 1)} | more
    given["room"] = given.get("room") or room().pk
    return agenda.add_permanence(
        team=team_key, weekday=weekday, by=system_actor("tests"), at=NOW, **given
    )


def meeting(worker: Actor, hours: float = 24, **more: Any) -> Meeting:
    """What an appointment is made of: tomorrow at 9.30, unless it is said."""
    (team_key,) = worker.teams if "team" not in more else (more.pop("team"),)
    given = {"where": "Bureau 3", "name": "Lucie Baudour", "minutes": 45} | more
    return Meeting(team=team_key, worker=int(worker.ref), starts_at=later(hours), **given)


def appointment(
    worker: Actor, hours: float = 24, *, confirmed: bool = True, at: datetime = NOW, **more: Any
) -> Appointment:
    """An appointment that the worker made herself."""
    return agenda.make_appointment(
        meeting=meeting(worker, hours, **more), by=worker, at=at, confirmed=confirmed
    )


def leader(team_key: str = "aid") -> Actor:
    """Somebody who leads a team."""
    return agent(Role.TEAM_LEADER, team_key)


def reception(team_key: str = "reception") -> Actor:
    """Somebody at the reception desk."""
    return agent(Role.RECEPTION, team_key)


def announced(by: Actor, team_key: str = "aid", at: datetime = NOW, **more: Any) -> Arrival:
    """Somebody who came without an appointment."""
    (desk,) = by.teams
    team(team_key)
    given = {"name": "Lucie Baudour"} | more
    return agenda.announce(desk=desk, team=team_key, by=by, at=at, **given)
