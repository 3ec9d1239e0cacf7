"""Hours given: no more than a day in a day, taken back with a reason, counted where they were given."""

from datetime import date, timedelta

import pytest
from tests.factories.activities import (
    HOUSE,
    NOW,
    TODAY,
    activity,
    animator,
    counted,
    counted_apart,
    draft,
    team,
)

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _helper(team_key: str = "houses"):
    team(team_key)
    return activities.add_volunteer(
        team=team_key, name="Odette", since=date(2026, 1, 1), by=HOUSE, at=NOW
    )


def _give(who, of, minutes: int = 90, day: date = TODAY, by=HOUSE):
    return activities.give_time(
        volunteer=who.pk, activity=of.pk, day=day, minutes=minutes, by=by, at=NOW
    )


def test_hours_count_for_the_line_of_the_day_they_were_given() -> None:
    of, who = activity(lines=("3",)), _helper()
    _give(who, of, 90, TODAY - timedelta(days=2))
    activities.change_activity(activity=of.pk, draft=draft(lines=("5",)), by=HOUSE, at=NOW)
    _give(who, of, 40)
    counts = counted_apart(*YEAR, "line:3", "line:5")
    hours = {ref: str(found["volunteer_hours"]) for ref, found in counts.items()}
    assert hours == {"line:3": "1.50", "line:5": "0.67"}
    for ref, hour in hours.items():
        assert str(counted("volunteer_hours", *YEAR, ref)) == hour
    assert str(counted("volunteer_hours", *YEAR)) == "2.17"


def test_hours_taken_back_no_longer_count_and_stay_written() -> None:
    of, who = activity(), _helper()
    row = _give(who, of)
    with pytest.raises(InvalidInput):
        activities.take_back_time(time=row.pk, why="", by=HOUSE, at=NOW)
    activities.take_back_time(time=row.pk, why="Erreur", by=HOUSE, at=NOW)
    with pytest.raises(WrongState):
        activities.take_back_time(time=row.pk, why="Erreur", by=HOUSE, at=NOW)
    assert counted("volunteer_hours", *YEAR) == 0
    assert [t.why for t in queries.volunteer_times(["houses"])] == ["Erreur"]


def test_no_more_than_a_day_in_a_day_and_only_while_she_helps() -> None:
    of, who = activity(), _helper()
    _give(who, of, 1000)
    for minutes, day in ((441, TODAY), (0, TODAY), (60, TODAY + timedelta(days=1)),
                         (60, date(2025, 12, 31))):  # fmt: skip
        with pytest.raises(InvalidInput):
            _give(who, of, minutes, day)
    activities.end_volunteer(volunteer=who.pk, on=TODAY - timedelta(days=1), by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput):
        _give(who, of, 60)


def test_another_team_neither_sees_nor_notes() -> None:
    of, who, other = activity(), _helper(), animator("digital")
    with pytest.raises(NotAllowed):
        _give(who, of, by=other)
    with pytest.raises(InvalidInput):
        _give(who, activity("digital"))
    assert list(queries.volunteers_of(["digital"], TODAY)) == []
    assert _give(who, of, by=animator()).minutes == 90
