"""Time limits that stop, warn and climb: Q2, R2, L2, and both sides of every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.rules.clocks import (
    Clock,
    Level,
    State,
    Suspension,
    due_date,
    level,
    merged,
    state,
    warnings,
)
from beffroi.rules.procedure import House, deadlines, house

HOUSE = House(warn_days=(7, 2), leader_after=1, director_after=8)


def clock_of(event: str, day: date, what: str, **more: object) -> Clock:
    due = next(one for one in deadlines(event, day) if one.what == what)
    return Clock(day, due.due_date, warn_days=due.warn_days, **more)  # type: ignore[arg-type]


def test_urgent_medical_help_is_due_warned_then_late() -> None:
    clock = clock_of("amu_request_received", date(2026, 6, 2), "decision")
    assert clock.due_date() == date(2026, 7, 2)
    assert warnings(clock, HOUSE) == [date(2026, 6, 25), date(2026, 6, 30)]
    assert state(clock, date(2026, 7, 2), HOUSE) is State.SOON
    assert state(clock, date(2026, 7, 3), HOUSE) is State.LATE


def test_recognised_person_has_two_months_and_asks_fifteen_days_before() -> None:
    end = deadlines("ila_recognised", date(2026, 5, 5))[0].due_date
    assert end == date(2026, 7, 5)
    assert deadlines("ila_transition_ends", end)[0].due_date == date(2026, 6, 20)
    assert deadlines("ila_transition_ends", end)[0].rule == "15 calendar days before"


def test_home_help_derogation_ends_after_three_months_with_its_own_warning() -> None:
    clock = clock_of("home_help_derogation_granted", date(2026, 2, 10), "derogation_end")
    assert clock.due_date() == date(2026, 5, 10)
    assert warnings(clock, HOUSE) == [date(2026, 4, 25)]


@pytest.mark.parametrize(
    ("event", "day", "what", "due"),
    [
        ("medical_card_ends", date(2026, 12, 31), "renewal", date(2026, 12, 21)),
        ("art60_ends", date(2026, 12, 31), "exit_plan", date(2026, 11, 1)),
        ("cle_decided", date(2026, 4, 30), "notice", date(2026, 5, 12)),
        ("cle_referred", date(2026, 1, 31), "meeting", date(2026, 2, 28)),
        ("piis_proposed", date(2026, 12, 23), "reflection", date(2026, 12, 31)),
        ("piis_signed", date(2026, 11, 30), "evaluation", date(2027, 2, 28)),
        ("stay_abroad_started", date(2026, 2, 1), "credit_end", date(2026, 3, 1)),
        ("undue_paid", date(2024, 2, 29), "prescription", date(2029, 2, 28)),
        ("turns_65", date(2026, 12, 31), "age_switch", date(2026, 7, 4)),
    ],
)
def test_new_limits_fall_on(event: str, day: date, what: str, due: date) -> None:
    assert {one.what: one.due_date for one in deadlines(event, day)}[what] == due


@pytest.mark.parametrize(
    ("today", "expected", "reaches"),
    [
        (date(2026, 3, 24), State.CALM, Level.NOBODY),
        (date(2026, 3, 25), State.SOON, Level.WORKER),
        (date(2026, 4, 1), State.SOON, Level.WORKER),
        (date(2026, 4, 2), State.LATE, Level.LEADER),
        (date(2026, 4, 8), State.LATE, Level.LEADER),
        (date(2026, 4, 9), State.LATE, Level.DIRECTOR),
    ],
)
def test_clock_climbs_from_worker_to_director(today: date, expected: State, reaches: Level) -> None:
    clock = clock_of("request_received", date(2026, 3, 2), "decision")
    assert (state(clock, today, HOUSE), level(clock, today, HOUSE)) == (expected, reaches)


def test_clock_that_is_done_reaches_nobody() -> None:
    clock = clock_of("request_received", date(2026, 3, 2), "decision", done=date(2026, 3, 20))
    assert state(clock, date(2026, 5, 1), HOUSE) is State.DONE
    assert level(clock, date(2026, 5, 1), HOUSE) is Level.NOBODY
    assert warnings(clock, HOUSE) == []


def test_suspended_days_are_given_back() -> None:
    stopped = (Suspension(date(2026, 3, 10), date(2026, 3, 19)),)
    clock = Clock(date(2026, 3, 2), date(2026, 4, 1), stopped)
    assert clock.due_date() == date(2026, 4, 11)
    assert state(clock, date(2026, 3, 19), HOUSE) is State.SUSPENDED
    assert state(clock, date(2026, 3, 20), HOUSE) is State.CALM


def test_suspension_that_lasts_stops_the_clock() -> None:
    clock = Clock(date(2026, 3, 2), date(2026, 4, 1), (Suspension(date(2026, 3, 30)),))
    assert clock.due_date() is None
    assert state(clock, date(2026, 6, 1), HOUSE) is State.SUSPENDED
    assert warnings(clock, HOUSE) == []


def test_suspension_outside_the_clock_changes_nothing() -> None:
    outside = [
        Suspension(date(2026, 2, 1), date(2026, 3, 2)), Suspension(date(2026, 4, 2)),
    ]  # fmt: skip
    assert due_date(date(2026, 3, 2), date(2026, 4, 1), outside) == date(2026, 4, 1)


def test_first_suspension_brings_the_second_within_reach() -> None:
    two = [
        Suspension(date(2026, 3, 28), date(2026, 4, 1)),
        Suspension(date(2026, 4, 5), date(2026, 4, 6)),
    ]
    assert due_date(date(2026, 3, 2), date(2026, 4, 1), two) == date(2026, 4, 8)


def test_working_days_are_given_back_as_working_days() -> None:
    easter = [Suspension(date(2026, 4, 3), date(2026, 4, 7))]  # a Friday, Easter Monday, a Tuesday
    found = due_date(date(2026, 4, 1), date(2026, 4, 9), easter, in_working_days=True)
    assert found == date(2026, 4, 13)


def test_suspension_turned_round_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Suspension(date(2026, 3, 2), date(2026, 3, 1))


def test_house_delays_are_read_from_the_file() -> None:
    assert house() == HOUSE


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=5), DAYS, st.integers(1, 90))
def test_calendar_clock_gives_back_each_suspended_day_once(
    pairs: list[tuple[date, int]], started: date, length: int
) -> None:
    stops = [Suspension(day, day + timedelta(days=n)) for day, n in pairs]
    due = due_date(started, started + timedelta(days=length), stops)
    assert due is not None
    stopped = {
        one.first + timedelta(days=n)
        for one in merged(stops)
        for n in range(((one.last or one.first) - one.first).days + 1)
    }
    counted = [
        day for n in range(1, (due - started).days + 1)
        if (day := started + timedelta(days=n)) not in stopped
    ]  # fmt: skip
    assert len(counted) == length
    assert due == counted[-1]
