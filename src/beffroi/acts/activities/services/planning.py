"""Sets activities up: what they are, when they are every week, and the sessions that follow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.activities.enums import CountMode, Enrolment, SessionState
from beffroi.acts.activities.models import Activity, Session, Slot
from beffroi.acts.activities.permissions import can_set_up
from beffroi.acts.activities.services.common import (
    moment,
    move_session,
    must_say,
    own_activity,
    own_session,
    trace,
)
from beffroi.core.actors import Actor
from beffroi.core.counting import count_to
from beffroi.core.dates import is_legal_holiday
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.directory import place_queries

#: Sessions are written at most this far ahead.
FARTHEST = timedelta(days=400)


@dataclass(frozen=True)
class ActivityDraft:
    """What an activity is, as it is written or changed."""

    name: str
    place: UUID
    starts_on: date
    purpose: str = ""
    room: str = ""
    count_mode: str = CountMode.MIXED
    capacity: int | None = None
    ends_on: date | None = None
    enrolment: str = Enrolment.NONE
    is_public: bool = False
    offer_hours: int = 12
    #: Actions of the catalogue and lines of the plan, as their numbers are written there.
    actions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass
class Written:
    """The sessions that were written, and the days that were passed over, with why."""

    sessions: int = 0
    passed: list[tuple[date, str]] = field(default_factory=list)


def _checked(draft: ActivityDraft) -> dict[str, Any]:
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = _("Donnez un nom à l’activité.")
    if draft.ends_on and draft.ends_on < draft.starts_on:
        wrong["ends_on"] = _("La fin vient avant le début.")
    if not place_queries.places().filter(pk=draft.place).exists():
        wrong["place"] = _("Choisissez un lieu de l’annuaire.")
    if draft.capacity is not None and draft.capacity < 1:
        wrong["capacity"] = _("Comptez au moins une place, ou laissez vide.")
    if not 1 <= draft.offer_hours <= 336:
        wrong["offer_hours"] = _("Laissez entre une heure et deux semaines pour répondre.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    return {
        "name": draft.name.strip()[:120], "purpose": draft.purpose.strip(),
        "place_id": draft.place, "room": draft.room.strip()[:80], "count_mode": draft.count_mode,
        "capacity": draft.capacity, "starts_on": draft.starts_on, "ends_on": draft.ends_on,
        "enrolment": draft.enrolment, "is_public": draft.is_public,
        "offer_hours": draft.offer_hours,
    }  # fmt: skip


@transaction.atomic
def create_activity(*, draft: ActivityDraft, team: str, by: Actor, at: datetime) -> Activity:
    """This function will write an activity of a team and say to what it counts.

    Raises: NotAllowed; InvalidInput.
    """
    if not can_set_up(by, team):
        raise NotAllowed(_("Vous n’organisez pas les activités de cette équipe."))
    row = accounts.team_by_key(team)
    if row is None:
        words = _("Choisissez l’équipe qui organise.")
        raise InvalidInput(words, fields={"team": words})
    made = Activity.objects.create(team=row, made_at=at, made_by=by.label, **_checked(draft))
    count_to(made.keys, lines=draft.lines, actions=draft.actions, since=draft.starts_on)
    trace("activity.create", by=by, at=at, activity=made)
    return made


@transaction.atomic
def change_activity(*, activity: int, draft: ActivityDraft, by: Actor, at: datetime) -> Activity:
    """This function will change what an activity is; sessions to come follow its place and room.

    What it counts to changes from today on: what was counted before stays where it was.
    Raises: NotAllowed; InvalidInput.
    """
    found, today = own_activity(activity, by), timezone.localdate(at)
    Activity.objects.filter(pk=found.pk).update(**_checked(draft))
    found.refresh_from_db()
    count_to(found.keys, lines=draft.lines, actions=draft.actions, since=today)
    ahead = Session.objects.filter(
        activity=found, state=SessionState.PLANNED, date__gte=today, slot__isnull=False
    )
    ahead.update(place_id=draft.place, room=found.room)
    trace("activity.change", by=by, at=at, activity=found)
    return found


@transaction.atomic
def end_activity(*, activity: int, on: date, by: Actor, at: datetime) -> Activity:
    """This function will end an activity on a day; what was planned after it is taken away.

    Raises: NotAllowed; InvalidInput.
    """
    found = own_activity(activity, by)
    if on < found.starts_on:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"on": words})
    Activity.objects.filter(pk=found.pk).update(ends_on=on)
    _untouched(found, on).delete()
    trace("activity.end", by=by, at=at, activity=found)
    found.refresh_from_db()
    return found


def _untouched(activity: Activity, after: date) -> Any:
    """Planned sessions after a day on which nobody tapped anything and to which nobody is bound."""
    rows = Session.objects.filter(activity=activity, state=SessionState.PLANNED, date__gt=after)
    return rows.filter(taps__isnull=True, registrations__isnull=True)


@transaction.atomic
def add_slot(
    *, activity: int, weekday: int, from_time: time, until_time: time, since: date, by: Actor,
    at: datetime, until: date | None = None,
) -> Slot:  # fmt: skip
    """This function will add a weekly moment to the series of an activity.

    Raises: NotAllowed; InvalidInput.
    """
    found = own_activity(activity, by)
    if until_time <= from_time:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"until_time": words})
    if until is not None and until < since:
        words = _("Le dernier jour vient avant le premier.")
        raise InvalidInput(words, fields={"until": words})
    made = Slot.objects.create(
        activity=found, weekday=weekday, from_time=from_time, until_time=until_time,
        since_date=since, until_date=until,
    )  # fmt: skip
    trace("activity.add_slot", by=by, at=at, activity=found, detail={"slot": str(made)})
    return made


@transaction.atomic
def end_slot(*, slot: int, on: date, by: Actor, at: datetime) -> None:
    """This function will end a weekly moment on a day; its planned sessions after it go.

    Raises: NotAllowed.
    """
    row = Slot.objects.filter(pk=slot).first()
    if row is None:
        raise NotAllowed(_("Ce moment de la semaine n’existe plus."))
    found = own_activity(row.activity_id, by)
    last = max(on, row.since_date)
    Slot.objects.filter(pk=row.pk).update(until_date=last)
    _untouched(found, last).filter(slot=row).delete()
    trace("activity.end_slot", by=by, at=at, activity=found, detail={"slot": str(row)})


@transaction.atomic
def write_sessions(*, activity: int, since: date, until: date, by: Actor, at: datetime) -> Written:
    """This function will write the sessions of the series from a day to a day, both included.

    Legal holidays and the days its place is closed are passed over, and said. A session that is
    there already, cancelled too, is left as it is. Raises: NotAllowed; InvalidInput.
    """
    found = own_activity(activity, by)
    if until < since or until - since > FARTHEST:
        words = _("Choisissez une période d’un an au plus.")
        raise InvalidInput(words, fields={"until": words})
    written, shut = Written(), _shut(found.place_id, since, until)
    rows: dict[datetime, Session] = {}
    for slot in found.slots.all():
        for day in _days_of(slot, found, since, until):
            if why := shut.get(day) or _holiday(day):
                written.passed.append((day, why))
                continue
            starts = moment(day, slot.from_time)
            rows.setdefault(
                starts, _session(found, day, starts, moment(day, slot.until_time), slot)
            )
    written.sessions = _keep(found, rows)
    written.passed = sorted(set(written.passed))
    trace("activity.write_sessions", by=by, at=at, activity=found, detail={"n": written.sessions})
    return written


def _keep(activity: Activity, rows: dict[datetime, Session]) -> int:
    """Adds the sessions that do not stand yet; the row of the activity is held."""
    known = set(
        Session.objects.filter(activity=activity, starts_at__in=list(rows)).values_list(
            "starts_at", flat=True
        )
    )
    fresh = [row for starts, row in rows.items() if starts not in known]
    Session.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _session(
    activity: Activity, day: date, starts_at: datetime, ends_at: datetime, slot: Slot | None
) -> Session:
    return Session(
        activity=activity, slot=slot, date=day, starts_at=starts_at, ends_at=ends_at,
        place_id=activity.place_id, room=activity.room, capacity=activity.capacity,
    )  # fmt: skip


def _days_of(slot: Slot, activity: Activity, since: date, until: date) -> Iterable[date]:
    first = max(since, slot.since_date, activity.starts_on)
    last = min(until, slot.until_date or until, activity.ends_on or until)
    day = first + timedelta(days=(slot.weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _holiday(day: date) -> str:
    return _("jour férié") if is_legal_holiday(day) else ""


def _shut(place: UUID, since: date, until: date) -> dict[date, str]:
    found: dict[date, str] = {}
    for closing in place_queries.closings_between(place, since, until):
        day = max(since, closing.from_date)
        while day <= min(until, closing.until_date):
            found.setdefault(day, closing.reason)
            day += timedelta(days=1)
    return found


@transaction.atomic
def add_session(
    *, activity: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime,
    capacity: int | None = None, room: str = "", is_home: bool = False,
) -> Session:  # fmt: skip
    """This function will write one session outside the series, on any day; `is_home`, at somebody’s.

    Raises: NotAllowed; InvalidInput.
    """
    found = own_activity(activity, by)
    if ends_at <= starts_at:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"ends_at": words})
    if Session.objects.filter(activity=found, starts_at=starts_at).exists():
        words = _("Une séance de cette activité commence déjà à ce moment.")
        raise InvalidInput(words, fields={"starts_at": words})
    row = _session(found, timezone.localdate(starts_at), starts_at, ends_at, None)
    row.capacity, row.room = capacity or found.capacity, room.strip()[:80] or found.room
    if is_home:
        row.is_home, row.room, row.capacity = True, "", None
    row.save()
    trace("session.add", by=by, at=at, activity=found, session=row)
    return row


@transaction.atomic
def copy_week(*, team: str, monday: date, by: Actor, at: datetime) -> Written:
    """This function will write in the week of `monday` what a team did the week before.

    A session that stands already is left; a holiday, a closed place and an activity that has ended
    are passed over, and said. Raises: NotAllowed.
    """
    if not can_set_up(by, team):
        raise NotAllowed(_("Vous n’organisez pas les activités de cette équipe."))
    week, written = timedelta(days=7), Written()
    monday -= timedelta(days=monday.weekday())
    before = (
        Session.objects.filter(activity__team__key=team, date__gte=monday - week, date__lt=monday)
        .exclude(state=SessionState.CANCELLED)
        .select_related("activity__team")
    )
    for row in before:
        day = row.date + week
        shut = _shut(row.place_id, day, day).get(day) or _holiday(day)
        if row.activity.ends_on and row.activity.ends_on < day:
            shut = _("l’activité a pris fin")
        if shut:
            written.passed.append((day, shut))
            continue
        starts, ends = (timezone.localtime(one).time() for one in (row.starts_at, row.ends_at))
        copy = _session(row.activity, day, moment(day, starts), moment(day, ends), row.slot)
        copy.place_id, copy.room, copy.capacity = row.place_id, row.room, row.capacity
        own_activity(row.activity_id, by)
        written.sessions += _keep(row.activity, {copy.starts_at: copy})
    written.passed = sorted(set(written.passed))
    _trace_copy(team, monday, written, by, at)
    return written


def _trace_copy(team: str, monday: date, written: Written, by: Actor, at: datetime) -> None:
    from beffroi.audit import services as audit
    from beffroi.audit.enums import ActKind

    audit.record(
        by=by.as_of_team(team), kind=ActKind.WRITE, verb="activity.copy_week",
        object_kind="team", object_ref=team, at=at,
        detail={"monday": monday.isoformat(), "n": written.sessions},
    )  # fmt: skip


@transaction.atomic
def cancel_session(*, session: int, why: str, by: Actor, at: datetime) -> Session:
    """This function will cancel a session that was not held; those who look at it read why.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    said = must_say(why, _("Dites pourquoi la séance n’a pas lieu."))
    found = own_session(session, by)
    move_session(found, "cancel", cancel_reason=said[:200])
    trace("session.cancel", by=by, at=at, activity=found.activity, session=found)
    return found


