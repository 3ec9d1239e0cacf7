"""A year in the neighbourhood houses: activities, sessions that were held, who came; all invented."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.activities import money_queries, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import CountMode, Enrolment, PayMethod, PriceBasis
from beffroi.acts.activities.services import ActivityDraft, Comer, HeldSession, PlaceDraft
from beffroi.core.actors import Actor, system_actor
from beffroi.core.dates import is_legal_holiday
from beffroi.demo.names import made_up
from beffroi.directory import place_queries

_HOUSE = system_actor("démonstration")
_WEEKS = 46


@dataclass(frozen=True)
class _Kind:
    """An activity as several houses hold it: when, for how many, to what it counts."""

    name: str
    line: str
    action: str
    weekday: int
    start: time
    hours: float
    regulars: int
    anonymous: int
    capacity: int | None = None
    enrolment: str = Enrolment.NONE
    mode: str = CountMode.MIXED
    team: str = "houses"
    purpose: str = ""
    houses: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    #: In euros, for each session or for the whole series.
    price: str = ""
    basis: str = PriceBasis.SESSION
    is_home: bool = False
    #: In weeks.
    every: int = 1


_KINDS = (
    _Kind("École de devoirs", "1", "1.1.06", 1, time(15, 45), 2, 14, 0, 18, Enrolment.SERIES, CountMode.NAMED, purpose="Pour les enfants de l’école primaire : les devoirs, un goûter, un jeu.", houses=(0, 2, 4)),
    _Kind("Atelier cuisine", "12", "4.1.03", 3, time(9, 30), 3, 9, 0, 10, Enrolment.SESSION, purpose="Cuisiner à plusieurs, pour pas cher, et manger ensemble.", houses=(0, 1, 3)),
    _Kind("Thé des aînés", "23", "5.5.01", 0, time(14), 2.5, 12, 3, houses=(1, 3, 5, 6)),
    _Kind("Table ouverte", "26", "5.5.02", 4, time(12), 2, 6, 14, mode=CountMode.ANONYMOUS, houses=(0, 2, 5)),
    _Kind("Espace numérique", "31", "6.4.04", 1, time(9), 3, 5, 1, 6, Enrolment.SESSION, team="digital", purpose="Apprendre à son rythme : courriel, itsme, démarches en ligne. 2 € la séance.", houses=(1,), price="2"),
    _Kind("Espace numérique à domicile", "31", "6.4.04", 2, time(9), 1, 1, 0, mode=CountMode.NAMED, team="digital", purpose="Pour qui ne peut pas se déplacer.", houses=(1,), price="2", is_home=True),
    _Kind("Atelier vélo", "32", "7.3.01", 5, time(10), 3, 3, 5, purpose="Réparer son vélo avec quelqu’un qui sait faire.", houses=(2,)),
    _Kind("Sport du mercredi", "16", "5.1.04", 2, time(14), 2, 10, 2, 16, Enrolment.SERIES, CountMode.NAMED, purpose="Essayer un sport avant de choisir un club.", houses=(3,), price="15", basis=PriceBasis.SERIES),
    _Kind("Excursion du samedi", "15", "5.1.02", 5, time(9), 7, 11, 0, 20, Enrolment.SESSION, CountMode.NAMED, purpose="Un musée, un bois, la mer : en car, avec pique-nique.", houses=(4,), price="3", every=6),
)  # fmt: skip


def load_houses(now: datetime) -> int:
    """This function will write the year of the houses once, and say how many activities it holds."""
    places = list(place_queries.places(houses_only=True)[:7])
    wanted = [
        (kind, place) for kind in _KINDS for n, place in enumerate(places) if n in kind.houses
    ]
    if queries.is_begun() or not places:
        return len(wanted) + 1
    chance = random.Random(11)  # noqa: S311 — nothing here is secret
    today = timezone.localdate(now)
    people = _people(chance, now)
    for kind, place in wanted:
        _play(kind, place, people[kind.team], chance, today, now)
    _saint_nicolas(places[0], today, now)
    return len(wanted) + 1


def _people(chance: random.Random, now: datetime) -> dict[str, list[int]]:
    """Some hundreds who come: a few under a nickname, most without a year of birth."""
    first = _moment(timezone.localdate(now) - timedelta(weeks=_WEEKS), time(9))
    comers = []
    for one in made_up(320, seed=17):
        named = chance.random() < 0.8
        name = f"{one.first_name} {one.last_name}" if named else one.first_name
        year = one.birth_date.year if chance.random() < 0.4 else None
        comers.append(Comer(name, not named, year, one.gender if named else ""))
    return {
        team: activities.add_participants(team=team, comers=part, by=_HOUSE, at=first)
        for team, part in (("houses", comers[:280]), ("digital", comers[280:]))
    }


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _play(
    kind: _Kind, place: Any, people: list[int], chance: random.Random, today: date, now: datetime
) -> None:
    """The activity, what was held, what is to come, and who asked for a place."""
    begins = today - timedelta(weeks=_WEEKS)
    draft = ActivityDraft(
        name=kind.name, place=place.pk, starts_on=begins, purpose=kind.purpose,
        count_mode=kind.mode, capacity=kind.capacity, enrolment=kind.enrolment,
        is_public=kind.enrolment != Enrolment.NONE, lines=(kind.line,), actions=(kind.action,),
    )  # fmt: skip
    made = activities.create_activity(
        draft=draft, team=kind.team, by=_HOUSE, at=_moment(begins, time(8))
    )
    if kind.price:
        activities.set_price(
            activity=made.pk, basis=kind.basis, amount=Decimal(kind.price), since=begins, by=_HOUSE,
            at=_moment(begins, time(8)),
        )  # fmt: skip
    regulars = chance.sample(people, min(len(people), kind.regulars * 3))
    held = list(_held(kind, regulars, chance, begins, today))
    activities.record_held(activity=made.pk, held=held, by=_HOUSE, at=now)
    if kind.price and kind.basis == PriceBasis.SESSION:
        _pay(made, held[-2:], kind.team)
    _plan(made, kind, begins, today, now)
    if kind.enrolment != Enrolment.NONE:
        _enrol(made, kind, chance, now)


def _plan(made: Any, kind: _Kind, begins: date, today: date, now: datetime) -> None:
    """The weekly moment with its sessions to come, or the next one of what is not weekly."""
    ends = (datetime.combine(today, kind.start) + timedelta(hours=kind.hours)).time()
    if kind.every > 1:
        day = today + timedelta(days=7 + (kind.weekday - today.weekday()) % 7)
        activities.add_session(
            activity=made.pk, starts_at=_moment(day, kind.start), ends_at=_moment(day, ends),
            by=_HOUSE, at=now,
        )  # fmt: skip
        return
    activities.add_slot(
        activity=made.pk, weekday=kind.weekday, from_time=kind.start, until_time=ends,
        since=begins, by=_HOUSE, at=_moment(begins, time(8)),
    )  # fmt: skip
    activities.write_sessions(
        activity=made.pk, since=today, until=today + timedelta(weeks=6), by=_HOUSE, at=now
    )


def _saint_nicolas(place: Any, today: date, now: datetime) -> None:
    """An afternoon for the children of the quarter: counted without a name, once a year."""
    year = today.year if (today.month, today.day) < (12, 6) else today.year + 1
    day = date(year, 12, 6)
    draft = ActivityDraft(
        name="Saint-Nicolas", place=place.pk, starts_on=today, count_mode=CountMode.ANONYMOUS,
        purpose="Une après-midi pour les enfants du quartier ; rien n’est demandé à personne.",
        lines=("21",), actions=("5.4.01",),
    )  # fmt: skip
    made = activities.create_activity(draft=draft, team="houses", by=_HOUSE, at=now)
    activities.add_session(
        activity=made.pk, starts_at=_moment(day, time(14)), ends_at=_moment(day, time(17)),
        by=_HOUSE, at=now,
    )  # fmt: skip


def _held(
    kind: _Kind, regulars: list[int], chance: random.Random, begins: date, today: date
) -> Iterable[HeldSession]:
    day = begins + timedelta(days=(kind.weekday - begins.weekday()) % 7)
    while day < today:
        summer = day.month in (7, 8) and kind.enrolment == Enrolment.SERIES
        if not is_legal_holiday(day) and not summer and chance.random() > 0.04:
            starts = _moment(day, kind.start)
            count = min(len(regulars), max(0, kind.regulars + chance.randint(-4, 3)))
            named = () if kind.mode == CountMode.ANONYMOUS else chance.sample(regulars, count)
            some = max(0, kind.anonymous + chance.randint(-3, 4)) if kind.anonymous else 0
            ends = starts + timedelta(hours=kind.hours)
            yield HeldSession(starts, ends, tuple(named), some, kind.is_home)
        day += timedelta(days=7 * kind.every)


def _pay(made: Any, held: list[HeldSession], team: str) -> None:
    """What the last sessions cost was paid, and the cash of each day counted but for the last."""
    sessions = {one.starts_at: one.pk for one in queries.sessions_held(made.pk)}
    for rank, one in enumerate(held):
        for n, who in enumerate(one.present):
            activities.charge(
                mark=UUID(int=made.pk * 10**9 + rank * 10**6 + n), participant=who,
                session=sessions[one.starts_at], by=_HOUSE, at=one.ends_at,
                method="" if n % 7 == 6 else PayMethod.CARD if n % 3 == 2 else PayMethod.CASH,
            )  # fmt: skip
        day = timezone.localdate(one.ends_at)
        if rank + 1 < len(held):
            expected = money_queries.cash_of(team, made.place_id, day)
            activities.close_cash(
                team=team, place=made.place_id, day=day, counted=expected, by=_HOUSE,
                at=one.ends_at,
            )  # fmt: skip


def _enrol(made: Any, kind: _Kind, chance: random.Random, now: datetime) -> None:
    """Some ask for a place: by name, by nickname, or by nothing at all."""
    by: Actor = accounts.actor_named(
        "animateur", timezone.localdate(now)
    ) if accounts.is_known("animateur") else _HOUSE  # fmt: skip
    session = None
    if kind.enrolment == Enrolment.SESSION:
        coming = queries.sessions_to_come(made.pk, now, 1)
        session = coming[0].pk if coming else None
        if session is None:
            return
    names = [one.first_name for one in made_up((kind.capacity or 6) + 3, seed=made.pk)]
    for rank, name in enumerate(names):
        activities.register(
            activity=made.pk, session=session, nonce=f"demo-{made.pk}-{rank}", by=by,
            at=now - timedelta(hours=len(names) - rank),
            draft=PlaceDraft(name="" if chance.random() < 0.15 else name),
        )  # fmt: skip
