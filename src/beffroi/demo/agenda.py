"""A plausible day at reception, around the hour it is: rooms, hours, permanences, who waits.

Everything goes through the services, at the hour it would have happened. People are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import planning_queries, queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AbsenceKind, NextStep, Purpose
from beffroi.acts.agenda.services import Meeting, NotFree
from beffroi.core.actors import Actor, system_actor
from beffroi.core.dates import is_working_day
from beffroi.core.errors import InvalidInput
from beffroi.directory import place_queries

_HOUSE = system_actor("démonstration")
#: Name, seats, accessible.
_ROOMS = (("Bureau 1", 3, True), ("Bureau 2", 3, False), ("Salle des familles", 8, True))
#: Who works when: agent, team, weekdays, hours.
_HOURS = (
    ("assistante", (0, 1, 2, 3, 4), ((time(8, 30), time(12)), (time(13), time(16, 30)))),
    ("mediatrice-dettes", (0, 1, 3), ((time(9), time(12, 30)), (time(13, 30), time(17)))),
    ("accueil", (0, 1, 2, 3, 4), ((time(8), time(12)), (time(12, 45), time(16)))),
)
#: Team, weekday, hours, which room.
_PERMANENCES = (
    ("general_aid", 0, time(8, 30), time(10), 0), ("general_aid", 3, time(14), time(15, 30), 0),
    ("health_aid", 1, time(9), time(10), 1), ("health_aid", 4, time(9), time(10), 1),
    ("debts", 1, time(9, 30), time(11), 2),
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """An appointment, in hours from now, rounded to the next half hour."""

    hours: float
    agent: str
    team: str
    name: str
    purpose: Purpose
    room: int | None = 0
    where: str = ""
    confirmed: bool = True
    then: str = ""
    to_prepare: str = ""
    interpreter: str = ""
    phone: str = ""


_DAY = (
    Planned(-49, "assistante", "general_aid", "Jeanne Delvaux", Purpose.FOLLOW_UP, then="missed"),
    Planned(-26, "assistante", "general_aid", "Rachid Amrani", Purpose.DOCUMENTS, then="kept"),
    Planned(-2, "assistante", "general_aid", "Lina Haddad", Purpose.FIRST_MEETING, then="received", to_prepare="Calcul du revenu avec la fin du contrat d’intérim"),
    Planned(0.25, "assistante", "general_aid", "Mireille Stockman", Purpose.SIGNATURE, room=1, then="waits", to_prepare="Projet individualisé à signer, deux exemplaires"),
    Planned(1.5, "assistante", "health_aid", "Yusuf Aydin", Purpose.DOCUMENTS, room=1, interpreter="turc", phone="0470 00 12 03"),
    Planned(3, "assistante", "general_aid", "Paulette Druart", Purpose.HOME_VISIT, room=None, where="Chez elle, à Cuesmes"),
    Planned(0.5, "mediatrice-dettes", "debts", "Chantal Goffin", Purpose.FIRST_MEETING, room=2, then="waits", to_prepare="Inventaire des quatre crédits"),
    Planned(48, "mediatrice-dettes", "debts", "Famille Peeters", Purpose.FOLLOW_UP, room=2, confirmed=False, phone="0470 00 12 05"),
    Planned(50, "assistante", "general_aid", "Marc Dufrasne", Purpose.FIRST_MEETING, confirmed=False),
    Planned(75, "assistante", "general_aid", "Ilse De Smedt", Purpose.FOLLOW_UP, room=1),
)  # fmt: skip


def load_agenda(now: datetime) -> int:
    """This function will play the day once, and say how many appointments it plans."""
    if not queries.is_begun():
        rooms = _rooms(now)
        _hours(now)
        _permanences(now, rooms)
        for planned in _DAY:
            _play(planned, now, rooms)
        _walk_ins(now)
    return len(_DAY)


def _actor(username: str, now: datetime) -> Actor:
    return accounts.actor_named(username, timezone.localdate(now))


def _rooms(now: datetime) -> list[int]:
    place = place_queries.places().filter(is_house=False).first() or place_queries.places()[0]
    return [
        agenda.add_room(
            name=name, place=place.pk, desk="reception", capacity=seats, is_accessible=accessible,
            by=_HOUSE, at=now,
        ).pk
        for name, seats, accessible in _ROOMS
    ]  # fmt: skip


def _hours(now: datetime) -> None:
    since = timezone.localdate(now) - timedelta(days=180)
    for username, weekdays, spans in _HOURS:
        worker = int(_actor(username, now).ref)
        for weekday in weekdays:
            for start, end in spans:
                agenda.add_hours(
                    worker=worker, weekday=weekday, from_time=start, until_time=end, since=since,
                    by=_HOUSE, at=now,
                )  # fmt: skip


def _permanences(now: datetime, rooms: list[int]) -> None:
    today = timezone.localdate(now)
    for team, weekday, start, end, room in _PERMANENCES:
        posted = agenda.add_permanence(
            team=team, room=rooms[room], weekday=weekday, from_time=start, until_time=end,
            since=today - timedelta(days=180), by=_HOUSE, at=now,
        )  # fmt: skip
        username = "mediatrice-dettes" if team == "debts" else "assistante"
        day = _next(today + timedelta(days=7), weekday)
        agenda.give_duty(
            permanence=posted.pk, day=day, worker=int(_actor(username, now).ref), by=_HOUSE, at=now
        )


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _moment(now: datetime, hours: float) -> datetime:
    """Today, by the quarter of an hour; another day, a working day, at ten or at two."""
    at = timezone.localtime(now + timedelta(hours=hours)).replace(second=0, microsecond=0)
    if abs(hours) < 24:
        return at + timedelta(minutes=-at.minute % 15)
    day = at.date()
    while not is_working_day(day) or day == timezone.localdate(now):
        day += timedelta(days=1 if hours > 0 else -1)
    return planning_queries.moment(day, time(14 if hours % 2 else 10))


def _play(planned: Planned, now: datetime, rooms: list[int]) -> None:
    """Makes the appointment the day before, then does what happened since."""
    by, starts_at = _actor(planned.agent, now), _moment(now, planned.hours)
    meeting = Meeting(
        team=planned.team, worker=int(by.ref), starts_at=starts_at, minutes=30,
        purpose=planned.purpose, room=None if planned.room is None else rooms[planned.room],
        where=planned.where, name=planned.name, phone=planned.phone,
        interpreter=planned.interpreter, to_prepare=planned.to_prepare,
    )  # fmt: skip
    made_at = min(now, starts_at) - timedelta(days=2)
    made = _make(meeting, planned.confirmed, by, made_at, now)
    if made is None:
        return
    given: dict[str, Any] = {"reference": made, "by": by, "at": starts_at + timedelta(minutes=40)}
    if planned.then == "missed":
        agenda.miss(next_step=NextStep.CALL, **given)
    elif planned.then == "kept":
        agenda.keep(**given)
    elif planned.then in ("waits", "received"):
        _arrive(made, planned.then, by, now)


def _make(
    meeting: Meeting, confirmed: bool, by: Actor, made_at: datetime, now: datetime
) -> str | None:
    """The demo plays at any hour of any day: outside hours, the worker is there besides."""
    day = planning_queries.Period(meeting.starts_at, meeting.ends_at)
    if not planning_queries.is_there(meeting.worker, day):
        agenda.add_absence(
            worker=meeting.worker, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
            kind=AbsenceKind.THERE, by=_HOUSE, at=now,
        )  # fmt: skip
    try:
        return agenda.make_appointment(
            meeting=meeting, by=by, at=made_at, confirmed=confirmed
        ).reference
    except (NotFree, InvalidInput):
        return None


def _arrive(reference: str, then: str, by: Actor, now: datetime) -> None:
    desk = _actor("accueil", now)
    at = now - timedelta(minutes=12 if then == "waits" else 110)
    try:
        arrival = agenda.announce_expected(reference=reference, desk="reception", by=desk, at=at)
    except agenda.NotExpected:  # just before midnight, today’s next hour is tomorrow
        return
    if then == "received":
        agenda.call(arrival=arrival.pk, by=by, at=at + timedelta(minutes=5))
        agenda.receive(arrival=arrival.pk, by=by, at=at + timedelta(minutes=7))
        agenda.finish(arrival=arrival.pk, by=by, at=at + timedelta(minutes=45))


def _walk_ins(now: datetime) -> None:
    desk = _actor("accueil", now)
    given: dict[str, Any] = {"desk": "reception", "by": desk}
    agenda.announce(
        team="general_aid", name="Amadou Diallo", at=now - timedelta(minutes=34), **given
    )
    first = agenda.announce(
        team="general_aid", name="Une dame avec un bébé", priority_reason="Un nourrisson qui a froid",
        at=now - timedelta(minutes=9), **given,
    )  # fmt: skip
    agenda.announce(
        team="health_aid", name="Svetlana", interpreter="ukrainien",
        at=now - timedelta(minutes=21), **given,
    )  # fmt: skip
    worker = _actor("assistante", now)
    agenda.call(arrival=first.pk, by=worker, at=now - timedelta(minutes=1))
