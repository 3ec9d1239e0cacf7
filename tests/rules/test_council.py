"""Seats, quorum, majority and delays of the council, on both sides of every threshold."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from beffroi.rules import council

DAY = date(2026, 11, 24)
COUNTS = st.integers(min_value=0, max_value=60)


@pytest.mark.parametrize(
    ("population", "seats"),
    [(1, 9), (15_000, 9), (15_001, 11), (50_000, 11), (50_001, 13), (150_000, 13), (150_001, 15)],
)
def test_seats_follow_the_population(population: int, seats: int) -> None:
    assert council.seats(population, DAY) == seats


@pytest.mark.parametrize(("seats", "minimum"), [(9, 3), (11, 4), (13, 4), (15, 5)])
def test_special_committee_has_a_minimum(seats: int, minimum: int) -> None:
    assert council.committee_minimum(seats, DAY) == minimum


@pytest.mark.parametrize(("in_function", "quorum"), [(1, 1), (4, 3), (11, 6), (12, 7), (13, 7)])
def test_quorum_is_more_than_half_of_those_in_function(in_function: int, quorum: int) -> None:
    assert council.quorum(in_function, DAY) == quorum


@given(st.integers(min_value=1, max_value=200))
def test_quorum_is_the_smallest_majority(in_function: int) -> None:
    needed = council.quorum(in_function, DAY)
    assert (2 * needed > in_function, 2 * (needed - 1) > in_function) == (True, False)


@given(st.integers(min_value=1, max_value=200), st.data())
def test_two_rooms_never_have_the_quorum_at_once(in_function: int, data: st.DataObject) -> None:
    here = data.draw(st.integers(min_value=0, max_value=in_function))
    needed = council.quorum(in_function, DAY)
    assert not (here >= needed and in_function - here >= needed)


def _verdict(in_favour: int, against: int, chair: bool | None = None, secret: bool = False):
    return council.count_votes(
        in_favour=in_favour, against=against, chair_favours=chair, is_secret=secret, day=DAY
    )


@pytest.mark.parametrize(
    ("in_favour", "against", "chair", "secret", "adopted"),
    [
        (7, 0, None, True, True),
        (4, 3, None, True, True),
        (3, 4, True, False, False),
        (1, 0, None, False, True),
        (0, 0, True, False, False),
        (3, 3, True, False, True),
        (3, 3, False, False, False),
        (3, 3, None, False, False),
        (3, 3, True, True, False),
    ],
)
def test_count_of_votes_gives(in_favour, against, chair, secret, adopted) -> None:
    assert _verdict(in_favour, against, chair, secret).is_adopted is adopted


@given(COUNTS, COUNTS, st.sampled_from([True, False, None]), st.booleans())
def test_adoption_needs_more_for_than_against_or_the_chair(in_favour, against, chair, secret):
    verdict = _verdict(in_favour, against, chair, secret)
    broken = in_favour == against and in_favour > 0 and chair is True and not secret
    assert verdict.is_adopted is (in_favour > against or broken)
    assert verdict.cast == in_favour + against


@given(COUNTS, COUNTS, st.sampled_from([True, False, None]))
def test_one_more_vote_in_favour_never_turns_adoption_into_rejection(in_favour, against, chair):
    before = _verdict(in_favour, against, chair).is_adopted
    assert before <= _verdict(in_favour + 1, against, chair).is_adopted


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="from zero"):
        _verdict(-1, 0)


@pytest.mark.parametrize(
    ("missed", "last"), [(0, date(2026, 11, 18)), (1, date(2026, 11, 18)), (2, date(2026, 11, 21))]
)
def test_convocation_leaves_so_many_clear_days_before(missed: int, last: date) -> None:
    assert council.last_day_to_convene(DAY, missed) == last
    assert council.clear_days(last, DAY) == council.days_to_convene(missed, DAY)


@given(st.integers(min_value=0, max_value=60))
def test_clear_days_count_neither_end(apart: int) -> None:
    assert council.clear_days(DAY - timedelta(days=apart + 1), DAY) == apart


@pytest.mark.parametrize(
    ("in_favour", "present", "declared"), [(6, 9, True), (5, 9, False), (0, 0, False), (7, 7, True)]
)
def test_urgency_is_declared_by_two_thirds(in_favour: int, present: int, declared: bool) -> None:
    assert council.is_urgency_declared(in_favour=in_favour, present=present, day=DAY) is declared


def test_limit_of_urgent_aid_is_an_amount_and_not_verified() -> None:
    assert council.urgent_aid_limit(DAY) == Decimal("500.00")
    assert council.rule("urgent_aid_limit", DAY).is_verified is False
    assert council.rule("seats", DAY).is_verified is True


def test_day_before_every_value_is_outside() -> None:
    with pytest.raises(council.OutsideParameters):
        council.quorum(11, date(1990, 1, 1))


def test_each_parameter_names_its_reference_source_and_status() -> None:
    content = yaml.safe_load(council._FILE.read_text(encoding="utf-8"))
    faults = [
        key
        for key, entry in content["rules"].items()
        for value in entry["values"]
        if not (entry.get("label") and entry.get("unit") and entry.get("reference"))
        or value.get("source") not in content["sources"]
        or value.get("status") not in {"read", "inferred"}
        or not value.get("since")
        or ("value" in value) == ("scale" in value)
    ]
    assert faults == []
