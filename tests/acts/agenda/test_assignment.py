"""Newcomers: a count that is fair, the same each time, and explained."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.agenda import NOW, TODAY, later, leader, reception
from tests.factories.requests import agent

from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.assignment import WorkerLoad, propose
from beffroi.acts.agenda.models import Assignment
from beffroi.core.errors import InvalidInput, NotAllowed

CLAIRE = WorkerLoad(1, "Claire", 42, 38 * 60)
SABRINA = WorkerLoad(2, "Sabrina", 30, 19 * 60)


def test_half_a_post_carries_half() -> None:
    found = propose([SABRINA, CLAIRE])
    assert found is not None
    assert (found.worker, [one.worker for one in found.loads]) == (1, [1, 2])
    assert found.words == (
        "Claire a 42 points pour 38 h par semaine ; Sabrina a 30 points pour 19 h par semaine. "
        "Claire porte le moins par heure de travail."
    )


def test_between_equals_whoever_waits_longest_takes_the_next() -> None:
    one = WorkerLoad(1, "Claire", 10, 600, last_at=later(2))
    two = WorkerLoad(2, "Sabrina", 10, 600, last_at=later(1))
    found = propose([one, two])
    assert found is not None
    assert found.worker == 2
    assert found.words.endswith("Sabrina attend une nouvelle personne depuis plus longtemps.")


def test_nobody_is_proposed_when_everybody_is_away() -> None:
    away = WorkerLoad(1, "Claire", 0, is_away=True)
    assert propose([away]) is None
    assert propose([CLAIRE], absent={1}) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(300, 2400)), min_size=2, max_size=6),
    st.randoms(),
)
def test_count_is_fair_over_time_and_blind_to_order(given_loads, random) -> None:
    """Newcomers given one by one never leave two workers further apart than one newcomer."""
    points = {number: 0 for number in range(len(given_loads))}
    for _round in range(40):
        loads = [
            WorkerLoad(n, str(n), points[n], minutes) for n, (_p, minutes) in enumerate(given_loads)
        ]
        shuffled = random.sample(loads, len(loads))
        one, two = propose(loads), propose(shuffled)
        assert one is not None and two is not None
        assert one.worker == two.worker
        points[one.worker] += 4
    per_hour = [points[n] / minutes for n, (_p, minutes) in enumerate(given_loads)]
    assert max(per_hour) - min(per_hour) <= 4 / min(minutes for _p, minutes in given_loads) + 1e-9


@pytest.mark.django_db
def test_proposal_leaves_out_who_is_away_the_desk_and_the_leader() -> None:
    light, heavy, chief, _desk = agent(), agent(), leader(), reception("aid")
    weights = {int(light.ref): 1, int(heavy.ref): 9}
    found = agenda.propose_worker(team="aid", weights=weights, at=NOW)
    assert found is not None
    assert [one.worker for one in found.loads] == [int(light.ref), int(heavy.ref)]
    agenda.add_absence(
        worker=int(light.ref), starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=2),
        by=chief, at=NOW,
    )  # fmt: skip
    found = agenda.propose_worker(team="aid", weights=weights, at=NOW)
    assert found is not None
    assert found.worker == int(heavy.ref)
    without = agenda.propose_worker(team="aid", weights=weights, at=NOW, absences={int(heavy.ref)})
    assert without is None


@pytest.mark.django_db
def test_proposal_leaves_out_who_does_not_work_that_day() -> None:
    mine, other = agent(), agent()
    agenda.add_hours(
        worker=int(mine.ref), weekday=2, from_time=time(9), until_time=time(12), since=TODAY,
        by=mine, at=NOW,
    )  # fmt: skip
    found = agenda.propose_worker(team="aid", weights={int(other.ref): 50}, at=NOW)
    assert found is not None
    assert [one.worker for one in found.loads] == [int(other.ref)]


@pytest.mark.django_db
def test_another_choice_than_the_count_says_why_and_both_are_kept() -> None:
    light, heavy, chief = agent(), agent(), leader()
    given_ = {"team": "aid", "subject_ref": "DEM-2026-00001", "by": chief, "at": NOW}
    weights = {int(heavy.ref): 9}
    with pytest.raises(InvalidInput, match="pourquoi une autre"):
        agenda.note_newcomer(worker=int(heavy.ref), weights=weights, **given_)
    kept = agenda.note_newcomer(
        worker=int(heavy.ref), weights=weights, why="Elle parle ukrainien", **given_
    )
    assert (kept.proposed_id, kept.worker_id) == (int(light.ref), int(heavy.ref))
    assert kept.loads == [
        {"worker": int(light.ref), "points": 0, "minutes": None},
        {"worker": int(heavy.ref), "points": 9, "minutes": None},
    ]
    with pytest.raises(NotAllowed):
        agenda.note_newcomer(worker=int(light.ref), weights={}, **{**given_, "by": light})
    assert Assignment.objects.count() == 1
