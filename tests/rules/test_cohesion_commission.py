"""The commission on both sides of each change of its rule; the quorum it fixes itself."""

from datetime import date

import pytest

from beffroi.rules.cohesion_commission import advisory_seats, composition, quorum, usual_notice

WHOLE = ("commune", "cpas", "project_lead", "partner")


def test_composition_is_compulsory_until_the_end_of_2024_and_was_read() -> None:
    found = composition(("commune", "cpas"), date(2024, 12, 31))
    assert (found.is_mandatory, found.missing) == (True, ("project_lead", "partner"))
    assert found.is_short
    assert found.least_meetings == 1
    # The number of meetings is remembered, not read: the whole is not verified.
    assert [one.is_read for one in found.rules] == [True, True, False]
    assert not found.is_verified


def test_composition_is_optional_from_2025_and_says_it_was_inferred() -> None:
    found = composition(("commune", "cpas"), date(2025, 1, 1))
    assert (found.is_mandatory, found.missing) == (False, ("project_lead", "partner"))
    assert not found.is_short
    assert found.least_meetings == 0
    assert not any(one.is_read for one in found.rules)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2027, 1, 1)])
def test_composition_is_unknown_outside_the_programme(day: date) -> None:
    found = composition((), day)
    assert (found.is_mandatory, found.wanted, found.missing, found.rules) == (None, (), (), ())
    assert not found.is_verified


def test_composition_is_known_on_the_first_and_last_day_of_the_programme() -> None:
    assert composition(WHOLE, date(2020, 1, 1)).missing == ()
    assert composition(WHOLE, date(2026, 12, 31)).missing == ()


def test_the_region_speaks_and_does_not_vote() -> None:
    assert advisory_seats(date(2024, 6, 1)) == {"region"}
    assert advisory_seats(date(2019, 6, 1)) == frozenset()
    assert (usual_notice(date(2024, 6, 1)), usual_notice(date(2019, 6, 1))) == (10, 0)


@pytest.mark.parametrize(
    ("voters", "percent", "needed"),
    [(9, None, 0), (9, 50, 5), (10, 50, 5), (10, 51, 6), (3, 100, 3), (7, 1, 1), (0, 50, 0)],
)
def test_quorum_is_rounded_up_and_absent_where_none_is_fixed(voters, percent, needed) -> None:
    assert quorum(voters, percent) == needed


@pytest.mark.parametrize("percent", [0, 101, -1])
def test_quorum_outside_its_bounds_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 100"):
        quorum(9, percent)
