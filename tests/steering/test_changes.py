"""A change of the plan: asked, seen, decided, applied as a new version, in this order."""

from datetime import date

import pytest
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, line, plan

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering import queries
from beffroi.steering import services as steering
from beffroi.steering.enums import ChangeState
from beffroi.steering.models import ChangeRequest, PlanVersion

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 1)


def _ask(number: int | None, kind: str, **proposed: str) -> ChangeRequest:
    made = line(number) if number else None
    return steering.ask_change(
        plan=plan(), kind=kind, line=made, proposed=proposed, reason="Le quartier change.", **GIVEN
    )


def _granted(change: ChangeRequest, effective: date = DAY) -> ChangeRequest:
    steering.see_change(change=change, opinion="Favorable", on=date(2023, 3, 1), **GIVEN)
    return steering.decide_change(
        change=change, granted=True, decision="Conseil du 18 avril, point 9",
        on=date(2023, 4, 18), effective=effective, **GIVEN,
    )  # fmt: skip


def _lines(number: int) -> dict[int, object]:
    version = PlanVersion.objects.get(number=number)
    return {row.line.number: row for row in queries.lines_of(version)}


def test_added_line_takes_a_new_number_and_enters_on_the_day_of_effect() -> None:
    plan()
    change = _granted(_ask(None, "add", code="5.5.01", local_title="Café du mardi"))
    steering.apply_change(change=change, **GIVEN)
    assert change.state == ChangeState.APPLIED
    assert change.version.number == 2
    assert set(_lines(2)) - set(_lines(1)) == {33}
    assert str(_lines(2)[33]) == "Café du mardi"
    assert line(33).since_date == DAY
    assert line(3).since_date == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("kind", "proposed", "expected"),
    [
        ("retitle", {"local_title": "Abri"}, {"local_title": "Abri"}),
        ("replace", {"code": "3.5.02"}, {"action__code": "3.5.02"}),
        (
            "partner",
            {"partner": "ASBL RAMBO"},
            {"partner__name": "ASBL RAMBO", "delivery": "partner"},
        ),
        (
            "to_art20",
            {"partner": "ASBL RAMBO"},
            {"partner__name": "ASBL RAMBO", "delivery": "art20"},
        ),
        ("suspend", {}, {"state": "suspended"}),
        ("remove", {}, {"state": "removed", "ends_date": DAY}),
    ],
)
def test_each_change_touches_its_line_and_no_other(kind, proposed, expected) -> None:
    plan()
    steering.apply_change(change=_granted(_ask(3, kind, **proposed)), **GIVEN)
    after = PlanVersion.objects.get(number=2).lines
    assert after.filter(line__number=3, **expected).count() == 1
    names = ("line__number", "action", "delivery", "partner", "local_title", "state", "ends_date")
    others = [
        list(queries.lines_of(v).exclude(line__number=3).values_list(*names))
        for v in PlanVersion.objects.order_by("number")
    ]
    assert others[0] == others[1]
    assert str(_lines(1)[3]) == "Abri de nuit/de jour"


def test_change_goes_its_way_and_no_other() -> None:
    plan()
    change = _ask(3, "remove")
    for too_early in (
        lambda: steering.apply_change(change=change, **GIVEN),
        lambda: steering.decide_change(change=change, granted=True, decision="x", on=DAY, effective=DAY, **GIVEN),
    ):  # fmt: skip
        with pytest.raises(steering.AlreadyMoved):
            too_early()
    _granted(change)
    steering.apply_change(change=change, **GIVEN)
    with pytest.raises(steering.AlreadyMoved):
        steering.apply_change(change=change, **GIVEN)
    with pytest.raises(steering.AlreadyMoved):
        steering.drop_change(change=change, **GIVEN)
    assert PlanVersion.objects.count() == 2


def test_refused_change_is_not_applied() -> None:
    plan()
    change = _ask(3, "remove")
    steering.see_change(change=change, opinion="Défavorable", on=DAY, **GIVEN)
    steering.decide_change(change=change, granted=False, decision="Conseil", on=DAY, **GIVEN)
    with pytest.raises(steering.AlreadyMoved):
        steering.apply_change(change=change, **GIVEN)
    assert PlanVersion.objects.count() == 1


def test_change_that_takes_effect_before_the_last_version_is_refused() -> None:
    plan()
    steering.apply_change(change=_granted(_ask(3, "remove")), **GIVEN)
    late = _granted(_ask(4, "remove"), effective=date(2023, 4, 30))
    with pytest.raises(InvalidInput):
        steering.apply_change(change=late, **GIVEN)
    late.refresh_from_db()
    assert (late.state, PlanVersion.objects.count()) == (ChangeState.GRANTED, 2)


def test_change_that_changes_nothing_is_refused() -> None:
    plan()
    change = _granted(_ask(24, "to_art20", partner="ASBL Article 27"))
    with pytest.raises(WrongState):
        steering.apply_change(change=change, **GIVEN)


@pytest.mark.parametrize(
    ("number", "kind", "proposed", "fields"),
    [
        (3, "add", {"code": "5.5.01"}, {"line"}),
        (None, "remove", {}, {"line"}),
        (None, "add", {}, {"code"}),
        (None, "add", {"code": "7.9.99"}, {"code"}),
        (None, "add", {"code": "5.5.01", "delivery": "art20"}, {"partner"}),
        (3, "partner", {"partner": "Inconnu"}, {"partner"}),
        (3, "retitle", {}, {"local_title"}),
        (3, "retitle", {"local_title": "x", "colour": "red"}, {"proposed"}),
    ],
)
def test_change_that_says_too_little_is_refused(number, kind, proposed, fields) -> None:
    plan()
    with pytest.raises(InvalidInput) as refused:
        _ask(number, kind, **proposed)
    assert set(refused.value.fields) == fields


def test_change_is_asked_by_the_lead_and_decided_by_the_direction() -> None:
    made = plan()
    asked = {"plan": made, "kind": "remove", "line": line(3), "reason": "x", "at": NOW}
    change = steering.ask_change(by=lead(), **asked)
    for role in (Role.ANIMATOR, Role.FINANCE_DIRECTOR, Role.PRESIDENT, Role.SOCIAL_WORKER):
        team = "" if role in (Role.FINANCE_DIRECTOR, Role.PRESIDENT) else "pcs"
        with pytest.raises(NotAllowed):
            steering.ask_change(by=agent(role, team), **asked)
    steering.see_change(change=change, opinion="Favorable", on=DAY, by=lead(), at=NOW)
    decided = {"change": change, "granted": True, "decision": "x", "on": DAY, "effective": DAY}
    with pytest.raises(NotAllowed):
        steering.decide_change(by=lead(), at=NOW, **decided)
    steering.decide_change(by=agent(Role.DIRECTOR_GENERAL, ""), at=NOW, **decided)
