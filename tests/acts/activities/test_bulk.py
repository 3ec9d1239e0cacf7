"""What was counted on paper is written at once, closed, and counts as if it had been tapped."""

from datetime import date

import pytest
from tests.factories.activities import (
    HOUSE,
    NOW,
    activity,
    all_counted,
    animator,
    later,
    participant,
    some,
)

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import Participant, Session
from beffroi.acts.activities.services import Comer, HeldSession
from beffroi.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _record(of, *held: HeldSession, by=HOUSE):
    return activities.record_held(activity=of.pk, held=held, by=by, at=NOW)


def test_recorded_sessions_count_and_take_late_taps() -> None:
    of = activity()
    ann, bea = activities.add_participants(
        team="houses", comers=[Comer("Ann"), Comer("Bea", is_alias=True)], by=HOUSE, at=NOW
    )
    one, two = _record(
        of, HeldSession(later(-50), later(-48), (ann, bea, ann), 3),
        HeldSession(later(-26), later(-24), (ann,)),
    )  # fmt: skip
    found = all_counted(*YEAR)
    assert (found["sessions_held"], found["presences"], found["participants_unique"]) == (2, 6, 2)
    activities.tap(taps=[some(Session.objects.get(pk=two), 2)], by=HOUSE, at=NOW)
    assert all_counted(*YEAR)["presences"] == 8
    assert [row.revision for row in queries.counts_of(two)] == [1, 2]
    assert Participant.objects.get(pk=ann).last_date == date(2026, 11, 23)
    assert queries.sheet(Session.objects.get(pk=one)).anonymous == 3


def test_what_cannot_have_been_is_refused_whole() -> None:
    of, stranger = activity(), participant("digital").pk
    good = HeldSession(later(-3), later(-2))
    for bad in (
        HeldSession(later(1), later(2)), HeldSession(later(-2), later(-2)), good,
        HeldSession(later(-9), later(-8), (stranger,)),
        HeldSession(later(-9), later(-8), anonymous=-1),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            _record(of, good, bad)
    with pytest.raises(NotAllowed):
        _record(of, good, by=animator("digital"))
    assert Session.objects.count() == 0
