"""Opening: the register, the receipt, the clocks, and what is refused, in words."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.factories.requests import ENOUGH, NOW, agent, ask, draft, form, later

from beffroi.accounts.enums import Role
from beffroi.acts.requests import queries
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Channel, FormKind, Outcome
from beffroi.acts.requests.models import Clock, Request
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.directory.enums import ServiceStatus
from beffroi.directory.models import Commune, Locality

pytestmark = pytest.mark.django_db


def _commune(nis: str, name: str, code: str) -> None:
    commune = Commune.objects.create(pk=nis, name_fr=name, region_nis="03000", search=name.lower())
    Locality.objects.create(commune=commune, postal_code=code, search=code)


@pytest.mark.parametrize("kind", list(ENOUGH))
def test_open_with_enough_gives_a_receipt(kind: str) -> None:
    asked = ask(kind)
    register = "AID" if kind == "aid" else "DEM"
    assert asked.reference == f"{register}-2026-00001"
    assert (asked.row.state, asked.row.kind, asked.row.answers) == ("received", kind, ENOUGH[kind])
    assert asked.receipt.secret not in str(vars(asked.row))


@pytest.mark.parametrize("kind", list(ENOUGH))
def test_open_with_nothing_tells_every_fault_at_once(kind: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(kind, answers={}, name="", phone="")
    missing = set(ENOUGH[kind])
    missing |= {"name"} - ({"name"} if kind in ("graffiti", "question") else set())
    missing |= {"phone"} if kind in ("call_back", "ride") else set()
    assert set(refused.value.fields) == missing
    assert Request.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("phone", "12"), ("phone", "pas de téléphone"), ("email", "lucie@"),
        ("postal_code", "70000"), ("postal_code", "abcd"),
    ],
)  # fmt: skip
def test_open_with_a_wrong_contact_names_it(field: str, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(**{field: wrong})
    assert set(refused.value.fields) == {field}


def test_open_for_somebody_else_needs_to_know_whom() -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(for_other=True)
    assert set(refused.value.fields) == {"other_name"}
    row = ask(for_other=True, other_name="mon voisin", other_knows=False).row
    assert (row.for_other, row.other_name, row.other_knows) == (True, "mon voisin", False)


def test_other_person_is_forgotten_when_it_is_for_oneself() -> None:
    row = ask(for_other=False, other_name="mon voisin", other_knows=True).row
    assert (row.other_name, row.other_knows) == ("", None)


def test_register_is_without_gap_by_register_and_year() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 in Mons
    references = [
        ask("question").reference, ask("aid").reference, ask("graffiti").reference,
        ask("aid").reference, ask("question", at=new_year).reference,
    ]  # fmt: skip
    assert references == [
        "DEM-2026-00001", "AID-2026-00001", "DEM-2026-00002", "AID-2026-00002", "DEM-2027-00001",
    ]  # fmt: skip


def test_register_gives_the_number_back_when_the_opening_fails() -> None:
    service = form("question").service.key
    for broken in (True, False):
        try:
            with transaction.atomic():
                asked = ask("question", service=service)
                if broken:
                    raise RuntimeError("power cut")
        except RuntimeError:
            assert Request.objects.count() == 0
    assert asked.reference == "DEM-2026-00001"


def test_same_nonce_gives_the_same_receipt() -> None:
    service = form("question").service.key
    first = ask("question", service=service, nonce="one-page")
    second = ask("question", service=service, nonce="one-page", at=later())
    assert first.receipt == second.receipt
    assert Request.objects.count() == 1
    assert JournalEntry.objects.filter(verb="request.open").count() == 1


def test_aid_starts_its_clocks_at_once() -> None:
    clocks = ask("aid").row.clocks.values_list("what", "due_date", "met_at", "cancelled_at")
    assert set(clocks) == {
        ("register", date(2026, 11, 24), NOW, None),
        ("receipt", date(2026, 11, 24), NOW, None),
        ("decision", date(2026, 12, 24), None, None),
        ("late_interest", date(2027, 1, 9), None, None),
    }


def test_aid_of_another_commune_starts_the_clock_of_transfer_too() -> None:
    _commune("23027", "Hal", "1500")
    asked = ask("aid", postal_code="1500")
    assert asked.row.competent_nis == "23027"
    running = asked.row.clocks.filter(met_at=None).values_list("what", "due_date")
    assert set(running) == {
        ("transfer", date(2026, 11, 29)),
        ("decision", date(2026, 12, 24)),
        ("late_interest", date(2027, 1, 9)),
    }


def test_aid_of_this_commune_has_no_clock_of_transfer() -> None:
    _commune("53053", "Mons", "7000")
    assert not ask("aid", postal_code="7000").row.clocks.filter(what="transfer").exists()


def test_other_kinds_have_no_clock() -> None:
    _commune("23027", "Hal", "1500")
    ask("question", postal_code="1500")
    assert Clock.objects.count() == 0


def test_transfer_meets_its_clock_and_keeps_the_date() -> None:
    _commune("23027", "Hal", "1500")
    mine, asked = agent(), ask("aid", postal_code="1500")
    requests.transfer(
        reference=asked.reference, to_nis="23027", reason="Vous vivez à Hal.", by=mine, at=later(3)
    )
    row = asked.row
    assert (row.state, row.outcome, row.received_at) == ("closed", Outcome.TRANSFERRED, NOW)
    states = row.clocks.filter(what__in=("transfer", "decision")).values_list(
        "what", "met_at", "cancelled_at"
    )
    assert set(states) == {("transfer", later(3), None), ("decision", None, later(3))}
    assert "Hal" in row.messages.get().text


def test_keep_here_ends_the_clock_of_transfer_alone() -> None:
    _commune("23027", "Hal", "1500")
    mine, asked = agent(), ask("aid", postal_code="1500")
    requests.keep_here(reference=asked.reference, reason="Vous dormez à Mons.", by=mine, at=later())
    running = asked.row.clocks.filter(met_at=None, cancelled_at=None)
    assert set(running.values_list("what", flat=True)) == {"decision", "late_interest"}
    assert asked.row.competent_nis == "53053"
    with pytest.raises(WrongState):
        requests.keep_here(reference=asked.reference, reason="Encore.", by=mine, at=later(2))


def test_transfer_after_keeping_here_is_still_possible() -> None:
    _commune("23027", "Hal", "1500")
    mine, asked = agent(), ask("aid", postal_code="1500")
    key = {"reference": asked.reference, "by": mine}
    requests.keep_here(reason="Vous dormez à Mons.", at=later(), **key)
    requests.transfer(to_nis="23027", reason="Vous vivez à Hal.", at=later(2), **key)
    clock = asked.row.clocks.get(what="transfer")
    assert (clock.met_at, clock.cancelled_at) == (later(2), None)


def test_transfer_to_this_very_commune_is_refused() -> None:
    _commune("53053", "Mons", "7000")
    mine, asked = agent(), ask("aid", postal_code="7000")
    with pytest.raises(InvalidInput):
        requests.transfer(
            reference=asked.reference, to_nis="53053", reason="Ici.", by=mine, at=later()
        )
    assert asked.row.state == "received"


def test_reopened_request_has_every_clock_that_its_closing_stopped() -> None:
    _commune("23027", "Hal", "1500")
    leader, asked = agent(Role.TEAM_LEADER), ask("aid", postal_code="1500")
    key = {"reference": asked.reference, "by": leader}
    running = asked.row.clocks.filter(met_at=None, cancelled_at=None)
    before = set(running.values_list("what", "due_date"))
    assert "transfer" in {what for what, _due in before}
    requests.close(outcome=Outcome.ANSWERED, text="Voilà.", at=later(2), **key)
    assert set(running.values_list("what", "due_date")) == set()
    requests.reopen(reason="Erreur.", at=later(3), **key)
    assert set(running.values_list("what", "due_date")) == before


def test_reopened_request_leaves_ended_what_ended_before() -> None:
    _commune("23027", "Hal", "1500")
    leader, asked = agent(Role.TEAM_LEADER), ask("aid", postal_code="1500")
    key = {"reference": asked.reference, "by": leader}
    requests.keep_here(reason="Vous dormez à Mons.", at=later(), **key)
    requests.close(outcome=Outcome.ANSWERED, text="Voilà.", at=later(2), **key)
    requests.reopen(reason="Erreur.", at=later(3), **key)
    running = asked.row.clocks.filter(met_at=None, cancelled_at=None)
    assert set(running.values_list("what", flat=True)) == {"decision", "late_interest"}


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (ServiceStatus.RUNNING, {"question", "ride"}),
        (ServiceStatus.PLANNED, {"question"}),
        (ServiceStatus.SUSPENDED, {"question"}),
        (ServiceStatus.ENDED, set()),
    ],
)
def test_public_is_offered_only_what_runs(status: str, kinds: set[str]) -> None:
    key = form("question", status=status).service.key
    form("ride", key=key)
    assert {f.kind for f in queries.forms_of_service(key)} == kinds
    for kind in ("question", "ride"):
        sent = draft(kind, service=key)
        if kind in kinds:
            requests.check_draft(draft=sent)
        else:
            with pytest.raises(requests.UnknownForm):
                requests.check_draft(draft=sent)
            requests.check_draft(draft=sent, channel=Channel.DESK)


def test_closed_form_takes_nothing_from_the_public() -> None:
    service = form("question").service.key
    from beffroi.core.actors import system_actor

    requests.close_form(service=service, kind=FormKind.QUESTION, by=system_actor("tests"), at=NOW)
    with pytest.raises(requests.UnknownForm):
        requests.open_request(
            draft=draft("question", service=service), nonce="n", by=person_actor("portail"), at=NOW
        )