@transaction.atomic
def restore_session(*, session: int, by: Actor, at: datetime) -> Session:
    """This function will plan a cancelled session again. Raises: NotAllowed; AlreadyMoved."""
    found = own_session(session, by)
    move_session(found, "restore", cancel_reason="")
    trace("session.restore", by=by, at=at, activity=found.activity, session=found)
    return found


@transaction.atomic
def move_times(
    *, session: int, starts_at: datetime, ends_at: datetime, room: str, by: Actor, at: datetime
) -> Session:
    """This function will change when and where a planned session is.

    Raises: NotAllowed; InvalidInput.
    """
    found = own_session(session, by)
    if ends_at <= starts_at:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"ends_at": words})
    same = Session.objects.filter(activity=found.activity_id, starts_at=starts_at)
    if same.exclude(pk=found.pk).exists():
        words = _("Une séance de cette activité commence déjà à ce moment.")
        raise InvalidInput(words, fields={"starts_at": words})
    rows = Session.objects.filter(pk=found.pk, state=SessionState.PLANNED)
    changed = rows.update(
        starts_at=starts_at, ends_at=ends_at, date=timezone.localdate(starts_at),
        room=room.strip()[:80],
    )  # fmt: skip
    if not changed:
        words = _("Cette séance n’est plus prévue : son moment ne change plus.")
        raise InvalidInput(words, fields={"starts_at": words})
    trace("session.move", by=by, at=at, activity=found.activity, session=found)
    found.refresh_from_db()
    return found
