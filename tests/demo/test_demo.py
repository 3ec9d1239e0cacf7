"""The demo goes in through the services, on an empty database, and shows every role at work.

It takes a while: it is loaded once for all of these tests, and taken back after them.
"""

import json
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.acts.agenda.models import Appointment, Arrival, Hold
from beffroi.acts.bodies.models import Item, Sitting
from beffroi.acts.payments.bank.accounts import check_account
from beffroi.acts.payments.models import BankReturn, Claim, PayeeAccount, Run, RunLine
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import RequestState
from beffroi.acts.requests.models import Clock, Request
from beffroi.audit.models import JournalEntry
from beffroi.casework import aids
from beffroi.casework.enums import ApplicationState
from beffroi.casework.models import Application, FileClock, FileOpening, Grant, SocialFile
from beffroi.casework.permissions import files_visible_to
from beffroi.cli import demo as command
from beffroi.core.actors import system_actor
from beffroi.demo import load_demo
from beffroi.directory import services as directory
from beffroi.documents.letters.models import Letter
from beffroi.people.permissions import barred_persons

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, int]]:
    """The demo as an empty database takes it, and how many of each thing it says there are."""
    with django_db_blocker.unblock(), transaction.atomic():
        directory.load_catalogue(by=system_actor("tests"), at=timezone.now())
        accounts_services.load_teams()
        requests.load_forms()
        yield load_demo()
        transaction.set_rollback(True)


def test_demo_users_hold_every_role(capsys) -> None:
    assert command.run(["users", "--json"]) == 0
    users = json.loads(capsys.readouterr().out)
    assert {user["role"] for user in users} == {str(role) for role in Role}
    assert all(user["start"].startswith("/") and user["password"] for user in users)


def test_demo_loaded_twice_adds_nothing(counts: dict[str, int]) -> None:
    tables = (Request, SocialFile, Application, Sitting, Run, Letter, Appointment, Hold, Arrival)
    before = [table.objects.count() for table in tables]
    assert load_demo() == counts
    assert [table.objects.count() for table in tables] == before


def test_demo_shows_every_state_of_a_request(counts: dict[str, int]) -> None:
    assert Request.objects.count() == counts["Request"]
    states = set(Request.objects.values_list("state", flat=True))
    assert states == {str(state) for state in RequestState}


def test_demo_numbers_are_in_the_order_of_arrival(counts: dict[str, int]) -> None:
    for register, year in set(Request.objects.values_list("register", "year")):
        rows = Request.objects.filter(register=register, year=year).order_by("number")
        numbers = list(rows.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        moments = list(rows.values_list("received_at", flat=True))
        assert moments == sorted(moments)


def test_demo_requests_for_aid_have_their_clocks_and_readings_their_rows(
    counts: dict[str, int],
) -> None:
    aid = Request.objects.filter(kind="aid")
    assert Clock.objects.filter(what="decision").count() == aid.count()
    assert JournalEntry.objects.filter(kind="read", verb="request.read").exists()


def test_demo_plays_a_day_at_reception(counts: dict[str, int]) -> None:
    assert counts["Appointment"] >= Appointment.objects.count() >= 8
    waiting = Arrival.objects.filter(state__in=("announced", "called"))
    assert (
        waiting.filter(worker__isnull=True).exists() and waiting.filter(is_priority=True).exists()
    )


def test_demo_files_stand_at_the_stages_of_the_road(counts: dict[str, int]) -> None:
    assert counts["SocialFile"] == SocialFile.objects.count() >= 150
    states = set(Application.objects.values_list("state", flat=True))
    assert states >= {
        ApplicationState.RECEIVED, ApplicationState.ENQUIRY, ApplicationState.SUBMITTED,
        ApplicationState.CLOSED,
    }  # fmt: skip
    ends = set(Application.objects.values_list("end", flat=True))
    assert ends >= {"", "executed", "refused", "withdrawn"}
    kinds = set(Application.objects.values_list("kind", flat=True))
    assert len(kinds) >= 10
    assert kinds <= {aid.key for aid in aids.aids()}
    assert len(set(SocialFile.objects.values_list("worker_id", "team_id"))) >= 8


def test_demo_leaves_something_late_and_something_to_look_at(counts: dict[str, int]) -> None:
    today = timezone.localdate()
    running = FileClock.objects.filter(met_at=None, cancelled_at=None, what="decision")
    assert running.filter(due_date__lt=today).exists()
    assert running.filter(due_date__gte=today).exists()
    assert FileOpening.objects.filter(seen_by_leader_at=None).count() == 2
    assert SocialFile.objects.filter(worker=None).exists()


def test_demo_hides_a_relative_s_file_from_the_worker(counts: dict[str, int]) -> None:
    worker = accounts.actor_named("assistante", timezone.localdate())
    kin = SocialFile.objects.filter(person_id__in=barred_persons(worker))
    assert kin.exists()
    assert not files_visible_to(worker).filter(pk__in=kin.values("pk")).exists()


def test_demo_sittings_decide_real_proposals(counts: dict[str, int]) -> None:
    subjects = set(Item.objects.values_list("subject_kind", flat=True))
    assert subjects == {"proposal", "urgent_decision"}
    states = set(Sitting.objects.values_list("state", flat=True))
    assert {"convened", "approved"} <= states


def test_demo_pays_each_month_and_prepares_this_one(counts: dict[str, int]) -> None:
    states = list(Run.objects.order_by("prepared_at").values_list("state", flat=True))
    assert states[-1] == "draft"
    assert set(states[:-1]) <= {"booked", "exported"}
    assert "booked" in states
    assert BankReturn.objects.filter(treated_at=None).count() == 1
    assert Claim.objects.get(label__startswith="Indu").instalments.count() == 12
    assert RunLine.objects.filter(run__state="draft").exists()
    for iban in PayeeAccount.objects.values_list("iban", flat=True):
        assert check_account(iban).iban[4:7] == "999"  # of no bank


def test_demo_grants_that_pay_have_their_order(counts: dict[str, int]) -> None:
    money = Grant.objects.filter(amount__gt=0, decision__application__state="closed")
    assert money.exists()
    assert not money.filter(order_ref="").exists()


def test_demo_letters_wait_for_their_pdf(counts: dict[str, int]) -> None:
    letters = Letter.objects.filter(owner_kind="social_file")
    assert letters.exists()
    assert not letters.exclude(pdf="").exists()
    assert not letters.filter(html="").exists()


def test_demo_request_goes_on_in_a_file(counts: dict[str, int]) -> None:
    one = Application.objects.select_related("file__person").exclude(request_ref="").get()
    asked = Request.objects.get(reference=one.request_ref)
    assert (asked.outcome, one.asked_on) == ("file_opened", timezone.localdate(asked.received_at))
    assert asked.clocks.get(what="decision").met_at == one.decisions.get().decided_at
