"""The president's urgent aid: its limits, and the sitting that must ratify it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories.council import (
    EVENING,
    HOUSE,
    NOW,
    TODAY,
    council,
    item,
    opened,
    planned,
    submit,
    tied,
    vote,
)

from beffroi.acts.bodies import permissions, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import ItemState
from beffroi.acts.bodies.models import UrgentDecision
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def _grant(by: Actor, amount: str = "150.00", **more):
    given = {
        "subject_kind": "proposal", "subject_ref": "D-9", "title": "Marc Dufrasne",
        "person_ref": "P26000009", "kind": "urgent_aid", "reason": "Rien à manger",
        "file_team": "general_aid",
    }  # fmt: skip
    return bodies.urgent_decision(amount=Decimal(amount), by=by, at=NOW, **{**given, **more})


def test_urgent_aid_waits_for_the_ratification_of_the_council() -> None:
    house = council()
    grant = _grant(house.president)
    made = UrgentDecision.objects.get(reference=grant.reference)
    assert (made.amount, made.ratification.reference) == (Decimal("150.00"), grant.item)
    row = item(grant.item)
    assert (row.state, row.body.kind, row.is_urgent, row.kind) == (
        ItemState.READY, "council", True, "urgent_ratification",
    )  # fmt: skip


def test_no_sitting_is_convened_without_what_must_be_ratified() -> None:
    house = council()
    grant = _grant(house.president)
    row = planned(house, [submit()])
    with pytest.raises(InvalidInput, match=grant.item):
        bodies.convene(sitting=row.reference, by=house.secretary, at=NOW)
    bodies.schedule_items(sitting=row.reference, items=[grant.item], by=house.secretary, at=NOW)
    bodies.convene(sitting=row.reference, by=house.secretary, at=NOW)
    assert ("proposal", "D-9") in permissions.subjects_visible_to(house.members[0], TODAY)


def test_urgent_aid_goes_on_the_agenda_of_the_next_sitting_in_preparation() -> None:
    house = council()
    other = submit()
    later = bodies.plan_sitting(
        body_key="conseil", starts_at=EVENING + timedelta(days=30), place="salle",
        by=house.secretary, at=NOW,
    )  # fmt: skip
    row = planned(house, [other])
    grant = _grant(house.president)
    assert grant.sitting == row.reference
    assert [a.item.reference for a in row.agenda.all()] == [other, grant.item]
    assert list(later.agenda.all()) == []
    bodies.convene(sitting=row.reference, by=house.secretary, at=NOW)
    after = _grant(house.president, subject_ref="D-10")
    assert after.sitting == later.reference
    waiting = queries.to_ratify(permissions.urgent_to_ratify(house.president, TODAY))
    assert [(one.reference, one.sitting, one.amount) for one in waiting] == [
        (grant.reference, row.reference, Decimal("150.00")),
        (after.reference, later.reference, Decimal("150.00")),
    ]


def test_urgent_aid_waits_when_no_sitting_is_in_preparation() -> None:
    house = council()
    grant = _grant(house.president)
    assert (grant.sitting, item(grant.item).state) == ("", ItemState.READY)
    waiting = queries.to_ratify(permissions.urgent_to_ratify(house.president, TODAY))
    assert [(one.sitting, one.sitting_at) for one in waiting] == [("", None)]


def test_urgent_aid_leaves_the_list_once_ratified_and_is_not_for_her_kin() -> None:
    house = council()
    grant = _grant(house.president)
    with tied(house.president, "P26000009"):
        assert list(permissions.urgent_to_ratify(house.president, TODAY)) == []
    row = opened(house, [grant.item])
    assert permissions.urgent_to_ratify(house.president, EVENING.date()).count() == 1
    vote(house, row, grant.item, 9, 0, 0)
    assert permissions.urgent_to_ratify(house.president, EVENING.date()).count() == 0


def test_council_ratifies() -> None:
    house = council()
    grant = _grant(house.president)
    row = opened(house, [grant.item])
    vote(house, row, grant.item, 9, 0, 0)
    assert queries.outcome_of(grant.item).state == "adopted"
    assert row.starts_at == EVENING


@pytest.mark.parametrize(
    ("amount", "limit", "granted"),
    [("500.00", None, True), ("500.01", None, False), ("0.00", None, False),
     ("200.00", "200.00", True), ("200.01", "200.00", False)],
)  # fmt: skip
def test_urgent_aid_stays_within_the_limit(amount, limit, granted) -> None:
    house = council()
    bodies.set_urgent_limit(
        body_key="conseil", amount=Decimal(limit) if limit else None, by=HOUSE, at=NOW
    )
    if granted:
        _grant(house.president, amount)
    else:
        with pytest.raises(InvalidInput):
            _grant(house.president, amount)
    assert UrgentDecision.objects.count() == int(granted)


def test_urgent_aid_is_the_act_of_the_president_and_not_for_her_own() -> None:
    house = council()
    for who in (house.secretary, house.members[0], HOUSE):
        with pytest.raises(NotAllowed):
            _grant(who)
    with tied(house.president, "P26000009"), pytest.raises(NotAllowed):
        _grant(house.president)
    with pytest.raises(InvalidInput):
        _grant(house.president, reason=" ")
