"""The year of the street loads once, through the services, within its time."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from beffroi.acts.fieldwork.indicators import MEASURES, figures
from beffroi.acts.fieldwork.models import Area, Contact, Observation, Surface
from beffroi.core.measures import Scope
from beffroi.demo.terrain import load_terrain

pytestmark = pytest.mark.django_db


def test_year_of_the_street_is_loaded_once(catalogue) -> None:
    now, start = timezone.now(), time.process_time()
    count = load_terrain(now)
    took = time.process_time() - start
    first = (Area.objects.count(), Contact.objects.count(), Surface.objects.count())
    assert count == first[0] == 5
    assert load_terrain(now) == count
    assert (Area.objects.count(), Contact.objects.count(), Surface.objects.count()) == first
    day = timezone.localdate(now)
    found = figures(Scope(day - timedelta(days=365), day))
    assert found["contacts"] == first[1] > 900
    assert 1800 < found["square_metres"] < 3000
    assert {one.state for one in Observation.objects.all()} == {"open", "sent", "mended"}
    codes = next(one for one in MEASURES if one.key == "fieldwork.codes_unique")
    assert 20 < codes.count(Scope(day - timedelta(days=365), day)) <= 84  # of two years
    assert took < 6
