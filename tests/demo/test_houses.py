"""The year of the houses loads once, through the services, within its time."""

import time

import pytest
from django.utils import timezone
from tests.factories.activities import counted_apart

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import Activity, Attendance, CashDay, Fee, Registration, Session
from beffroi.demo.houses import load_houses

pytestmark = pytest.mark.django_db


def test_year_of_the_houses_is_loaded_once(catalogue) -> None:
    now, start = timezone.now(), time.process_time()
    count = load_houses(now)
    took = time.process_time() - start
    held = Session.objects.filter(state="held").count()
    first = (Activity.objects.count(), held, Attendance.objects.count())
    assert count == first[0] > 10
    assert first[1] > 400
    assert first[2] > 3000
    assert load_houses(now) == count
    assert (Activity.objects.count(), held, Attendance.objects.count()) == first
    assert took < 10
    day = timezone.localdate(now)
    lines = [f"line:{number}" for number in range(1, 33)]
    assert set(counted_apart(day.replace(year=day.year - 1), day, *lines)) == {
        "line:1", "line:12", "line:15", "line:16", "line:23", "line:26", "line:31", "line:32",
    }  # fmt: skip
    assert Session.objects.filter(is_home=True, state="held").count() > 30
    assert {one.state for one in Fee.objects.all()} == {"owed", "paid"}
    assert CashDay.objects.count() == 3
    states = set(Registration.objects.values_list("state", flat=True))
    assert states == {"confirmed", "waiting"}
    assert activities.settle_offers(by=activities_house(), at=now) == 0


def activities_house():
    from beffroi.core.actors import system_actor

    return system_actor("tests")
