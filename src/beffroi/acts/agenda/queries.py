"""What pages read of the agenda: days, the waiting room, what is to follow up, the screens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.acts.agenda.assignment import WorkerLoad
from beffroi.acts.agenda.enums import AppointmentState, ArrivalState
from beffroi.acts.agenda.models import Appointment, Arrival, Hold
from beffroi.acts.agenda.planning_queries import (
    Period,
    away_on,
    day_of,
    last_newcomers,
    weekly_minutes,
)
from beffroi.acts.agenda.workflow import STILL_TO_COME, THERE, WAITING

#: Who follows people through: newcomers are given to them.
FOLLOWING_ROLES = CASE_ROLES - {Role.RECEPTION, Role.TEAM_LEADER}
_AROUND = ("team", "worker", "person", "room__place")


def with_all(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """This function will add to appointments what their lists show, in the same query."""
    return rows.select_related(*_AROUND)


def on_day(rows: QuerySet[Appointment], day: date, days: int = 1) -> QuerySet[Appointment]:
    """This function will keep the appointments of a day, or of several, in their order."""
    period = day_of(day, days)
    return with_all(rows).filter(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)


def full(rows: QuerySet[Appointment], reference: str) -> Appointment | None:
    """This function will give one appointment with all that its page shows."""
    return (
        with_all(rows)
        .select_related("moved_to", "moved_from")
        .prefetch_related("moves", "reminders")
        .filter(reference=reference)
        .first()
    )


def expected(rows: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    """This function will give who is expected on a day and has not announced herself yet."""
    return on_day(rows, day).filter(state__in=STILL_TO_COME, arrival__isnull=True)


def to_follow_up(rows: QuerySet[Appointment], worker: int) -> QuerySet[Appointment]:
    """This function will give the missed appointments whose next step is not done yet."""
    missed = rows.filter(worker_id=worker, state=AppointmentState.MISSED)
    return with_all(missed).filter(next_step_done_at__isnull=True)


def of_subject(subject_ref: str) -> Appointment | None:
    """This function will give the appointment that stands for a request or a file, if any.

    The one to come, or else the last one, whatever became of it; never one that was moved.
    """
    if not subject_ref:
        return None
    rows = with_all(Appointment.objects.filter(subject_ref=subject_ref))
    standing = list(rows.exclude(state=AppointmentState.MOVED).order_by("-starts_at"))
    to_come = [a for a in standing if a.state in STILL_TO_COME]
    return next(iter(to_come or standing), None)


def about_subject(subject_ref: str) -> QuerySet[Appointment]:
    """This function will give the appointments of a request or a file, the last one first.

    For whom may open the request or the file itself: the caller has asked.
    """
    return with_all(Appointment.objects.filter(subject_ref=subject_ref)).order_by("-starts_at")


def is_begun() -> bool:
    """This function will say whether anybody ever had an appointment here."""
    return Appointment.objects.exists()


@dataclass(frozen=True)
class Busy:
    """A time taken in somebody's day, without the person: all that a colleague sees."""

    worker: int
    starts_at: datetime
    ends_at: datetime
    is_duty: bool


def _busy(rows: QuerySet[Hold], day: date, days: int) -> list[Busy]:
    period = day_of(day, days)
    held = rows.filter(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)
    return [
        Busy(worker, starts_at, ends_at, duty is not None)
        for worker, starts_at, ends_at, duty in held.order_by("starts_at").values_list(
            "worker_id", "starts_at", "ends_at", "duty_id"
        )
    ]


def busy_times(workers: Iterable[int], day: date, days: int = 1) -> list[Busy]:
    """This function will give when these workers are taken, and nothing of with whom."""
    return _busy(Hold.objects.filter(worker_id__in=list(workers)), day, days)


def busy_in_room(room: int, day: date, days: int = 1) -> list[Busy]:
    """This function will give when a room is taken."""
    return _busy(Hold.objects.filter(room_id=room), day, days)


def waiting_room(rows: QuerySet[Arrival], day: date) -> QuerySet[Arrival]:
    """This function will give who is there on a day: first who has a reason, then by arrival."""
    return (
        rows.filter(date=day, state__in=THERE)
        .select_related("team", "desk", "worker", "person", "room", "appointment")
        .order_by("-is_priority", "since_at", "pk")
    )


