"""Persons are found under misspelled names, quickly, on either database."""

import pytest
from django.db import connection

from beffroi.demo import person_search
from beffroi.demo.typos import KINDS

pytestmark = pytest.mark.django_db
RECALL, P95_MS = 0.98, 20.0


def _measured(count: int, house, at) -> dict[str, person_search.Measured]:
    everybody = person_search.fill(count, by=house, at=at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    found = person_search.measure(everybody, by=house, at=at, queries=200)
    return {one.kind: one for one in found}


def _recall(measured: dict[str, person_search.Measured]) -> dict[str, float]:
    return {kind: one.recall for kind, one in measured.items() if one.recall < RECALL}


def test_misspelled_names_find_their_person_among_three_thousand(house, at) -> None:
    measured = _measured(3_000, house, at)
    assert set(measured) == set(KINDS)
    assert _recall(measured) == {}


@pytest.mark.long
def test_misspelled_names_find_their_person_among_a_hundred_thousand(house, at) -> None:
    measured = _measured(100_000, house, at)
    assert _recall(measured) == {}
    assert {kind: one.p95 for kind, one in measured.items() if one.p95 > P95_MS} == {}
