"""Seats, mandates and what is drawn from the council."""

from datetime import timedelta

import pytest
from tests.factories.council import HOUSE, NOW, TODAY, committee, council, seat
from tests.factories.requests import agent

from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import BodyKind, MandateRole
from beffroi.acts.bodies.models import Mandate
from beffroi.core.errors import InvalidInput

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def test_council_has_the_seats_of_its_population_and_no_more() -> None:
    council(size=9)
    with pytest.raises(InvalidInput, match="9 sièges"):
        seat("conseil", agent("council_member", ""))


def test_replacement_takes_the_seat_of_who_leaves() -> None:
    house = council()
    gone = house.everybody[-1]
    bodies.end_mandate(mandate=gone, until_date=YESTERDAY, by=HOUSE, at=NOW)
    newcomer = seat(
        "conseil", agent("council_member", ""), from_date=TODAY, oath_date=None, replaces=gone
    )
    assert newcomer.replaces_id == gone
    day, body = TODAY, queries.council()
    assert (queries.in_function(body, day).count(), newcomer in queries.in_function(body, day)) == (
        8, False,
    )  # fmt: skip
    bodies.take_oath(mandate=newcomer.pk, oath_date=day, by=HOUSE, at=NOW)
    assert set(queries.in_function(body, day).values_list("pk", flat=True)) == {
        *house.everybody[:-1], newcomer.pk,
    }  # fmt: skip


def test_one_presides_and_nobody_sits_twice() -> None:
    house = council(size=8)
    with pytest.raises(InvalidInput, match="préside déjà"):
        seat("conseil", agent("president", ""), MandateRole.PRESIDENT)
    with pytest.raises(InvalidInput, match="déjà un mandat"):
        seat("conseil", house.members[0])


@pytest.mark.parametrize("seats", [2, 10])
def test_committee_is_neither_too_small_nor_larger_than_the_council(seats: int) -> None:
    council()
    with pytest.raises(InvalidInput, match="Entre 3 et 9"):
        bodies.create_body(
            key="csss", name="CSSS", kind=BodyKind.COMMITTEE, seats=seats, by=HOUSE, at=NOW
        )


def test_body_has_a_key_of_its_own() -> None:
    council()
    with pytest.raises(InvalidInput, match="déjà cette clé"):
        bodies.create_body(
            key="conseil", name="CSSS", kind=BodyKind.COMMITTEE, seats=4, by=HOUSE, at=NOW
        )


def test_committee_is_drawn_from_the_council_and_presided_by_its_president() -> None:
    house = council()
    bodies.create_body(key="csss", name="CSSS", kind=BodyKind.COMMITTEE, seats=4, by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput, match="membres du Conseil"):
        seat("csss", agent("council_member", ""))
    with pytest.raises(InvalidInput, match="préside de droit"):
        seat("csss", house.members[0], MandateRole.PRESIDENT)


def test_who_leaves_the_council_leaves_the_committee() -> None:
    house = council()
    held = committee(house)
    bodies.end_mandate(
        mandate=house.mandates[house.members[0].ref], until_date=YESTERDAY, by=HOUSE, at=NOW
    )
    body = Mandate.objects.get(pk=held[0]).body
    left = set(queries.in_function(body, TODAY).values_list("pk", flat=True))
    assert left == set(held) - {held[1]}


def test_mandate_ends_once_and_after_it_began() -> None:
    house = council()
    one = house.everybody[-1]
    with pytest.raises(InvalidInput, match="avant de commencer"):
        bodies.end_mandate(mandate=one, until_date=TODAY - timedelta(days=5000), by=HOUSE, at=NOW)
    bodies.end_mandate(mandate=one, until_date=TODAY, by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput, match="finit déjà"):
        bodies.end_mandate(mandate=one, until_date=TODAY, by=HOUSE, at=NOW)
