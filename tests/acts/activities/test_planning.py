"""Activities are set up, their sessions follow the series, and a week can be copied."""

from datetime import date, time, timedelta

import pytest
from tests.factories.activities import (
    HOUSE,
    NOW,
    TODAY,
    activity,
    animator,
    draft,
    later,
    lead,
    participant,
    place,
    session,
    slot,
    tap,
)  # fmt: skip

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import SessionState
from beffroi.acts.activities.models import Session
from beffroi.acts.activities.workflow import SESSION_MOVES
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.directory.models import Closure

pytestmark = pytest.mark.django_db


def _days(of) -> list[date]:
    return list(Session.objects.filter(activity=of).order_by("date").values_list("date", flat=True))


def _write(of, since: date, until: date):
    return activities.write_sessions(activity=of.pk, since=since, until=until, by=HOUSE, at=NOW)


def test_write_sessions_passes_over_holidays_and_closings_and_says_so() -> None:
    made = activity()
    slot(made, weekday=2)  # Wednesdays; 11 November 2026 is one, and a legal holiday
    Closure.objects.create(
        place=place(), from_date=date(2026, 11, 16), until_date=date(2026, 11, 20),
        reason="Travaux", entered_by="x", entered_at=NOW,
    )  # fmt: skip
    written = _write(made, date(2026, 11, 1), date(2026, 11, 30))
    assert _days(made) == [date(2026, 11, 4), date(2026, 11, 25)]
    assert written.sessions == 2
    assert written.passed == [(date(2026, 11, 11), "jour férié"), (date(2026, 11, 18), "Travaux")]


def test_write_sessions_twice_adds_nothing_and_leaves_the_cancelled_cancelled() -> None:
    made = activity()
    slot(made)
    _write(made, TODAY, TODAY + timedelta(days=20))
    first = Session.objects.filter(activity=made).earliest("date")
    activities.cancel_session(session=first.pk, why="Malade", by=HOUSE, at=NOW)
    again = _write(made, TODAY, TODAY + timedelta(days=20))
    first.refresh_from_db()
    assert (again.sessions, len(_days(made)), first.state) == (0, 3, SessionState.CANCELLED)


def test_write_sessions_keeps_the_hour_through_the_change_of_time() -> None:
    made = activity()
    slot(made, weekday=1, from_time=time(14), until_time=time(16))
    _write(made, date(2026, 10, 20), date(2026, 10, 30))
    starts = [s.starts_at.astimezone(NOW.tzinfo).hour for s in Session.objects.order_by("date")]
    assert starts == [12, 13]


def test_write_sessions_stays_within_activity_and_slot() -> None:
    made = activity(starts_on=date(2026, 11, 10), ends_on=date(2026, 12, 1))
    slot(made, until=date(2026, 11, 26))
    _write(made, date(2026, 10, 1), date(2026, 12, 31))
    assert _days(made) == [date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]


def test_write_more_than_a_year_is_refused() -> None:
    with pytest.raises(InvalidInput):
        _write(activity(), TODAY, TODAY + timedelta(days=500))


def test_copy_week_writes_what_was_done_but_not_what_was_cancelled_or_is_there() -> None:
    made, other, gone = activity(), activity(), activity(ends_on=TODAY)
    week = 7 * 24
    session(made, -week)
    session(made, -week + 24, room="Cuisine")
    session(other, -week)
    session(other, 1)
    session(gone, -week + 48)
    dropped = session(made, -week + 72)
    activities.cancel_session(session=dropped.pk, why="Malade", by=HOUSE, at=NOW)
    by = animator()
    written = activities.copy_week(team="houses", monday=date(2026, 11, 23), by=by, at=NOW)
    again = activities.copy_week(team="houses", monday=date(2026, 11, 23), by=by, at=NOW)
    assert (written.sessions, again.sessions) == (3, 0)
    assert written.passed == [(date(2026, 11, 26), "l’activité a pris fin")]
    rows = Session.objects.filter(activity=made, date__gte=date(2026, 11, 23)).order_by("date")
    assert list(rows.values_list("starts_at", "room")) == [(later(0), ""), (later(24), "Cuisine")]


