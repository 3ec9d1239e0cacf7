"""When a worker is there, what takes her time, and when she is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.acts.agenda.enums import AbsenceKind
from beffroi.acts.agenda.models import (
    Absence,
    Assignment,
    Duty,
    Hold,
    MeetingRoom,
    Permanence,
    WeeklyHours,
)
from beffroi.core.dates import is_working_day

#: How far ahead a free time is looked for.
_DAYS_AHEAD = 28
_STEP = timedelta(minutes=15)


@dataclass(frozen=True)
class Period:
    """A time from a moment, taken in, to another, left out."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def moment(day: date, hour: time) -> datetime:
    """This function will give an hour of a day as Brussels says it."""
    return timezone.make_aware(datetime.combine(day, hour))


def day_of(day: date, days: int = 1) -> Period:
    """This function will give a day, or several, from midnight to midnight."""
    return Period(moment(day, time.min), moment(day + timedelta(days=days), time.min))


def rooms() -> QuerySet[MeetingRoom]:
    """This function will give the rooms in use, with their place and their desk."""
    return MeetingRoom.objects.filter(is_active=True).select_related("place", "desk")


def room(pk: int) -> MeetingRoom | None:
    """This function will give a room in use."""
    return rooms().filter(pk=pk).first()


def holds_between(period: Period) -> QuerySet[Hold]:
    """This function will give what takes time between two moments."""
    return Hold.objects.filter(starts_at__lt=period.ends_at, ends_at__gt=period.starts_at)


def absences_between(workers: Iterable[int], period: Period) -> QuerySet[Absence]:
    """This function will give the exceptions of these workers between two moments."""
    return Absence.objects.filter(
        worker_id__in=list(workers), starts_at__lt=period.ends_at, ends_at__gt=period.starts_at
    )


def hours_of(workers: Iterable[int], day: date) -> QuerySet[WeeklyHours]:
    """This function will give the weekly hours of these workers that hold on `day`."""
    return WeeklyHours.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=day),
        worker_id__in=list(workers),
        since_date__lte=day,
    )


def _joined(periods: Iterable[Period]) -> list[Period]:
    joined: list[Period] = []
    for period in sorted(periods, key=lambda p: p.starts_at):
        if joined and period.starts_at <= joined[-1].ends_at:
            last = joined.pop()
            period = Period(last.starts_at, max(last.ends_at, period.ends_at))
        joined.append(period)
    return joined


def _without(periods: Iterable[Period], taken: Iterable[Period]) -> list[Period]:
    left = list(periods)
    for hole in taken:
        kept = []
        for one in left:
            if not one.overlaps(hole):
                kept.append(one)
                continue
            if one.starts_at < hole.starts_at:
                kept.append(Period(one.starts_at, hole.starts_at))
            if hole.ends_at < one.ends_at:
                kept.append(Period(hole.ends_at, one.ends_at))
        left = kept
    return left


def presence(workers: Iterable[int], day: date, days: int = 1) -> dict[int, list[Period]]:
    """This function will give when each worker is there from `day` on, in two queries.

    Her weekly hours on days that are not legal holidays, more what she is there besides, less
    what she is away.
    """
    ids = list(workers)
    whole = day_of(day, days)
    exceptions = list(absences_between(ids, whole))
    found: dict[int, list[Period]] = {pk: [] for pk in ids}
    patterns = list(
        WeeklyHours.objects.filter(
            Q(until_date__isnull=True) | Q(until_date__gte=day),
            worker_id__in=ids,
            since_date__lt=day + timedelta(days=days),
        )
    )
    for step in range(days):
        one = day + timedelta(days=step)
        if not (is_working_day(one) or one.weekday() >= 5):
            continue
        for row in patterns:
            holds = row.since_date <= one and (row.until_date is None or one <= row.until_date)
            if row.weekday == one.weekday() and holds:
                period = Period(moment(one, row.from_time), moment(one, row.until_time))
                found[row.worker_id].append(period)
    for pk in ids:
        own = [e for e in exceptions if e.worker_id == pk]
        there = [Period(e.starts_at, e.ends_at) for e in own if e.kind == AbsenceKind.THERE]
        away = [Period(e.starts_at, e.ends_at) for e in own if e.kind == AbsenceKind.AWAY]
        found[pk] = _without(_joined([*found[pk], *there]), away)
    return found


