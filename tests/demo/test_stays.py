"""Two houses and their last weeks load once, through the services, at a known price."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import steering as plan
from tests.factories.requests import team

from beffroi.acts.stays.models import Guest, House, Opening, Stay
from beffroi.demo.stays import load_stays
from beffroi.steering import services as steering
from beffroi.steering.figures import figures_of_period

pytestmark = pytest.mark.django_db


def test_last_weeks_of_the_shelters_are_loaded_once(django_assert_max_num_queries) -> None:
    team("prevention")
    plan.plan()
    now = timezone.now()
    with django_assert_max_num_queries(400):
        assert load_stays(now) == 2
    counts = (House.objects.count(), Opening.objects.filter(state="closed").count())
    assert counts == (2, 80)
    assert Stay.objects.count() > 600
    assert Guest.objects.count() > 60
    open_ones = Opening.objects.filter(state="open").count()
    assert load_stays(now) == 2
    assert Opening.objects.filter(state="open").count() == open_ones <= 2
    steering.follow_usual(lines=[plan.line(3), plan.line(11)], **plan.GIVEN)
    day = timezone.localdate(now)
    found = figures_of_period([plan.line(3), plan.line(11)], day - timedelta(days=41), day)
    told = {(one.indicator.line.number, one.indicator.measure): one.value for one in found}
    assert told[3, "stays.nights"] > 600
    assert 60 < told[3, "stays.guests"] <= Guest.objects.count()
