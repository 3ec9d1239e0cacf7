"""What is counted: sums of frozen counts, and people once for the whole scope."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import people as persons
from tests.factories.activities import (
    HOUSE,
    NOW,
    activity,
    all_counted,
    counted,
    counted_apart,
    draft,
    held,
    later,
    participant,
    place,
    session,
    some,
)  # fmt: skip

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.indicators import MEASURES, sessions_in
from beffroi.core.measures import Additivity, Scope
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DAY = 24.0


def test_figures_of_a_line_and_the_people_counted_once() -> None:
    one, two = activity(lines=("3",)), activity(lines=("3", "4"))
    ann, bea = participant(), participant()
    held(one, ann, bea, hours=-2 * DAY, anonymous=4)
    held(two, ann, hours=-DAY)
    session(one)  # planned: it does not count yet
    assert all_counted(*YEAR, "line:3") == {
        "sessions_held": 2, "hours": 4, "presences": 7, "anonymous_presences": 4,
        "volunteer_hours": 0, "sessions_at_home": 0, "fees": 0, "incidents": 0,
        "participants_unique": 2, "participants_new": 2,
    }  # fmt: skip
    assert counted("participants_unique", *YEAR, "line:4") == 1
    assert counted("participants_unique", *YEAR) == 2


def test_new_people_are_new_in_the_scope_they_are_asked_for() -> None:
    one, two = activity(lines=("3",)), activity(lines=("4",))
    ann = participant()
    held(one, ann, hours=-30 * DAY)
    held(two, ann, hours=-DAY)
    november = (date(2026, 11, 1), date(2026, 11, 30))
    assert counted("participants_new", *november, "line:4") == 1
    assert counted("participants_new", *november, "line:3") == 0
    assert counted("participants_new", *november) == 0
    assert counted("participants_new", *YEAR) == 1


def test_one_person_under_two_teams_and_after_a_merge_counts_once() -> None:
    here, there = activity("houses"), activity("digital")
    first, second, third = persons.person(), persons.person(), persons.person()
    held(here, participant(person_ref=first.reference))
    held(there, participant("digital", person_ref=first.reference))
    held(here, participant(person_ref=second.reference), hours=-DAY)
    held(there, participant("digital", person_ref=third.reference), hours=-DAY)
    assert counted("participants_unique", *YEAR) == 3
    for kept, absorbed in ((second, first), (third, second)):
        people.merge(
            kept=kept.reference, absorbed=absorbed.reference, why="x", by=persons.HOUSE, at=NOW
        )
    assert counted("participants_unique", *YEAR) == 1
    assert counted("participants_new", *YEAR) == 1


def test_key_counts_on_the_days_it_holds() -> None:
    one = activity(lines=("3",))
    held(one, hours=-DAY)
    activities.change_activity(activity=one.pk, draft=draft(lines=("5",)), by=HOUSE, at=NOW)
    held(one, hours=-2)
    counts = counted_apart(*YEAR, "line:3", "line:5")
    assert {ref: found["sessions_held"] for ref, found in counts.items()} == {
        "line:3": 1, "line:5": 1,
    }  # fmt: skip
    assert counted("sessions_held", *YEAR, "line:3") == 1


def test_by_key_says_what_each_figure_says() -> None:
    one, two = activity(lines=("3",), actions=("5.5.01",)), activity(lines=("3", "4"))
    ann, bea, cleo = participant(), participant(), participant()
    held(one, ann, bea, hours=-400 * DAY, anonymous=9)
    held(one, ann, cleo, hours=-5 * DAY, anonymous=1)
    held(two, bea, hours=-4 * DAY)
    for refs in (("line:3", "line:4"), ("action:5.5.01",), (f"activity:{one.pk}",)):
        counts = counted_apart(*YEAR, *refs)
        assert set(counts) == set(refs)
        for ref, found in counts.items():
            assert {**dict.fromkeys(all_counted(*YEAR), 0), **found} == all_counted(*YEAR, ref)


def test_scope_by_place_and_activity() -> None:
    other = place("maison-de-ghlin")
    one, two = activity(), activity(place=other.pk)
    held(one, anonymous=2)
    held(two, anonymous=3)
    assert counted("presences", *YEAR, f"place:{other.pk}") == 3
    assert counted("presences", *YEAR, f"activity:{one.pk}") == 2


def test_the_acts_of_a_figure_are_its_sessions() -> None:
    one = activity(lines=("3",))
    acts = {held(one, hours=-n * DAY, anonymous=n).pk for n in (1, 2, 3)}
    held(activity(lines=("4",)))
    found = sessions_in(Scope(*YEAR, frozenset({"line:3"})))
    assert set(found.values_list("pk", flat=True)) == acts
    assert sum(s.presences for s in found) == counted("presences", *YEAR, "line:3")


def test_correction_moves_the_figure_and_a_late_tap_too() -> None:
    one = activity(lines=("3",))
    closed = held(one, anonymous=2)
    activities.tap(taps=[some(closed, 3)], by=HOUSE, at=later(2))
    assert counted("presences", *YEAR, "line:3") == 5


def test_hours_are_exact() -> None:
    one = session(activity(), hours=-2, lasts=1 + 1 / 3)
    activities.close_session(session=one.pk, by=HOUSE, at=NOW)
    assert counted("hours", *YEAR) == Decimal("1.33")


def test_emptied_people_still_count() -> None:
    from beffroi.acts.activities.retention import empty_participants

    ann = participant()
    held(activity(), ann)
    assert empty_participants(NOW + timedelta(days=4 * 365)) == 1
    ann.refresh_from_db()
    assert (ann.name, counted("participants_unique", *YEAR)) == ("", 1)


def test_people_are_never_said_to_add_up() -> None:
    unique = {one.key for one in MEASURES if one.additivity is Additivity.UNIQUE}
    assert unique == {"activities.participants_unique", "activities.participants_new"}


def test_an_act_asked_for_twice_counts_once() -> None:
    one = activity(lines=("3", "4"))
    held(one, participant(), anonymous=1)
    for refs in (("line:3", "line:4"), ("line:3", f"activity:{one.pk}"), ("line:4", "place:?")):
        assert counted("presences", *YEAR, *refs) == 2
        assert counted("participants_unique", *YEAR, *refs) == 1
    assert counted("presences", *YEAR, "place:?", "activity:x", "line:9", "other:1") == 0
