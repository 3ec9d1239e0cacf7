"""What contradicts itself is listed; what may be true is not."""

from datetime import date

import pytest
from tests.factories.people import HOUSE, NOW, address, household, person, tie

from beffroi.core.errors import WrongState
from beffroi.people import checkers
from beffroi.people import services as people
from beffroi.people.checkers import Contradiction, contradictions
from beffroi.people.fiction import fictional_niss

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def _codes(who) -> list[str]:
    who.refresh_from_db()
    return sorted(c.key.split(":")[0] for c in contradictions(who, TODAY))


@pytest.mark.parametrize(
    ("parent", "child", "found"),
    [
        (date(1980, 1, 1), date(2005, 1, 1), []),
        (date(1980, 1, 1), date(1979, 1, 1), ["older_child"]),
        (date(1980, 1, 1), date(1990, 1, 1), ["young_parent"]),
        (date(1980, 1, 1), None, []),
    ],
)
def test_parent_is_older_than_her_child(parent, child, found) -> None:
    one, other = person(born=parent), person(born=child)
    tie(other, "parent", one)
    assert (_codes(one), _codes(other)) == (found, found)


def test_two_couples_at_once_but_not_one_after_the_other() -> None:
    one, first, second = person(), person(), person()
    bond = tie(one, "spouse", first, since=date(2010, 1, 1))
    tie(one, "partner", second, since=date(2020, 1, 1))
    assert _codes(one) == ["two_couples"]
    people.end_tie(reference=one.reference, tie=bond, until=date(2020, 1, 1), by=HOUSE, at=NOW)
    assert _codes(one) == []


def test_two_households_but_for_a_child_who_lives_in_both() -> None:
    child, mother, father = person(), person(), person()
    household((mother, "reference"), (child, "shared_child"))
    household((father, "reference"), (child, "shared_child"))
    assert _codes(child) == []
    household((mother, "reference"))
    assert _codes(mother) == ["two_households"]


def test_number_that_tells_another_day_is_a_hint() -> None:
    who = person(born=date(1984, 3, 12))
    people.add_identifier(
        reference=who.reference, kind="niss", value=fictional_niss(date(1984, 3, 21)), by=HOUSE,
        at=NOW,
    )  # fmt: skip
    (found,) = contradictions(who, TODAY)
    assert (found.key.split(":")[0], found.is_hint) == ("number_birth", True)


def test_deceased_with_an_open_address_and_household() -> None:
    who = person(born=date(1940, 1, 1))
    address(who)
    household((who, "reference"))
    people.note_death(reference=who.reference, on=date(2026, 1, 1), by=HOUSE, at=NOW)
    assert _codes(who) == ["dead_address", "dead_member"]


def test_addresses_that_overlap_and_begin_before_birth() -> None:
    who = person(born=date(2000, 1, 1))
    address(who, since=date(1999, 1, 1), until=date(2010, 1, 1))
    address(who, since=date(2009, 1, 1), until=date(2011, 1, 1))
    address(who, since=date(2011, 1, 1))
    assert _codes(who) == ["before_birth", "two_addresses"]


def test_explained_contradiction_is_shown_no_more() -> None:
    one, first, second = person(), person(), person()
    for other in (first, second):
        tie(one, "partner", other)
    (found,) = contradictions(one, TODAY)
    given = {"reference": one.reference, "key": found.key, "by": HOUSE, "at": NOW}
    people.explain_contradiction(why="Ils vivent à trois.", **given)
    assert _codes(one) == []
    with pytest.raises(WrongState):
        people.explain_contradiction(why="Encore.", **given)


def test_another_room_adds_its_own_checker(monkeypatch) -> None:
    monkeypatch.setattr(checkers, "_checkers", {})
    who = person()

    @checkers.register
    def amounts(case):
        yield Contradiction("amounts", "Montants", f"{case.person.reference}")

    assert contradictions(who, TODAY) == [Contradiction("amounts", "Montants", who.reference)]
