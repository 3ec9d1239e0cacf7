"""Faults that are handed over until they are mended, walls that are cleaned, and photographs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories import fieldwork as go
from tests.factories.fieldwork import HOUSE, NOW, TODAY, lead, sight, work, worker

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import FaultKind, OutingKind, Owner
from beffroi.acts.fieldwork.models import Observation, Photo, Surface
from beffroi.acts.fieldwork.services import KEPT, KNOWN
from beffroi.acts.fieldwork.workflow import OBSERVATION_MOVES, SURFACE_MOVES
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def test_lamp_seen_again_is_one_fault_seen_twice() -> None:
    area = go.area()
    first, again = (sight(area, place=place) for place in ("Rue de Nimy 40", "rue de nimy 40"))
    told = [fieldwork.observe(draft=d, by=HOUSE, at=NOW) for d in (first, again, again, first)]
    assert told == [KEPT, KEPT, KNOWN, KNOWN]
    assert Observation.objects.get().seen == 2


def test_other_kind_elsewhere_or_mended_is_another_fault() -> None:
    area = go.area()
    one = go.fault(area, place="Rue de Nimy 40")
    fieldwork.mend_observation(observation=one.pk, on=TODAY, by=HOUSE, at=NOW)
    go.fault(area, place="Rue de Nimy 40")
    go.fault(area, place="Rue de Nimy 40", kind=FaultKind.ROADWAY)
    go.fault(area, place="Rue de Nimy 42")
    assert Observation.objects.count() == 4
    with pytest.raises(WrongState, match="de nouveau"):
        fieldwork.reopen_observation(observation=one.pk, by=HOUSE, at=NOW)


def test_fault_says_what_and_where() -> None:
    with pytest.raises(InvalidInput) as refused:
        fieldwork.observe(draft=sight(go.area(), kind="x", place=" "), by=HOUSE, at=NOW)
    assert set(refused.value.fields) == {"kind", "place"}


def _do(key: str, pk: int):
    return {
        "send": lambda: fieldwork.send_observation(observation=pk, to="Voirie", by=HOUSE, at=NOW),
        "mend": lambda: fieldwork.mend_observation(observation=pk, on=TODAY, by=HOUSE, at=NOW),
        "reopen": lambda: fieldwork.reopen_observation(observation=pk, by=HOUSE, at=NOW),
    }[key]()


_REACH = {"open": (), "sent": ("send",), "mended": ("mend",)}


@pytest.mark.parametrize("key", list(OBSERVATION_MOVES))
@pytest.mark.parametrize("state", list(_REACH))
def test_each_state_and_move_of_a_fault(state, key) -> None:
    one = go.fault()
    for step in _REACH[state]:
        _do(step, one.pk)
    if state in OBSERVATION_MOVES[key].sources:
        assert _do(key, one.pk).state == OBSERVATION_MOVES[key].target
        return
    with pytest.raises(WrongState):
        _do(key, one.pk)
    one.refresh_from_db()
    assert one.state == state


def test_fault_is_mended_on_a_day_that_came() -> None:
    one = go.fault()
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidInput) as refused:
            fieldwork.mend_observation(observation=one.pk, on=day, by=HOUSE, at=NOW)
        assert set(refused.value.fields) == {"on"}


def test_private_wall_waits_for_its_owner() -> None:
    wall = go.surface(owner=Owner.PRIVATE)
    given = {"surface": wall.pk, "by": HOUSE, "at": NOW}
    with pytest.raises(WrongState, match="n’a pas donné son accord"):
        fieldwork.finish_surface(work=work(), **given)
    with pytest.raises(InvalidInput) as refused:
        fieldwork.settle_consent(is_given=True, who="Syndic Delta", on=TODAY, **given)
    assert set(refused.value.fields) == {"proof"}
    fieldwork.settle_consent(is_given=False, who="Syndic Delta", on=TODAY, **given)
    with pytest.raises(WrongState):
        fieldwork.finish_surface(work=work(), **given)
    fieldwork.settle_consent(is_given=True, who="Syndic", on=TODAY, proof="AG du 3/11", **given)
    assert fieldwork.finish_surface(work=work("3.456"), **given).square_metres == Decimal("3.46")


def test_database_refuses_a_private_wall_cleaned_without_consent() -> None:
    wall = go.surface(owner=Owner.PRIVATE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Surface.objects.filter(pk=wall.pk).update(
            state="done", done_on=TODAY, square_metres=1, method="hand"
        )


def test_consent_of_a_public_wall_is_not_asked() -> None:
    with pytest.raises(WrongState):
        fieldwork.settle_consent(
            surface=go.surface().pk, is_given=True, who="x", on=TODAY, proof="x", by=HOUSE, at=NOW
        )


@pytest.mark.parametrize("metres", ["0", "0.004", "-1", "2000.01"])
def test_square_metres_are_measured(metres) -> None:
    with pytest.raises(InvalidInput) as refused:
        fieldwork.finish_surface(surface=go.surface().pk, work=work(metres), by=HOUSE, at=NOW)
    assert set(refused.value.fields) == {"square_metres"}


def _move_surface(key: str, pk: int):
    given = {"surface": pk, "by": HOUSE, "at": NOW}
    return {
        "finish": lambda: fieldwork.finish_surface(work=work(), **given),
        "drop": lambda: fieldwork.drop_surface(why="Mur classé", **given),
        "resume": lambda: fieldwork.resume_surface(**given),
    }[key]()


_WALL = {"asked": (), "done": ("finish",), "dropped": ("drop",)}


@pytest.mark.parametrize("key", list(SURFACE_MOVES))
@pytest.mark.parametrize("state", list(_WALL))
def test_each_state_and_move_of_a_surface(state, key) -> None:
    wall = go.surface()
    for step in _WALL[state]:
        _move_surface(step, wall.pk)
    if state in SURFACE_MOVES[key].sources:
        assert _move_surface(key, wall.pk).state == SURFACE_MOVES[key].target
        return
    with pytest.raises(WrongState):
        _move_surface(key, wall.pk)
    wall.refresh_from_db()
    assert wall.state == state


def test_measure_is_corrected_with_what_it_was() -> None:
    wall = go.done(metres="12.50")
    fieldwork.correct_surface(
        surface=wall.pk, square_metres=Decimal("2.5"), why="Virgule", by=HOUSE, at=NOW
    )
    wall.refresh_from_db()
    assert wall.square_metres == Decimal("2.50")
    assert wall.moves.last().note == "12.50 → 2.50 m² : Virgule"


def test_surface_is_asked_once_and_where_walls_are_cleaned() -> None:
    from uuid import uuid4

    area, mark = go.area("tags", OutingKind.SURFACES), uuid4()
    draft = fieldwork.SurfaceDraft(mark, area.pk, "Rue Lamir 2", Owner.PUBLIC, TODAY)
    walls = {fieldwork.ask_surface(draft=draft, by=HOUSE, at=NOW).pk for _ in range(2)}
    assert len(walls) == 1
    with pytest.raises(InvalidInput) as refused:
        go.surface(go.area())
    assert set(refused.value.fields) == {"area"}


def test_urgent_first_and_refused_last() -> None:
    area = go.area("tags", OutingKind.SURFACES)
    plain, urgent = go.surface(area), go.surface(area, is_urgent=True)
    no = go.surface(area, owner=Owner.PRIVATE, is_urgent=True)
    fieldwork.settle_consent(surface=no.pk, is_given=False, who="x", on=TODAY, by=HOUSE, at=NOW)
    rows = queries.surfaces_to_do(permissions.surfaces_visible_to(HOUSE))
    assert [one.pk for one in rows] == [urgent.pk, plain.pk, no.pk]


def test_photo_is_shown_to_who_oversees_once_nobody_is_on_it() -> None:
    one = go.fault()
    shot, her = go.photo(observation=one.pk), lead()
    assert permissions.photos_visible_to(her).count() == 0
    fieldwork.clear_photo(photo=shot.pk, by=worker(), at=NOW)
    assert permissions.photos_visible_to(her).get() == shot
    assert permissions.photos_visible_to(worker("mediation")).count() == 0
    with pytest.raises(NotAllowed):
        fieldwork.remove_photo(photo=shot.pk, by=her, at=NOW)
    fieldwork.remove_photo(photo=shot.pk, by=worker(), at=NOW)
    assert Photo.objects.count() == 0


def test_photo_not_checked_is_not_cleared() -> None:
    from beffroi.documents.models import Attachment

    shot = go.photo(surface=go.surface().pk)
    Attachment.objects.update(state="quarantined", scanned_at=None, scanner="")
    with pytest.raises(WrongState):
        fieldwork.clear_photo(photo=shot.pk, by=HOUSE, at=NOW)


def test_four_people_and_a_wall() -> None:
    wall = go.surface(owner=Owner.PRIVATE)
    people = {"mine": worker("tags"), "other": worker(), "lead": lead(), "house": HOUSE}
    seen = {who: permissions.surfaces_visible_to(actor).count() for who, actor in people.items()}
    assert seen == {"mine": 1, "other": 0, "lead": 0, "house": 1}
    for who in ("other", "lead"):
        with pytest.raises(NotAllowed):
            fieldwork.drop_surface(surface=wall.pk, why="x", by=people[who], at=NOW)