def has_hours(worker: int, day: date) -> bool:
    """This function will say whether the hours of this worker are written down at all."""
    return hours_of([worker], day).exists()


def is_away(worker: int, period: Period) -> bool:
    """This function will say whether the worker is away at some moment of this period."""
    return absences_between([worker], period).filter(kind=AbsenceKind.AWAY).exists()


def is_there(worker: int, period: Period) -> bool:
    """This function will say whether the worker is there during the whole period."""
    day = timezone.localtime(period.starts_at).date()
    return any(
        one.starts_at <= period.starts_at and period.ends_at <= one.ends_at
        for one in presence([worker], day)[worker]
    )


def free_times(worker: int, after: datetime, minutes: int, most: int = 6) -> list[datetime]:
    """This function will give the next moments at which the worker is there and free.

    One in each stretch of free time, so that the offers are spread; in three queries.
    """
    day, length = timezone.localdate(after), timedelta(minutes=minutes)
    there = presence([worker], day, _DAYS_AHEAD)[worker]
    rows = holds_between(day_of(day, _DAYS_AHEAD)).filter(worker_id=worker)
    taken = [Period(hold.starts_at, hold.ends_at) for hold in rows]
    found = []
    for stretch in _without(there, taken):
        start = max(stretch.starts_at, _rounded(after))
        if start + length <= stretch.ends_at:
            found.append(start)
    return found[:most]


def _rounded(at: datetime) -> datetime:
    """The next quarter of an hour."""
    minutes = -at.minute % 15 or (15 if at.second or at.microsecond else 0)
    return (at + timedelta(minutes=minutes)).replace(second=0, microsecond=0)


def weekly_minutes(workers: Iterable[int], day: date) -> dict[int, int]:
    """This function will give how many minutes a week each worker is there, in one query."""
    total: dict[int, int] = {}
    for row in hours_of(workers, day):
        start = timedelta(hours=row.from_time.hour, minutes=row.from_time.minute)
        end = timedelta(hours=row.until_time.hour, minutes=row.until_time.minute)
        total[row.worker_id] = (
            total.get(row.worker_id, 0) + int((end - start).total_seconds()) // 60
        )
    return total


def away_on(workers: Iterable[int], day: date) -> frozenset[int]:
    """This function will give the workers with hours written down who are not there on `day`."""
    ids = list(workers)
    known = set(hours_of(ids, day).values_list("worker_id", flat=True))
    there = presence(ids, day)
    away = absences_between(ids, day_of(day)).filter(kind=AbsenceKind.AWAY)
    whole = {
        e.worker_id for e in away
        if e.starts_at <= day_of(day).starts_at and day_of(day).ends_at <= e.ends_at
    }  # fmt: skip
    return frozenset(pk for pk in ids if pk in whole or (pk in known and not there[pk]))


def last_newcomers(workers: Iterable[int]) -> dict[int, datetime]:
    """This function will give when each worker was last given a newcomer."""
    rows = Assignment.objects.filter(worker_id__in=list(workers)).order_by("at")
    return dict(rows.values_list("worker_id", "at"))


def permanences(teams: Iterable[str], day: date) -> QuerySet[Permanence]:
    """This function will give the permanences of these teams that hold on `day` or begin later."""
    return (
        Permanence.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
        .filter(team__key__in=list(teams))
        .select_related("team", "room__place")
        .order_by("team__name", "weekday", "from_time")
    )


def duties_between(teams: Iterable[str], first: date, until: date) -> QuerySet[Duty]:
    """This function will give who holds the permanences of these teams, until a day left out."""
    return (
        Duty.objects.filter(permanence__team__key__in=list(teams))
        .filter(date__gte=first, date__lt=until)
        .select_related("worker", "permanence__team", "permanence__room__place")
    )