def gone_today(rows: QuerySet[Arrival], day: date) -> QuerySet[Arrival]:
    """This function will give who left on a day without being received, the last one first."""
    return (
        rows.filter(date=day, state=ArrivalState.GONE)
        .select_related("team", "desk", "worker", "person", "room", "appointment")
        .order_by("-ended_at")
    )


def arrival(rows: QuerySet[Arrival], pk: int) -> Arrival | None:
    """This function will give one arrival with what its page shows."""
    around = ("team", "desk", "worker", "person", "room", "appointment")
    return rows.select_related(*around).filter(pk=pk).first()


def waiting_for(worker: int, day: date) -> QuerySet[Arrival]:
    """This function will give who waits for a worker."""
    return waiting_room(Arrival.objects.filter(worker_id=worker, state__in=WAITING), day)


@dataclass(frozen=True)
class Ticket:
    """What a public screen shows of somebody: her ticket, and the room she is called to."""

    ticket: str
    room: str
    called_at: datetime | None


def screen(desks: Iterable[str], day: date) -> tuple[list[Ticket], list[Ticket]]:
    """This function will give the tickets called, the last first, and those that wait.

    Nothing else is read from the database: no name can reach the screen.
    """
    rows = (
        Arrival.objects.filter(desk__key__in=list(desks), date=day, state__in=WAITING)
        .order_by("-is_priority", "since_at", "pk")
        .values_list("series", "number", "room__name", "called_at", "state")
    )
    called: list[Ticket] = []
    waiting: list[Ticket] = []
    for series, number, room, called_at, state in rows:
        ticket = Ticket(f"{series}-{number:02d}", room or "", called_at)
        (called if state == ArrivalState.CALLED else waiting).append(ticket)
    called.sort(key=lambda t: (t.called_at is None, t.called_at), reverse=True)
    return called, waiting


def announceable(reference: str, at: datetime) -> Appointment | None:
    """This function will give the appointment of this day that a reference opens, its own or its request's."""
    day = day_of(timezone.localdate(at))
    typed = reference.strip().upper()
    if not typed:
        return None
    rows = Appointment.objects.select_related("team", "worker", "room__desk", "person", "arrival")
    rows = rows.filter(starts_at__gte=day.starts_at, starts_at__lt=day.ends_at).filter(
        state__in=(*STILL_TO_COME, AppointmentState.MISSED)
    )
    own = rows.filter(reference=typed).first()
    return own or rows.filter(subject_ref=typed).order_by("starts_at").first()


def to_remind(period: Period) -> QuerySet[Appointment]:
    """This function will give the confirmed appointments that begin in this period."""
    return (
        Appointment.objects.filter(state=AppointmentState.CONFIRMED)
        .filter(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)
        .prefetch_related("reminders")
    )


def loads(team: str, weights: Mapping[int, int], day: date) -> list[WorkerLoad]:
    """This function will give what each worker of a team carries, in points that the caller counts.

    Who receives at the desk or leads is not among them: she follows nobody.
    """
    held = accounts.posts_on(day).filter(team__key=team, role__in=FOLLOWING_ROLES)
    followers = set(held.values_list("agent_id", flat=True))
    workers = [a for a in accounts.agents_of([team], day) if a.pk in followers]
    ids = [worker.pk for worker in workers]
    minutes, away, last = weekly_minutes(ids, day), away_on(ids, day), last_newcomers(ids)
    return [
        WorkerLoad(
            worker=worker.pk, name=str(worker), points=weights.get(worker.pk, 0),
            minutes=minutes.get(worker.pk), is_away=worker.pk in away, last_at=last.get(worker.pk),
        )
        for worker in workers
    ]  # fmt: skip


def mine_today(
    rows: QuerySet[Appointment], worker: int, day: date, at: datetime
) -> QuerySet[Appointment]:
    """This function will give a worker's appointments of a day, and the earlier ones to mend.

    To mend: those of which nobody said whether they took place, and the missed ones whose next
    step is not done.
    """
    period = day_of(day)
    today = Q(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)
    today &= ~Q(state__in=(AppointmentState.MOVED, AppointmentState.CANCELLED))
    open_ = Q(state__in=STILL_TO_COME, starts_at__lt=period.starts_at, ends_at__lte=at)
    missed = Q(state=AppointmentState.MISSED, next_step_done_at__isnull=True)
    return with_all(rows.filter(worker_id=worker).filter(today | open_ | missed))
