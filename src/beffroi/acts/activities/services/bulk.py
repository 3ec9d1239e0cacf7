"""Writes at once what was counted elsewhere: a year of paper lists, another system’s export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.activities.enums import Presence, SessionState
from beffroi.acts.activities.models import (
    AnonymousCount,
    Attendance,
    Participant,
    Session,
    SessionCount,
)
from beffroi.acts.activities.permissions import own_teams
from beffroi.acts.activities.services.common import own_activity, trace
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed

_BATCH = 1000


@dataclass(frozen=True)
class HeldSession:
    """A session that was held: when, who was there, how many without a name."""

    starts_at: datetime
    ends_at: datetime
    present: tuple[int, ...] = ()
    anonymous: int = 0
    is_home: bool = False


@dataclass(frozen=True)
class Comer:
    """Somebody who comes, as a list wrote her down."""

    name: str
    is_alias: bool = False
    birth_year: int | None = None
    gender: str = ""


def _must_be_hers(team: str, by: Actor) -> None:
    if by.kind is not ActorKind.SYSTEM and team not in own_teams(by):
        raise NotAllowed(_("Vous n’organisez pas les activités de cette équipe."))


@transaction.atomic
def add_participants(*, team: str, comers: Sequence[Comer], by: Actor, at: datetime) -> list[int]:
    """This function will write down many who come, in their order; their keys.

    Raises: NotAllowed; InvalidInput for one without a name.
    """
    row = accounts.team_by_key(team)
    _must_be_hers(team, by)
    if row is None or not all(one.name.strip() for one in comers):
        raise InvalidInput(_("Écrivez un nom, un prénom ou un surnom."))
    made = Participant.objects.bulk_create(
        [
            Participant(
                team=row, name=one.name.strip()[:120], is_alias=one.is_alias,
                birth_year=one.birth_year, gender=one.gender, since_at=at,
            )
            for one in comers
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    return [one.pk for one in made]


@transaction.atomic
def record_held(
    *, activity: int, held: Sequence[HeldSession], by: Actor, at: datetime
) -> list[int]:
    """This function will write sessions of an activity that were held, counted and closed; their keys.

    Raises: NotAllowed; InvalidInput for a session to come, one that lasts no time, one that stands
    already, or somebody the team does not know.
    """
    found = own_activity(activity, by)
    _must_be_hers(found.team.key, by)
    _must_be_possible(found.pk, found.team_id, held, at)
    sessions = Session.objects.bulk_create(
        [
            Session(
                activity=found, date=timezone.localdate(one.starts_at), starts_at=one.starts_at,
                ends_at=one.ends_at, place_id=found.place_id, is_home=one.is_home,
                room="" if one.is_home else found.room, capacity=found.capacity, state=SessionState.HELD, **_counted(one),
            )
            for one in held
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    _record_presences(sessions, held)
    SessionCount.objects.bulk_create(
        [
            SessionCount(
                session=row, revision=1, at=at, by_ref=by.ref, by_label=by.label, **_row_of(one)
            )
            for row, one in zip(sessions, held, strict=True)
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    _note_last(sessions, held)
    trace("session.record", by=by, at=at, activity=found, detail={"n": len(sessions)})
    return [row.pk for row in sessions]


def _row_of(one: HeldSession) -> dict[str, int]:
    minutes = int((one.ends_at - one.starts_at).total_seconds()) // 60
    return {"named": len(set(one.present)), "anonymous": one.anonymous, "minutes": minutes}


def _counted(one: HeldSession) -> dict[str, int]:
    row = _row_of(one)
    return {
        "named_count": row["named"], "anonymous_count": row["anonymous"],
        "minutes": row["minutes"],
    }  # fmt: skip


def _must_be_possible(activity: int, team: int, held: Sequence[HeldSession], at: datetime) -> None:
    if any(one.ends_at <= one.starts_at or one.starts_at > at for one in held):
        raise InvalidInput(_("Une séance tenue dure un temps, et il est passé."))
    if any(one.anonymous < 0 for one in held):
        raise InvalidInput(_("On ne compte pas moins que personne."))
    starts = [one.starts_at for one in held]
    stands = Session.objects.filter(activity=activity, starts_at__in=starts).exists()
    if stands or len(set(starts)) < len(starts):
        raise InvalidInput(_("Une séance de cette activité commence déjà à ce moment."))
    named = {pk for one in held for pk in one.present}
    if Participant.objects.filter(pk__in=named, team=team).count() < len(named):
        raise InvalidInput(_("Une de ces personnes n’est pas connue de cette équipe."))


def _record_presences(sessions: Sequence[Session], held: Sequence[HeldSession]) -> None:
    rows = [
        Attendance(
            session=row, participant_id=pk, state=Presence.PRESENT, tapped_at=one.starts_at,
            mark=uuid4(),
        )
        for row, one in zip(sessions, held, strict=True)
        for pk in sorted(set(one.present))
    ]  # fmt: skip
    Attendance.objects.bulk_create(rows, batch_size=_BATCH)
    some = zip(sessions, held, strict=True)
    AnonymousCount.objects.bulk_create(
        [AnonymousCount(session=row, count=one.anonymous) for row, one in some if one.anonymous],
        batch_size=_BATCH,
    )


def _note_last(sessions: Sequence[Session], held: Sequence[HeldSession]) -> None:
    last: dict[int, Any] = {}
    for row, one in zip(sessions, held, strict=True):
        for pk in one.present:
            last[pk] = max(row.date, last.get(pk, row.date))
    people = list(Participant.objects.filter(pk__in=last))
    for person in people:
        known = person.last_date
        person.last_date = max(known, last[person.pk]) if known else last[person.pk]
    Participant.objects.bulk_update(people, ["last_date"], batch_size=_BATCH)
