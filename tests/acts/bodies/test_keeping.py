"""What is emptied when its time is over, what stays, and what is not touched before."""

from datetime import timedelta

import pytest
from tests.factories.council import (
    EVENING,
    HOUSE,
    TODAY,
    council,
    item,
    open_vote,
    opened,
    seat,
    submit,
    vote,
)
from tests.factories.requests import agent

from beffroi.acts.bodies import retention
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import Choice
from beffroi.acts.bodies.models import Ballot, ConcernedPerson, Mandate, Result, Sitting

pytestmark = pytest.mark.django_db
TEN, THIRTY = timedelta(days=10 * 365 + 4), timedelta(days=30 * 365 + 9)


def _done():
    house = council()
    ref, live = submit(), submit()
    row = opened(house, [ref])
    vote(house, row, ref, 9, 0, 0, amendment="Pour Lina")
    key = {"sitting": row.reference, "by": house.secretary, "at": EVENING + timedelta(hours=1)}
    bodies.close_sitting(**key)
    bodies.draft_minutes(**key)
    bodies.approve_minutes(**{**key, "by": house.president})
    return house, row, ref, live


def test_facts_of_a_decided_item_go_after_ten_years_and_its_votes_stay() -> None:
    _house, row, ref, live = _done()
    assert retention.empty_items(EVENING + TEN - timedelta(days=2)) == 0
    assert retention.empty_items(EVENING + TEN) == 1
    gone, result = item(ref), Result.objects.get()
    assert (gone.title, gone.summary, gone.person_ref, gone.reference) == ("—", [], "", ref)
    assert (result.text, result.outcome, result.votes_for) == ("", "amended", 9)
    assert (gone.submitted_by, result.by_label) == ("", "")
    left = set(ConcernedPerson.objects.values_list("item__reference", flat=True))
    assert (left, item(live).title != "—") == ({live}, True)
    assert row.minutes.exclude(text="").count() == 3


def test_minutes_go_after_thirty_years() -> None:
    _house, row, *_rest = _done()
    assert retention.empty_minutes(EVENING + TEN) == 0
    assert retention.empty_minutes(EVENING + THIRTY) == 1
    kept = Sitting.objects.get(pk=row.pk)
    assert (row.minutes.exclude(text="").count(), kept.presences.count()) == (0, 0)
    assert kept.reference == row.reference


def test_how_each_member_voted_goes_with_the_minutes_and_totals_stay() -> None:
    house = council()
    ref = submit(person_ref="")
    row = opened(house, [ref])
    open_vote(house, row, ref, *[Choice.FOR] * len(house.everybody))
    many = Ballot.objects.count()
    key = {"sitting": row.reference, "by": house.secretary, "at": EVENING + timedelta(hours=1)}
    bodies.close_sitting(**key)
    bodies.draft_minutes(**key)
    bodies.approve_minutes(**{**key, "by": house.president})
    assert retention.empty_minutes(EVENING + THIRTY) == 1
    assert (Ballot.objects.count(), Result.objects.get().votes_for) == (0, many)
    assert many > 0


def test_minutes_are_kept_for_ever_where_the_house_says_so(settings) -> None:
    _house, row, *_rest = _done()
    settings.BEFFROI_MINUTES_YEARS = 0
    assert retention.empty_minutes(EVENING + 10 * THIRTY) == 0
    settings.BEFFROI_MINUTES_YEARS = 50
    assert retention.empty_minutes(EVENING + THIRTY) == 0
    assert retention.empty_minutes(EVENING + timedelta(days=50 * 365 + 14)) == 1
    assert row.minutes.exclude(text="").count() == 0


def test_political_group_goes_ten_years_after_the_mandate() -> None:
    council(size=8)
    mandate = seat("conseil", agent("council_member", ""), party="Liste du Beffroi")
    bodies.end_mandate(mandate=mandate.pk, until_date=TODAY, by=HOUSE, at=EVENING)
    assert retention.forget_parties(EVENING + TEN - timedelta(days=20)) == 0
    assert retention.forget_parties(EVENING + TEN) == 1
    assert Mandate.objects.get(pk=mandate.pk).party == ""
