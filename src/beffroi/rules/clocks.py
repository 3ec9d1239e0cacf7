"""A time limit that runs: stopped for a while, soon due, late, and whom it must reach.

Pure arithmetic on days. A day of suspension does not count: the due date moves by as many
days as were suspended before it. A suspension without an end stops the clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beffroi.core.dates import is_working_day
from beffroi.rules.procedure import House

_ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """How a time limit stands on a day."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    SUSPENDED = "suspended"
    DONE = "done"


class Level(StrEnum):
    """Whom a time limit must reach."""

    NOBODY = "nobody"
    WORKER = "worker"
    LEADER = "leader"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, the first and the last included; no last day while it lasts."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("a suspension ends before it begins")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that began on `started` and, but for its suspensions, ends on `ends`.

    `in_working_days` says in which days the suspended ones are given back.
    """

    started: date
    ends: date
    suspensions: tuple[Suspension, ...] = ()
    in_working_days: bool = False
    warn_days: tuple[int, ...] = ()
    done: date | None = None

    def due_date(self) -> date | None:
        """This function will give the last day, suspensions counted, or None while one lasts."""
        return due_date(self.started, self.ends, self.suspensions, self.in_working_days)


def merged(suspensions: Iterable[Suspension]) -> list[Suspension]:
    """This function will join the suspensions that touch or overlap, the oldest first."""
    found: list[Suspension] = []
    for one in sorted(suspensions, key=lambda s: s.first):
        before = found[-1] if found else None
        if before is None or (before.last is not None and before.last + _ONE_DAY < one.first):
            found.append(one)
        elif before.last is not None:
            last = None if one.last is None else max(before.last, one.last)
            found[-1] = Suspension(before.first, last)
    return found


def due_date(
    started: date, ends: date, suspensions: Sequence[Suspension], in_working_days: bool = False
) -> date | None:
    """This function will move an end by the days suspended after `started` and before it.

    Gives None when a suspension that has no end reached the clock before its end.
    """
    due = ends
    for one in merged(suspensions):
        first = max(one.first, started + _ONE_DAY)
        if first > due:
            continue
        if one.last is None:
            return None
        if one.last < first:
            continue
        due = _later(due, first, one.last, in_working_days)
    return due


def _later(due: date, first: date, last: date, in_working_days: bool) -> date:
    lost = (last - first).days + 1
    if not in_working_days:
        return due + timedelta(days=lost)
    lost = sum(is_working_day(first + timedelta(days=n)) for n in range(lost))
    while lost > 0:
        due += _ONE_DAY
        if is_working_day(due) and not first <= due <= last:
            lost -= 1
    return due


def warnings(clock: Clock, house: House) -> list[date]:
    """This function will give the days on which to warn, the first first; none while stopped."""
    due = clock.due_date()
    if due is None or clock.done is not None:
        return []
    days = {due - timedelta(days=n) for n in clock.warn_days or house.warn_days}
    return sorted(day for day in days if day > clock.started)


def state(clock: Clock, today: date, house: House) -> State:
    """This function will say how a time limit stands on `today`."""
    if clock.done is not None and clock.done <= today:
        return State.DONE
    if any(one.first <= today and (one.last is None or today <= one.last)
           for one in clock.suspensions):  # fmt: skip
        return State.SUSPENDED
    due = clock.due_date()
    if due is None:
        return State.SUSPENDED
    if today > due:
        return State.LATE
    first_warning = due - timedelta(days=max(clock.warn_days or house.warn_days))
    return State.SOON if today >= first_warning else State.CALM


def level(clock: Clock, today: date, house: House) -> Level:
    """This function will say whom the time limit must reach on `today`."""
    now = state(clock, today, house)
    if now is State.SOON:
        return Level.WORKER
    due = clock.due_date()
    if now is not State.LATE or due is None:
        return Level.NOBODY
    late = (today - due).days
    if late >= house.director_after:
        return Level.DIRECTOR
    return Level.LEADER if late >= house.leader_after else Level.WORKER