def test_end_slot_takes_away_what_is_planned_after_but_not_what_was_tapped() -> None:
    made = activity()
    weekly = slot(made)
    _write(made, TODAY, TODAY + timedelta(days=21))
    tapped = Session.objects.filter(activity=made).order_by("date")[1]
    activities.tap(taps=[tap(tapped, participant())], by=HOUSE, at=NOW)
    activities.end_slot(slot=weekly.pk, on=TODAY, by=HOUSE, at=NOW)
    assert _days(made) == [TODAY, tapped.date]
    assert list(queries.open_slots(made.pk, TODAY + timedelta(days=1))) == []


def test_change_activity_counts_elsewhere_from_today_and_moves_what_is_to_come() -> None:
    made = activity(lines=("12",), actions=("5.5.01",))
    slot(made)
    _write(made, TODAY - timedelta(days=7), TODAY + timedelta(days=7))
    other = place("maison-de-ghlin")
    activities.change_activity(
        activity=made.pk, draft=draft(name="Cuisine", place=other.pk, lines=("14",), actions=("5.5.01",)),
        by=HOUSE, at=NOW,
    )  # fmt: skip
    assert {k.key for k in queries.keys_on(made.pk, TODAY - timedelta(days=1))} == {"12", "5.5.01"}
    assert {k.key for k in queries.keys_on(made.pk, TODAY)} == {"14", "5.5.01"}
    places = (
        Session.objects.filter(activity=made).order_by("date").values_list("place_id", flat=True)
    )
    assert list(places) == [place().pk, other.pk, other.pk]


def test_cancel_wants_a_reason() -> None:
    with pytest.raises(InvalidInput):
        activities.cancel_session(session=session().pk, why=" ", by=HOUSE, at=NOW)


@pytest.mark.parametrize("move", SESSION_MOVES)
@pytest.mark.parametrize("state", SessionState.values)
def test_each_move_starts_only_where_the_table_says(state: str, move: str) -> None:
    one = session()
    if state == SessionState.HELD:
        activities.close_session(session=one.pk, by=HOUSE, at=NOW)
    elif state == SessionState.CANCELLED:
        activities.cancel_session(session=one.pk, why="x", by=HOUSE, at=NOW)
    acts = {
        "close": lambda: activities.close_session(session=one.pk, by=HOUSE, at=NOW),
        "cancel": lambda: activities.cancel_session(session=one.pk, why="x", by=HOUSE, at=NOW),
        "restore": lambda: activities.restore_session(session=one.pk, by=HOUSE, at=NOW),
    }
    if state in SESSION_MOVES[move].sources:
        assert acts[move]().state == SESSION_MOVES[move].target
    else:
        with pytest.raises(activities.AlreadyMoved):
            acts[move]()


def test_four_people_and_what_each_may() -> None:
    from beffroi.acts.activities import permissions

    one = session()
    mine, other, leads = animator(), animator("digital"), lead()
    stranger = activity_stranger()
    seen = {
        who: (
            permissions.sessions_visible_to(actor).filter(pk=one.pk).exists(),
            permissions.sheets_visible_to(actor).filter(pk=one.pk).exists(),
        )
        for who, actor in
        {"mine": mine, "other": other, "lead": leads, "stranger": stranger}.items()
    }  # fmt: skip
    assert seen == {
        "mine": (True, True), "other": (False, False), "lead": (True, False),
        "stranger": (False, False),
    }  # fmt: skip
    for actor in (other, stranger):
        with pytest.raises(NotAllowed):
            activities.cancel_session(session=one.pk, why="x", by=actor, at=NOW)
    with pytest.raises(NotAllowed):
        activities.close_session(session=one.pk, by=leads, at=NOW)
    assert activities.close_session(session=one.pk, by=mine, at=NOW).state == SessionState.HELD


def activity_stranger():
    """An agent of the council, who gathers nobody."""
    from tests.factories.requests import agent

    from beffroi.accounts.enums import Role

    return agent(Role.COUNCIL_MEMBER, "")
