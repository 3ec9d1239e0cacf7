"""Who came: each tap counts once, in whatever order, and a closed count changes by a new row."""

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from tests.factories import people as persons
from tests.factories.activities import (
    HOUSE,
    NOW,
    activity,
    animator,
    later,
    lead,
    participant,
    session,
    some,
    tap,
)  # fmt: skip

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import AgeBand, TapKind
from beffroi.acts.activities.models import Attendance, Participant, Tap
from beffroi.acts.activities.services import KEPT, KNOWN, REFUSED, Correction, TapDraft
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def _send(*taps: TapDraft, by=HOUSE, at=NOW) -> list[str]:
    return list(activities.tap(taps=taps, by=by, at=at).values())


def _states(one) -> dict[str, str]:
    rows = Attendance.objects.filter(session=one).select_related("participant")
    return {row.participant.name: row.state for row in rows}


def test_tap_sent_twice_counts_once() -> None:
    one, who = session(), participant()
    taps = (tap(one, who), some(one, 3))
    assert _send(*taps) == [KEPT, KEPT]
    assert _send(*taps) == [KNOWN, KNOWN]
    sheet = queries.sheet(one)
    assert (sheet.present, sheet.anonymous, Tap.objects.count()) == (1, 3, 2)


def test_untap_after_tap_wins_in_every_order_of_arrival() -> None:
    for order in permutations(range(3)):
        one, who = session(), participant()
        taps = [
            tap(one, who, later(-0.9)),
            tap(one, who, later(-0.5), TapKind.ABSENT),
            tap(one, who, later(-0.7)),
        ]
        for index in order:
            _send(taps[index])
        assert _states(one) == {who.name: "absent"}


def test_two_phones_give_the_union() -> None:
    one = session()
    ann, bea, cleo = (participant(name=name) for name in ("Ann", "Bea", "Cleo"))
    _send(tap(one, ann), tap(one, bea), some(one, 4), by=animator())
    _send(tap(one, bea, later(-0.2)), tap(one, cleo), some(one, 2), by=animator())
    assert _states(one) == {"Ann": "present", "Bea": "present", "Cleo": "present"}
    assert queries.bands_of(one.pk) == {AgeBand.UNSAID: 6}


def test_newcomer_written_on_a_phone_is_one_person_however_often_sent() -> None:
    one, mark = session(), uuid4()
    first = TapDraft(uuid4(), one.pk, TapKind.PRESENT, NOW, mark, name="Momo", is_alias=True)
    second = TapDraft(uuid4(), one.pk, TapKind.ABSENT, later(0.1), mark, name="Momo", is_alias=True)
    _send(first)
    _send(first, second, at=later(0.2))
    made = Participant.objects.get()
    assert (made.name, made.is_alias, made.mark, _states(one)) == (
        "Momo", True, mark, {"Momo": "absent"}
    )  # fmt: skip


def test_anonymous_counter_adds_up_by_age_and_is_never_shown_below_zero() -> None:
    one = session()
    _send(some(one, 5), some(one, 2, band=AgeBand.CHILD), some(one, -3, band=AgeBand.CHILD))
    assert queries.bands_of(one.pk) == {AgeBand.UNSAID: 5}
    _send(some(one, 4, band=AgeBand.CHILD))
    assert queries.bands_of(one.pk) == {AgeBand.UNSAID: 5, AgeBand.CHILD: 3}


def test_tap_of_the_future_is_taken_as_made_now() -> None:
    one, who = session(), participant()
    _send(tap(one, who, later(48)))
    assert Tap.objects.get().tapped_at == NOW
    _send(tap(one, who, later(1), TapKind.ABSENT), at=later(1))
    assert _states(one) == {who.name: "absent"}


def test_tap_that_cannot_be_read_is_refused_alone() -> None:
    one, who = session(), participant()
    nobody = TapDraft(uuid4(), one.pk, TapKind.PRESENT, NOW, uuid4())
    nothing = TapDraft(uuid4(), one.pk, TapKind.ANONYMOUS, NOW)
    foreign = tap(one, participant("digital"))
    assert _send(nobody, nothing, foreign, tap(one, who)) == [REFUSED, REFUSED, REFUSED, KEPT]


def test_tap_on_the_session_of_another_team_is_refused() -> None:
    mine, other = session(), session(activity("digital"))
    by, who = animator(), participant()
    assert _send(tap(mine, who), some(other), by=by) == [KEPT, REFUSED]
    for actor in (animator("digital"), lead()):
        with pytest.raises(NotAllowed):
            _send(tap(mine, who), by=actor)


def test_close_freezes_the_count() -> None:
    one = session()
    _send(tap(one, participant()), tap(one, participant()), some(one, 7))
    closed = activities.close_session(session=one.pk, by=animator(), at=NOW)
    assert (closed.named_count, closed.anonymous_count, closed.minutes) == (2, 7, 120)
    (row,) = queries.counts_of(one.pk)
    assert (row.revision, row.named, row.anonymous, row.why) == (1, 2, 7, "")


