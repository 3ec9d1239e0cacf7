"""The year of the houses loads once, through the services, within its time."""

import time

import pytest
from django.utils import timezone

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import KeyKind
from beffroi.acts.activities.indicators import by_key
from beffroi.acts.activities.models import Activity, Attendance, Registration, Session
from beffroi.demo.houses import load_houses

pytestmark = pytest.mark.django_db


def test_year_of_the_houses_is_loaded_once(catalogue) -> None:
    now, start = timezone.now(), time.perf_counter()
    count = load_houses(now)
    took = time.perf_counter() - start
    held = Session.objects.filter(state="held").count()
    first = (Activity.objects.count(), held, Attendance.objects.count())
    assert count == first[0] > 10
    assert first[1] > 400
    assert first[2] > 3000
    assert load_houses(now) == count
    assert (Activity.objects.count(), held, Attendance.objects.count()) == first
    assert took < 10
    day = timezone.localdate(now)
    assert set(by_key(KeyKind.LINE, (day.replace(year=day.year - 1), day))) == {
        "1",
        "12",
        "23",
        "26",
        "31",
    }
    states = set(Registration.objects.values_list("state", flat=True))
    assert states == {"confirmed", "waiting"}
    assert activities.settle_offers(by=activities_house(), at=now) == 0


def activities_house():
    from beffroi.core.actors import system_actor

    return system_actor("tests")
