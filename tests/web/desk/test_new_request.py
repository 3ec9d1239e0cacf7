"""A request entered by an agent: the service found, the receipt shown once, in the person's language."""

import re
from types import SimpleNamespace

import pytest
from tests.factories.requests import agent, form

from beffroi.accounts.enums import Role
from beffroi.acts.requests.models import Request
from beffroi.audit.models import JournalEntry
from beffroi.guidance import services as guidance

pytestmark = pytest.mark.django_db
NEW = "/desk/demandes/nouvelle/"


def _given(**more) -> dict[str, str]:
    return {
        "nonce": "n1", "channel": "phone", "language": "nl", "for_whom": "me", "name": "Ilse De Smedt",
        "phone": "0470 00 00 01", "q_subject": "Een factuur.", **more,
    }  # fmt: skip


def test_services_are_found_by_the_beginning_of_their_words(door) -> None:
    form("call_back", key="energie-maison")
    form("question", key="taxi-social")
    html = door(agent()).get(NEW, {"q": "énerg"}).content.decode()
    found = re.findall(r'href="/desk/demandes/nouvelle/([a-z-]+)/([a-z_]+)/"', html)
    assert found == [("energie-maison", "call_back")]


def test_words_of_a_person_lead_to_services(door, monkeypatch) -> None:
    form("appointment", key="dettes")
    found = SimpleNamespace(results=[SimpleNamespace(service=key) for key in ("gone", "dettes")])
    monkeypatch.setattr(guidance, "orient_words", lambda **_said: found)
    html = door(agent()).get(NEW, {"q": "un huissier m'a écrit"}).content.decode()
    assert "D’après ce qu’elle raconte" in html
    assert re.findall(r"/desk/demandes/nouvelle/([a-z]+)/", html) == ["dettes"]


def test_request_entered_is_in_the_register_with_its_channel_and_language(door) -> None:
    service = form("call_back").service.key
    mine = agent()
    page = door(mine).post(f"{NEW}{service}/call_back/", _given())
    made = Request.objects.get()
    assert page.status_code == 200
    assert (made.channel, made.lang, made.name, made.answers) == (
        "phone", "nl", "Ilse De Smedt", {"subject": "Een factuur."},
    )  # fmt: skip
    assert "no-store" in page["Cache-Control"]
    html = page.content.decode()
    assert made.reference in html
    assert re.search(r"/recu/" + made.reference + r"/[0-9A-Z-]{14}/recu\.pdf", html)
    rows = JournalEntry.objects.filter(verb="request.open").values_list("actor_ref", "detail")
    assert list(rows) == [(mine.ref, {"channel": "phone"})]


def test_page_sent_twice_is_one_request_with_the_same_code(door) -> None:
    service, client = form("call_back").service.key, door(agent())
    pages = [client.post(f"{NEW}{service}/call_back/", _given()) for _n in range(2)]
    codes = {re.search(r'class="secret">([^<]+)<', p.content.decode()).group(1) for p in pages}
    assert len(codes) == 1
    assert Request.objects.count() == 1


def test_missing_answers_are_said_and_the_rest_is_kept(door) -> None:
    service = form("call_back").service.key
    page = door(agent()).post(f"{NEW}{service}/call_back/", _given(q_subject="", phone="12"))
    html = page.content.decode()
    assert "Ce numéro n’est pas complet." in html
    assert "Répondez à cette question" in html
    assert "Ilse De Smedt" in html
    assert "⟦undefined" not in html
    assert Request.objects.count() == 0


def test_form_closed_to_the_public_still_takes_what_an_agent_enters(door) -> None:
    offered = form("call_back")
    type(offered).objects.update(is_open=False)
    page = door(agent()).post(f"{NEW}{offered.service.key}/call_back/", _given())
    assert page.status_code == 200
    assert Request.objects.count() == 1


def test_request_for_another_team_is_entered_and_not_shown_afterwards(door) -> None:
    service = form("call_back", team_key="debts").service.key
    client = door(agent())
    html = client.post(f"{NEW}{service}/call_back/", _given()).content.decode()
    reference = Request.objects.get().reference
    assert f"/desk/demandes/{reference}/" not in html
    assert client.get(f"/desk/demandes/{reference}/").status_code == 404


def test_unknown_service_does_not_exist(door) -> None:
    assert door(agent()).get(f"{NEW}nothing/call_back/").status_code == 404
    assert door(agent(Role.EDITOR, "")).get(NEW).status_code == 404
