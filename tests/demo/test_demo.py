"""The demo goes in through the services, on an empty database, and shows every role at work."""

import json

import pytest

from beffroi.accounts.enums import Role
from beffroi.acts.agenda.models import Appointment, Arrival, Hold
from beffroi.acts.requests.enums import RequestState
from beffroi.acts.requests.models import Clock, Request
from beffroi.audit.models import JournalEntry
from beffroi.cli import demo as command
from beffroi.demo import load_demo

pytestmark = pytest.mark.django_db


def test_demo_users_hold_every_role(capsys) -> None:
    assert command.run(["users", "--json"]) == 0
    users = json.loads(capsys.readouterr().out)
    assert {user["role"] for user in users} == {str(role) for role in Role}
    assert all(user["start"].startswith("/") and user["password"] for user in users)


def test_demo_loads_once_and_shows_every_state(catalogue: None) -> None:
    first = load_demo()
    again = load_demo()
    assert first == again
    assert Request.objects.count() == first["Request"]
    states = set(Request.objects.values_list("state", flat=True))
    assert states == {str(state) for state in RequestState}


def test_demo_numbers_are_in_the_order_of_arrival(catalogue: None) -> None:
    load_demo()
    for register, year in set(Request.objects.values_list("register", "year")):
        rows = Request.objects.filter(register=register, year=year).order_by("number")
        numbers = list(rows.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        moments = list(rows.values_list("received_at", flat=True))
        assert moments == sorted(moments)


def test_demo_requests_for_aid_have_their_clocks_and_readings_their_rows(catalogue: None) -> None:
    load_demo()
    aid = Request.objects.filter(kind="aid")
    assert Clock.objects.filter(what="decision").count() == aid.count()
    assert JournalEntry.objects.filter(kind="read", verb="request.read").exists()


def test_demo_plays_a_day_at_reception_once(catalogue: None) -> None:
    first = load_demo()
    holds, arrivals = Hold.objects.count(), Arrival.objects.count()
    load_demo()
    assert (Hold.objects.count(), Arrival.objects.count()) == (holds, arrivals)
    assert first["Appointment"] >= Appointment.objects.count() >= 8
    waiting = Arrival.objects.filter(state__in=("announced", "called"))
    assert (
        waiting.filter(worker__isnull=True).exists() and waiting.filter(is_priority=True).exists()
    )
    states = set(Appointment.objects.values_list("state", flat=True))
    assert {"offered", "confirmed", "kept", "missed"} <= states
