"""Outings that began and ended without a network: written once, with their own hours."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories import fieldwork as go
from tests.factories.fieldwork import HOUSE, NOW, contact, leader, worker

from beffroi.acts.fieldwork import queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.models import CrewMember, Outing, OutingMove
from beffroi.acts.fieldwork.services import (
    KEPT,
    KNOWN,
    REFUSED,
    ContactDraft,
    EndDraft,
    KitDraft,
    KitLine,
    StartDraft,
)

pytestmark = pytest.mark.django_db


def _ago(minutes: float):
    return NOW - timedelta(minutes=minutes)


def _afternoon(area, began: float = 240, ended: float = 60, people: int = 3, crew=()):
    start = StartDraft(uuid4(), area.pk, _ago(began), tuple(crew))
    met = ContactDraft(uuid4(), start.mark, _ago(began - 10), people=people)
    return [start, met, EndDraft(uuid4(), start.mark, _ago(ended), "Calme.")]


def test_outing_begun_and_ended_on_a_phone_is_written_once_with_its_hours() -> None:
    me, acts = worker(), _afternoon(go.area())
    for expected in (KEPT, KNOWN):
        told = fieldwork.send(acts=acts, by=me, at=NOW)
        assert told == {act.mark: expected for act in acts}
    one = Outing.objects.get()
    assert (one.starts_at, one.ends_at, one.minutes) == (_ago(240), _ago(60), 180)
    assert (one.state, one.note, one.mark) == ("closed", "Calme.", acts[0].mark)
    assert (queries.tally(one.pk).people, OutingMove.objects.count()) == (3, 1)


def test_two_phones_that_begin_are_two_outings_and_nobody_is_out_on_both() -> None:
    me, her, area = worker(), worker(), go.area()
    mine = _afternoon(area, crew=[int(her.ref)])[:2]
    hers = _afternoon(area, people=5)[:2]
    for who, acts in ((me, mine), (her, hers)):
        told = fieldwork.send(acts=acts, by=who, at=NOW)
        assert set(told.values()) == {KEPT}
    assert sum(queries.tally(one.pk).people for one in Outing.objects.all()) == 8
    assert set(CrewMember.objects.values_list("outing__mark", "agent", "is_out")) == {
        (mine[0].mark, int(me.ref), True),
        (mine[0].mark, int(her.ref), True),
        (hers[0].mark, int(her.ref), False),
    }


def test_two_outings_of_one_phone_follow_each_other() -> None:
    area = go.area()
    acts = [*_afternoon(area, 300, 200), *_afternoon(area, 150, 30)]
    assert set(fieldwork.send(acts=acts, by=worker(), at=NOW).values()) == {KEPT}
    assert sorted(Outing.objects.values_list("minutes", flat=True)) == [100, 120]


def test_start_that_is_refused_takes_its_acts_with_it_in_words() -> None:
    acts = _afternoon(go.area("mediation"))
    told = fieldwork.send(acts=acts, by=worker(), at=NOW)
    assert {told[act.mark].words for act in acts} == {
        "Ce secteur n’est pas de votre équipe.", "Cette sortie n’est pas de votre équipe.",
    }  # fmt: skip
    assert (set(told.values()), Outing.objects.count()) == ({REFUSED}, 0)


def test_end_of_an_outing_a_colleague_ended_already() -> None:
    one = go.closed(minutes=90)
    silent = EndDraft(uuid4(), one.mark, _ago(5))
    spoken = EndDraft(uuid4(), one.mark, _ago(5), "Une bagarre.")
    told = fieldwork.send(acts=[silent, spoken], by=leader(), at=NOW)
    assert told == {silent.mark: KNOWN, spoken.mark: REFUSED}
    assert "n’est plus possible" in told[spoken.mark].words
    one.refresh_from_db()
    assert (one.minutes, one.note) == (90, "")


def test_end_before_its_beginning_is_refused_and_a_second_of_drift_is_not() -> None:
    early, close = go.outing(at=_ago(30)), go.outing(at=_ago(30))
    acts = [EndDraft(uuid4(), early.mark, _ago(90)),
            EndDraft(uuid4(), close.mark, _ago(30) - timedelta(seconds=2))]  # fmt: skip
    told = fieldwork.send(acts=acts, by=HOUSE, at=NOW)
    assert told == {acts[0].mark: REFUSED, acts[1].mark: KEPT}
    close.refresh_from_db()
    assert close.minutes == 1


def test_phone_whose_clock_was_years_behind_writes_nothing_in_those_years() -> None:
    area, one = go.area(), go.outing(at=_ago(30))
    start, seen = StartDraft(uuid4(), area.pk, _ago(15 * 1440)), go.sight(area, at=_ago(15 * 1440))
    late = StartDraft(uuid4(), area.pk, _ago(13 * 1440))
    met = ContactDraft(uuid4(), one.pk, _ago(5e6))
    kits = KitDraft(uuid4(), one.pk, _ago(5e6), (KitLine(go.kit().pk, 2),))
    told = fieldwork.send(acts=[start, late, seen, met, kits], by=HOUSE, at=NOW)
    assert [told[act.mark] for act in (start, late, seen)] == [REFUSED, KEPT, REFUSED]
    assert "au bureau" in told[start.mark].words
    assert (told[met.mark], told[kits.mark]) == (KEPT, KEPT)
    assert (one.contacts.get().met_at, one.kits.get().moved_at) == (_ago(30), _ago(30))


def test_mark_of_an_outing_in_another_area_is_refused() -> None:
    start = StartDraft(uuid4(), go.area().pk, NOW)
    other = StartDraft(start.mark, go.area().pk, NOW)
    assert fieldwork.send(acts=[start], by=HOUSE, at=NOW) == {start.mark: KEPT}
    assert fieldwork.send(acts=[other], by=HOUSE, at=NOW) == {start.mark: REFUSED}


def test_acts_name_an_outing_by_its_number_too() -> None:
    one = go.outing()
    assert fieldwork.meet(draft=contact(one, 2), by=HOUSE, at=NOW) == KEPT
    seen = go.sight(one.area, outing=one.mark)
    assert fieldwork.observe(draft=seen, by=HOUSE, at=NOW) == KEPT
    assert queries.tally(one.pk).faults == 1
