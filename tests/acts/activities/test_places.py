"""Places: never more than there are, the waiting list in order, offers that pass to the next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import TransactionTestCase
from tests.factories.activities import HOUSE, NOW, activity, animator, later, session, team
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Enrolment, PlaceState
from beffroi.acts.activities.models import Registration, RegistrationMove
from beffroi.acts.activities.services import PlaceDraft
from beffroi.acts.activities.workflow import PLACE_MOVES
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

SOMEBODY = person_actor("portail")
HAS, OFFER, WAIT, LAPSED, GONE = (
    PlaceState.CONFIRMED, PlaceState.OFFERED, PlaceState.WAITING, PlaceState.LAPSED,
    PlaceState.CANCELLED,
)  # fmt: skip


def _series(capacity: int | None = 2, **more):
    given = {"enrolment": Enrolment.SERIES, "is_public": True, "capacity": capacity} | more
    return activity(**given)


def _ask(of, at=NOW, session=None, by=SOMEBODY, nonce="", **more):
    return activities.register(
        activity=of.pk, session=session, draft=PlaceDraft(**more), nonce=nonce or uuid4().hex,
        by=by, at=at,
    )  # fmt: skip


def _states(of, session=None) -> list[str]:
    return [row.state for row in queries.registrations_of(of.pk, session)]


def _answer(receipt, key: str, at=NOW):
    return activities.answer(reference=receipt.reference, secret=receipt.secret, key=key, at=at)


@pytest.mark.django_db
def test_first_ones_have_a_place_and_the_others_wait_in_order() -> None:
    of = _series(2)
    receipts = [_ask(of, name=f"N{n}") for n in range(4)]
    assert [r.state for r in receipts] == [HAS, HAS, WAIT, WAIT]
    last = Registration.objects.get(reference=receipts[3].reference)
    assert (last.rank, queries.rank_in_line(last)) == (4, 2)


@pytest.mark.django_db
def test_without_a_limit_everybody_has_a_place_and_without_a_name_too() -> None:
    of = _series(None)
    assert {_ask(of).state for _n in range(5)} == {HAS}
    assert set(queries.registrations_of(of.pk).values_list("name", flat=True)) == {""}


@pytest.mark.django_db
def test_same_page_sent_twice_is_one_registration() -> None:
    of = _series(5)
    assert _ask(of, nonce="page") == _ask(of, nonce="page")
    assert Registration.objects.count() == 1


@pytest.mark.django_db
def test_freed_place_is_offered_and_taken_within_its_time() -> None:
    of = _series(1)
    first, second, third = (_ask(of) for _n in range(3))
    _answer(first, "withdraw")
    assert _states(of) == [GONE, OFFER, WAIT]
    offered = Registration.objects.get(reference=second.reference)
    assert offered.offered_until == NOW + timedelta(hours=12)
    assert _ask(of).state == WAIT
    _answer(second, "accept", later(11))
    assert _states(of) == [GONE, HAS, WAIT, WAIT]


@pytest.mark.django_db
def test_offer_that_is_over_goes_to_the_next_and_cannot_be_taken() -> None:
    of = _series(1)
    first, second, third = (_ask(of) for _n in range(3))
    _answer(first, "withdraw")
    assert activities.settle_offers(by=HOUSE, at=later(11.9)) == 0
    with pytest.raises(WrongState):
        _answer(second, "accept", later(12))
    assert activities.settle_offers(by=HOUSE, at=later(12)) == 2
    assert _states(of) == [GONE, LAPSED, OFFER]
    _answer(third, "accept", later(13))
    assert _states(of) == [GONE, LAPSED, HAS]


@pytest.mark.django_db
def test_two_seats_wait_at_the_head_and_nobody_passes() -> None:
    of = _series(3)
    first = _ask(of, seats=2)
    _ask(of)
    chair = _ask(of, seats=2)
    assert (chair.state, _ask(of).state) == (WAIT, WAIT)
    _answer(first, "withdraw")
    assert _states(of) == [GONE, HAS, OFFER, WAIT]


@pytest.mark.django_db
def test_offer_for_a_session_ends_when_it_begins() -> None:
    of = activity(enrolment=Enrolment.SESSION, is_public=True, capacity=1)
    one = session(of, 5)
    first, second = _ask(of, session=one.pk), _ask(of, session=one.pk)
    _answer(first, "withdraw")
    row = Registration.objects.get(reference=second.reference)
    assert (row.state, row.offered_until) == (OFFER, one.starts_at)
    with pytest.raises(WrongState):
        _ask(of, session=one.pk, at=later(6))


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["begun", "cancelled"])
def test_nothing_is_offered_or_taken_of_a_session_that_is_over(why: str) -> None:
    of = activity(enrolment=Enrolment.SESSION, is_public=True, capacity=1)
    one, at = session(of, 5), NOW
    first, second, third = (_ask(of, session=one.pk) for _n in range(3))
    _answer(first, "withdraw")
    if why == "begun":
        at = later(6)
    else:
        activities.cancel_session(session=one.pk, why="grève", by=HOUSE, at=NOW)
    with pytest.raises(WrongState):
        _answer(second, "accept", at=at)
    _answer(second, "withdraw", at=at) if why == "cancelled" else None
    activities.settle_offers(by=HOUSE, at=at)
    assert Registration.objects.get(reference=third.reference).state == WAIT
    assert _states(of, one)[1] == (LAPSED if why == "begun" else GONE)


@pytest.mark.django_db
def test_where_one_may_not_enrol() -> None:
    closed, private = activity(is_public=True), _series(is_public=False)
    with pytest.raises(WrongState):
        _ask(closed)
    with pytest.raises(NotAllowed):
        _ask(private)
    assert _ask(private, by=animator()).state == HAS
    ended = _series(ends_on=NOW.date() - timedelta(days=1))
    with pytest.raises(WrongState):
        _ask(ended)
    with pytest.raises(InvalidInput):
        _ask(_series(), email="pas une adresse")


@pytest.mark.django_db
def test_wrong_code_opens_nothing() -> None:
    receipt = _ask(_series())
    for reference, secret in (
        (receipt.reference, "AAAA-BBBB-CCCC"),
        ("INS-2026-99999", receipt.secret),
    ):
        with pytest.raises(activities.UnknownPlace):
            activities.own_place(reference=reference, secret=secret)


@pytest.mark.django_db
def test_desk_answers_for_somebody_of_its_own_team_alone() -> None:
    of = _series(1)
    row = Registration.objects.get(reference=_ask(of).reference)
    given = {"registration": row.pk, "key": "withdraw", "at": NOW}
    with pytest.raises(NotAllowed):
        activities.answer_for(by=animator("digital"), **given)
    assert activities.answer_for(by=animator(), **given).state == GONE


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["accept", "withdraw"])
@pytest.mark.parametrize("state", PlaceState.values)
def test_each_answer_starts_only_where_the_table_says(state: str, key: str) -> None:
    receipt = _ask(_series(1))
    until = later(5) if state == OFFER else None
    Registration.objects.update(state=state, offered_until=until)
    if state == WAIT:
        Registration.objects.update(rank=2)
        _full = _ask(_series(1))
    if state in PLACE_MOVES[key].sources or (state, key) == (WAIT, "accept"):
        # Somebody who waits while a place is free is offered it first, and may then take it.
        assert _answer(receipt, key).state == PLACE_MOVES[key].target
    else:
        with pytest.raises(WrongState):
            _answer(receipt, key)


@pytest.mark.django_db
def test_sheet_shows_who_has_a_place_and_her_tap_makes_her_known_once() -> None:
    of = _series(5)
    _ask(of, name="Ann")
    _ask(of)
    one = session(of)
    (row,) = queries.sheet(one).rows
    assert (row.id, row.name, queries.sheet(one).nameless) == (None, "Ann", 1)
    for _n in range(2):
        activities.tap_one(
            session=one.pk, kind="present", participant=row_mark(row), name=row.name, by=HOUSE,
            at=NOW,
        )  # fmt: skip
    (known,) = queries.sheet(one).rows
    assert (known.mark, known.state, known.id is None) == (row.mark, "present", False)


def row_mark(row):
    from uuid import UUID

    return UUID(row.mark)


class Rush(FlushesJournal, TransactionTestCase):
    """Everybody at the same moment."""

    def test_rush_of_forty_gives_exactly_six_places_and_an_ordered_list(self) -> None:
        self._rush(40, 6)

    @pytest.mark.long
    def test_rush_of_two_hundred_gives_exactly_twenty_places(self) -> None:
        self._rush(200, 20)

    def _rush(self, people: int, places: int) -> None:
        team("houses")
        of = _series(places)

        def ask(number: int) -> tuple[str, str]:
            receipt = _ask(of, name=f"P{number}", nonce=f"rush-{number}")
            return receipt.reference, receipt.state

        with database_for_threads():
            got = in_threads(ask, range(people), threads=12)
            (rows,) = in_threads(_rows, [of.pk])
        assert sum(state == HAS for _ref, state in got) == places
        assert [rank for rank, _state in rows] == list(range(1, people + 1))
        assert [state for _rank, state in rows] == [HAS] * places + [WAIT] * (people - places)

    def test_one_freed_place_is_offered_once(self) -> None:
        team("houses")
        of = _series(4)
        receipts = [_ask(of) for _n in range(12)]

        def withdraw(number: int) -> None:
            _answer(receipts[number], "withdraw")

        with database_for_threads():
            in_threads(withdraw, range(4), threads=4)
            (rows,) = in_threads(_rows, [of.pk])
            (offers,) = in_threads(_offers, [None])
        assert [state for _rank, state in rows] == [GONE] * 4 + [OFFER] * 4 + [WAIT] * 4
        assert offers == 4


def _rows(pk: int) -> list[tuple[int, str]]:
    return list(queries.registrations_of(pk).values_list("rank", "state"))


def _offers(_nothing: None) -> int:
    return RegistrationMove.objects.filter(move="offer").count()
