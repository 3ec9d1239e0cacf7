"""The year of the counters loads once, through the services, at a known price."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from beffroi.acts.supplies.indicators import all_figures
from beffroi.acts.supplies.models import Card, Lot, Movement, Passage, Recall, Site
from beffroi.core.measures import Scope
from beffroi.demo.supplies import load_supplies

pytestmark = pytest.mark.django_db


def test_year_of_the_counters_is_loaded_once_and_counts(
    catalogue, django_assert_max_num_queries
) -> None:
    now = timezone.now()
    with django_assert_max_num_queries(3_300):
        count = load_supplies(now)
    first = (Passage.objects.count(), Movement.objects.count(), Card.objects.count())
    assert count == Site.objects.count() == 7
    assert first[0] > 35
    assert load_supplies(now) == count
    assert (Passage.objects.count(), Movement.objects.count(), Card.objects.count()) == first
    today = timezone.localdate(now)
    figures = all_figures(Scope(today - timedelta(days=365), today))
    assert {name for name, number in figures.items() if not number} == set()
    lots = Lot.objects.annotate(n=Sum("movements__quantity"))
    assert [lot for lot in lots if lot.left != lot.n] == []
    assert Recall.objects.get().lots.aggregate(n=Sum("left"))["n"] > 0
