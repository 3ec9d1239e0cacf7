"""Two houses and their last weeks load once, through the services, within their time."""

import time

import pytest
from django.utils import timezone
from tests.factories import steering as plan
from tests.factories.requests import team

from beffroi.acts.stays.models import Guest, House, Opening, Stay
from beffroi.demo.stays import load_stays
from beffroi.steering.models import Indicator

pytestmark = pytest.mark.django_db


def test_last_weeks_of_the_shelters_are_loaded_once() -> None:
    team("prevention")
    plan.plan()
    now, start = timezone.now(), time.perf_counter()
    assert load_stays(now) == 2
    took = time.perf_counter() - start
    counts = (House.objects.count(), Opening.objects.filter(state="closed").count())
    assert counts == (2, 80)
    assert Stay.objects.count() > 600
    assert Guest.objects.count() > 60
    open_ones = Opening.objects.filter(state="open").count()
    assert load_stays(now) == 2
    assert Opening.objects.filter(state="open").count() == open_ones <= 2
    assert sorted(Indicator.objects.values_list("line__number", "measure")) == [
        (3, "stays.guests"), (3, "stays.nights"), (3, "stays.occupancy"),
        (3, "stays.refusals_full"), (11, "stays.day_visitors"), (11, "stays.day_visits"),
        (11, "stays.meals"),
    ]  # fmt: skip
    assert took < 10