def test_close_before_it_begins_is_refused() -> None:
    with pytest.raises(WrongState):
        activities.close_session(session=session(hours=2).pk, by=HOUSE, at=NOW)


def test_taps_that_come_after_the_closing_add_a_row() -> None:
    one, ann, bea = session(), participant(), participant()
    _send(tap(one, ann))
    activities.close_session(session=one.pk, by=HOUSE, at=NOW)
    late = (tap(one, bea, later(-0.5)), some(one, 2, later(-0.5)))
    _send(*late, at=later(5))
    _send(*late, at=later(6))
    rows = [(r.revision, r.named, r.anonymous, bool(r.why)) for r in queries.counts_of(one.pk)]
    assert rows == [(1, 1, 0, False), (2, 2, 2, True)]
    one.refresh_from_db()
    assert (one.named_count, one.anonymous_count) == (2, 2)


def test_correct_adds_a_row_with_its_reason_and_leaves_the_first() -> None:
    one, ann, bea = session(), participant(name="Ann"), participant(name="Bea")
    _send(tap(one, ann), some(one, 5))
    activities.close_session(session=one.pk, by=HOUSE, at=NOW)
    change = Correction([bea.mark], [ann.mark], {AgeBand.UNSAID: 3, AgeBand.SENIOR: 1}, 90)
    with pytest.raises(InvalidInput):
        activities.correct_session(session=one.pk, correction=change, why="", by=HOUSE, at=later(1))
    activities.correct_session(
        session=one.pk, correction=change, why="Erreur de prénom", by=HOUSE, at=later(1)
    )
    rows = [(r.named, r.anonymous, r.minutes, r.why) for r in queries.counts_of(one.pk)]
    assert rows == [(1, 5, 120, ""), (1, 4, 90, "Erreur de prénom")]
    assert _states(one) == {"Ann": "absent", "Bea": "present"}
    _send(some(one, 1), at=later(2))
    assert queries.counts_of(one.pk)[-1].minutes == 90


def test_correct_what_is_not_closed_or_changes_nothing_is_refused() -> None:
    one = session()
    given = {"session": one.pk, "why": "x", "by": HOUSE, "at": NOW}
    with pytest.raises(WrongState):
        activities.correct_session(correction=Correction(minutes=5), **given)
    activities.close_session(session=one.pk, by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput):
        activities.correct_session(correction=Correction(anonymous={}), **given)


def test_taps_on_a_cancelled_session_stay_and_count_when_it_is_restored() -> None:
    one, who = session(), participant()
    activities.cancel_session(session=one.pk, why="Malade", by=HOUSE, at=NOW)
    assert _send(tap(one, who)) == [KEPT]
    activities.restore_session(session=one.pk, by=HOUSE, at=NOW)
    assert activities.close_session(session=one.pk, by=HOUSE, at=NOW).named_count == 1


def test_sheet_expects_who_came_in_the_last_weeks() -> None:
    made = activity()
    before, old = session(made, -7 * 24), session(made, -90 * 24)
    ann, bea, cleo = (participant(name=name) for name in ("Ann", "Bea", "Cleo"))
    _send(tap(before, ann), tap(before, bea, kind=TapKind.ABSENT), tap(old, cleo))
    one = session(made)
    assert [(row.name, row.state) for row in queries.sheet(one).rows] == [("Ann", "")]


def test_sending_taps_leaves_one_row_in_the_journal() -> None:
    one, by = session(), animator()
    _send(tap(one, participant()), tap(one, participant()), some(one, 3), by=by)
    rows = JournalEntry.objects.filter(verb="session.tap")
    assert [(row.actor_ref, row.detail) for row in rows] == [(by.ref, {"taps": 3, "late": False})]


def test_join_keeps_every_presence_once() -> None:
    made = activity()
    one, two = session(made, -30), session(made, -3)
    ann, anna = participant(name="Ann"), participant(name="Anna")
    _send(tap(one, ann), tap(one, anna), tap(two, anna), tap(two, ann, later(-1), TapKind.ABSENT))
    activities.join_participants(kept=ann.pk, other=anna.pk, by=animator(), at=NOW)
    assert (_states(one), _states(two)) == ({"Ann": "present"}, {"Ann": "present"})
    assert list(Participant.objects.values_list("name", flat=True)) == ["Ann"]


def test_person_of_the_house_is_known_once_to_a_team() -> None:
    who = persons.person()
    ann = participant(person_ref=who.reference)
    other = participant()
    with pytest.raises(InvalidInput):
        activities.bind_person(participant=other.pk, person_ref=who.reference, by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput):
        activities.bind_person(participant=other.pk, person_ref="P99", by=HOUSE, at=NOW)
    activities.bind_person(participant=ann.pk, person_ref="", by=HOUSE, at=NOW)
    bound = activities.bind_person(
        participant=other.pk, person_ref=who.reference, by=HOUSE, at=NOW + timedelta(hours=1)
    )
    assert bound.person_id == who.id
