"""The pages of finance: who opens them, what they show, and a run from draft to the bank."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from tests.factories.payments import SYSTEM, director, finance, house, order, person, statement
from tests.factories.requests import agent
from tests.web.desk.conftest import signed_in_again

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Run
from beffroi.acts.payments.periods import month_end
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.core.dates import next_working_day

pytestmark = pytest.mark.django_db
ROOT = "/desk/finances/"
PAGES = (
    "", "echeances/", "paiements/", "banque/", "retours/", "comptes/", "retenues/",
    "recuperations/", "comptabilite/", "subvention/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def _order(**more: object) -> str:
    return order(since=timezone.localdate().replace(day=1), **more)


def _prepare(by) -> Run:
    today = timezone.localdate()
    return payments.prepare_run(
        through=month_end(today), execution=next_working_day(today + timedelta(days=2)), by=by,
        at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_finance_opens_each_page_and_a_team_leader_none(door, page: str) -> None:
    assert door(finance()).get(ROOT + page).status_code == 200
    assert door(agent(Role.TEAM_LEADER, "aid")).get(ROOT + page).status_code == 404


@pytest.mark.parametrize("year", ["0001", "1849", "2200", "9999"])
def test_day_that_nobody_means_is_told_and_prepares_nothing(door, year: str) -> None:
    given = {"through": f"{year}-12-31", "execution": f"{year}-12-31"}
    page = door(finance()).post(f"{ROOT}acte/preparer/", given, follow=True)
    assert "Vérifiez l’année de cette date." in page.content.decode()
    assert not Run.objects.exists()


def test_run_goes_from_draft_to_the_bank_by_two_people(door) -> None:
    _order()
    one, other = door(finance(), fresh=True), door(director(), fresh=True)
    today = timezone.localdate()
    one.post(f"{ROOT}acte/preparer/", {
        "through": month_end(today).isoformat(),
        "execution": next_working_day(today + timedelta(days=2)).isoformat(),
    })  # fmt: skip
    run = Run.objects.get()
    page = f"{ROOT}paiements/{run.reference}/"
    assert "Approuver ce paiement" not in one.get(page).content.decode()
    seen = lines_hash(run)
    act = {"ref": run.reference, "seen": seen, "retour": page}
    refused = one.post(f"{ROOT}acte/approuver/", act, follow=True).content.decode()
    assert "quelqu’un d’autre doit l’approuver" in refused
    assert seen in other.get(page).content.decode()
    other.post(f"{ROOT}acte/approuver/", act)
    first = one.post(f"{page}fichier/")
    content = b"".join(first.streaming_content)
    assert content.startswith(b"<?xml")
    again = b"".join(other.post(f"{page}fichier/").streaming_content)
    assert again == content
    one.post(f"{ROOT}acte/comptabiliser/", {"ref": run.reference, "on": today.isoformat()})
    run.refresh_from_db()
    assert run.state == "booked"


def _approve(client, run: Run):
    page = f"{ROOT}paiements/{run.reference}/"
    act = {"ref": run.reference, "seen": lines_hash(run), "retour": page}
    return client.post(f"{ROOT}acte/approuver/", act)


def test_approval_wants_the_password_again(door) -> None:
    _order()
    run, who = _prepare(finance()), director()
    client = door(who)
    page = f"{ROOT}paiements/{run.reference}/"
    again = f"/connexion/confirmer/?next={quote(page, safe='')}"
    for seconds_ago in (None, 301):
        if seconds_ago:
            signed_in_again(client, seconds_ago=seconds_ago)
        answer = _approve(client, run)
        assert (answer.status_code, answer["Location"]) == (302, again)
        assert "redemandé" in client.get(page).content.decode()
        run.refresh_from_db()
        assert run.state == "draft"
    signed_in_again(client, seconds_ago=10)
    assert "redemandé" not in client.get(page).content.decode()
    assert _approve(client, run)["Location"] == page
    run.refresh_from_db()
    assert run.state == "approved"


def test_approval_wants_the_second_factor_of_whoever_has_one(door) -> None:
    _order()
    run, who = _prepare(finance()), director()
    TOTP.activate(Agent.objects.get(pk=who.ref), "JBSWY3DPEHPK3PXP")
    client = door(who)
    signed_in_again(client)
    assert _approve(client, run)["Location"].startswith("/connexion/deuxieme-facteur/confirmer/?")
    signed_in_again(client, method="mfa")
    _approve(client, run)
    run.refresh_from_db()
    assert run.state == "approved"


def test_password_shown_again_leads_back_and_opens_the_approval(door) -> None:
    _order()
    run, who = _prepare(finance()), director()
    agent_row = Agent.objects.get(pk=who.ref)
    agent_row.set_password("un mot de passe à elle")
    agent_row.save()
    client = door(who)
    asked = _approve(client, run)["Location"]
    given = {"password": "un mot de passe à elle"}
    back = client.post(asked, given)
    assert back["Location"] == f"{ROOT}paiements/{run.reference}/"
    _approve(client, run)
    run.refresh_from_db()
    assert run.state == "approved"


def test_file_of_the_bank_is_read_at_the_desk(door) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = door(finance())
    given = {"file": SimpleUploadedFile("a.xml", statement([], Decimal(0)))}
    said = client.post(f"{ROOT}acte/lire/", {**given, "retour": f"{ROOT}banque/"}, follow=True)
    assert "« a.xml » est lu." in said.content.decode()
    bad = {"file": SimpleUploadedFile("b.xml", b"<Document/>")}
    said = client.post(f"{ROOT}acte/lire/", {**bad, "retour": f"{ROOT}banque/"}, follow=True)
    assert "ni un extrait camt.053 ni une réponse pain.002" in said.content.decode()


def test_blocked_dues_say_why(door) -> None:
    held = _order()
    payments.hold(
        reference=held, reason="À vérifier", since=timezone.localdate(), by=SYSTEM,
        at=timezone.now(),
    )  # fmt: skip
    _order(person_ref=person(account=False))
    payments.draw_dues(through=timezone.localdate(), by=SYSTEM, at=timezone.now())
    page = door(finance()).get(f"{ROOT}echeances/").content.decode()
    assert ("Retenu" in page, "Sans compte bancaire" in page) == (True, True)


def test_refund_is_drawn_and_leaves_as_files(door) -> None:
    _order(refund_facts={"rate": "0.55", "basis": "=taux", "verified": True})
    run = _prepare(finance())
    payments.approve_run(
        reference=run.reference, seen_hash=lines_hash(run), by=director(), at=timezone.now()
    )
    client = door(finance())
    client.post(f"{ROOT}paiements/{run.reference}/fichier/")
    today = timezone.localdate()
    client.post(f"{ROOT}acte/comptabiliser/", {"ref": run.reference, "on": today.isoformat()})
    client.post(f"{ROOT}acte/etablir/", {"month": today.isoformat()})
    page = f"{ROOT}subvention/{today.year}/{today.month}/"
    assert "491,51 €" in client.get(page).content.decode()
    assert "'=taux" in client.get(f"{page}csv/").content.decode("utf-8-sig")
    assert client.get(f"{page}xlsx/").content.startswith(b"PK")
    assert client.get(f"{page}pdf/").content.startswith(b"%PDF")
    assert client.get(f"{page}exe/").status_code == 404


@pytest.mark.parametrize("page", ["echeances/", "paiements/", "recuperations/", "run"])
def test_lists_cost_the_same_for_one_and_three_rows(door, queries_of, page: str) -> None:
    who = finance()
    client = door(who)
    _order()
    run = _prepare(who) if page in ("paiements/", "run") else None
    path = f"paiements/{run.reference}/" if page == "run" and run else page
    if run is None:
        payments.draw_dues(through=timezone.localdate(), by=SYSTEM, at=timezone.now())
    one = queries_of(client, ROOT + path)
    for _n in range(2):
        _order()
    if run is None:
        payments.draw_dues(through=timezone.localdate(), by=SYSTEM, at=timezone.now())
    else:
        payments.refresh_run(reference=run.reference, by=who, at=timezone.now())
    more = queries_of(client, ROOT + path)
    assert more - one <= (1 if page == "run" else 0)
    assert one <= 26
