"""A year of a town in one go, for measures: sessions, presences and people nobody would type.

Everything is written by the service that takes lists counted on paper.
"""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.services import ActivityDraft, Comer, HeldSession
from beffroi.core.actors import Actor
from beffroi.directory import place_queries

_TEAM = "houses"
_LINES = 32
_A_TIME = 2_000


def fill(
    *, sessions: int, presences: int, people: int, activities_count: int, year: int, by: Actor,
    at: datetime, seed: int = 3,
) -> list[str]:  # fmt: skip
    """This function will write so many held sessions over a year, and give the lines they count to."""
    chance = random.Random(seed)  # noqa: S311 — nothing here is secret
    places = [place.pk for place in place_queries.places(houses_only=True)[:7]]
    known = activities.add_participants(
        team=_TEAM, comers=[Comer(f"Personne {n}") for n in range(people)], by=by, at=at
    )
    lines = [str(n + 1) for n in range(_LINES)]
    per_session, per_activity = presences // sessions, sessions // activities_count
    for rank in range(activities_count):
        draft = ActivityDraft(
            name=f"Activité {rank}", place=places[rank % len(places)], starts_on=date(year, 1, 1),
            lines=(lines[rank % _LINES],),
        )  # fmt: skip
        made = activities.create_activity(draft=draft, team=_TEAM, by=by, at=at)
        regulars = chance.sample(known, min(len(known), per_session * 12))
        held = [
            _held(_starts(year, n), chance.sample(regulars, per_session), n % 9)
            for n in range(per_activity)
        ]
        for first in range(0, len(held), _A_TIME):
            activities.record_held(
                activity=made.pk, held=held[first : first + _A_TIME], by=by, at=at
            )
    return lines


def _starts(year: int, rank: int) -> datetime:
    """Each day of the year in turn, then the next hour of each."""
    day = date(year, 1, 1) + timedelta(days=rank % 365)
    return timezone.make_aware(datetime.combine(day, time(6 + rank // 365 % 17)))


def _held(starts: datetime, present: list[int], anonymous: int) -> Any:
    return HeldSession(starts, starts + timedelta(minutes=90), tuple(present), anonymous)
