"""GeoReport v2: reports come in like those of the portal, and nothing of the person comes out."""

from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import agent_actor

from beffroi.accounts.models import Agent, Post, Team
from beffroi.acts.requests import services as acts
from beffroi.acts.requests.models import Request, RequestForm
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import NotAllowed

pytestmark = pytest.mark.usefixtures("catalogue")
API = "/api/open311/v2"
PRIVATE = {
    "first_name": "Zénobie", "last_name": "Quidam", "phone": "0470 12 34 56",
    "email": "zenobie@exemple.be", "address_string": "Rue Secrète 13 ¾",
    "description": "C’est mon voisin Gaspard",
}  # fmt: skip


def _report(client: Client, **more: str) -> Any:
    data = {"service_code": "prev-tags", "attribute[building]": "shop", **PRIVATE, **more}
    return client.post(f"{API}/requests.json", data)


def test_services_name_the_graffiti_forms_only(client: Client) -> None:
    found = client.get(f"{API}/services.json").json()
    offered = RequestForm.objects.filter(kind="graffiti", is_open=True)
    assert {s["service_code"] for s in found} == {f.service.key for f in offered} == {"prev-tags"}
    root = ElementTree.fromstring(client.get(f"{API}/services.xml").content)
    assert [e.findtext("service_code") for e in root.findall("service")] == ["prev-tags"]


def test_definition_asks_the_questions_of_the_form(client: Client) -> None:
    found = client.get(f"{API}/services/prev-tags.json").json()
    assert [a["code"] for a in found["attributes"]] == ["building", "owner", "hateful"]
    assert [v["key"] for v in found["attributes"][0]["values"]] == ["private", "shop", "public"]
    root = ElementTree.fromstring(client.get(f"{API}/services/prev-tags.xml").content)
    assert [e.findtext("code") for e in root.findall("attributes/attribute")] == [
        "building", "owner", "hateful",
    ]  # fmt: skip
    assert client.get(f"{API}/services/cpas-energie.json").status_code == 404


def test_report_enters_the_register_like_any_request() -> None:
    response = _report(Client(enforce_csrf_checks=True))
    assert response.status_code == 201
    request = Request.objects.get(reference=response.json()[0]["service_request_id"])
    assert (request.service.key, request.kind, request.name, request.team.key) == (
        "prev-tags", "graffiti", "Zénobie Quidam", "tags",
    )  # fmt: skip
    assert request.answers["address"] == "Rue Secrète 13 ¾"
    assert JournalEntry.objects.filter(verb="request.open").count() == 1


@pytest.mark.parametrize("form", ["json", "xml"])
def test_nothing_of_the_person_is_given(client: Client, form: str) -> None:
    reference = _report(client).json()[0]["service_request_id"]
    for path in (f"requests.{form}", f"requests/{reference}.{form}"):
        text = client.get(f"{API}/{path}").content.decode()
        assert reference in text
        for word in ("Zénobie", "Quidam", "0470", "zenobie", "Secrète", "13 ¾", "Gaspard"):
            assert word not in text
        assert "un commerce" in text


def test_other_requests_are_not_reports(client: Client, at: datetime) -> None:
    draft = acts.Draft("prev-tags", "question", {"question": "Un secret ?"})
    receipt = acts.open_request(draft=draft, nonce="n", by=person_actor("x"), at=at)
    assert client.get(f"{API}/requests/{receipt.reference}.json").status_code == 404
    assert client.get(f"{API}/requests.json", {"end_date": at.isoformat()}).json() == []


def test_agent_writes_what_the_public_reads(client: Client, at: datetime) -> None:
    reference = _report(client).json()[0]["service_request_id"]
    for stranger in (agent_actor(2, "prevention_worker", "mediation"), agent_actor(3, "editor")):
        with pytest.raises(NotAllowed):
            acts.say_publicly(reference=reference, words="Non", by=stranger, at=at)
    agent = Agent.objects.create_user("tags", password="x")
    Post.objects.create(
        agent=agent, team=Team.objects.get(key="tags"), role="prevention_worker",
        since_date=date(2020, 1, 1),
    )  # fmt: skip
    from django.test import override_settings

    desk = Client()
    desk.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("desk:public_words", args=[reference])
    with override_settings(BEFFROI_SECOND_FACTOR=False):
        assert "Gaspard" in desk.get(address).content.decode()
        assert desk.post(address, {"words": "Un pignon, place du Marché"}).status_code == 302
    assert JournalEntry.objects.filter(verb="request.read", subject_ref=reference).count() == 2
    shown = client.get(f"{API}/requests/{reference}.json").json()[0]
    assert shown["description"] == "Un pignon, place du Marché"


def test_filters_keep_what_is_asked(client: Client) -> None:
    reference = _report(client).json()[0]["service_request_id"]

    def found(**query: str) -> list[str]:
        answer = client.get(f"{API}/requests.json", query)
        assert answer.status_code == 200, answer.content
        return [r["service_request_id"] for r in answer.json()]

    assert found() == found(status="open") == found(status="open,closed") == [reference]
    assert found(service_code="prev-tags") == found(service_request_id=reference) == [reference]
    assert found(status="closed") == found(service_code="prev-epn") == []
    assert found(start_date="2020-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "hier"},
        {"status": "lost"},
        {"start_date": "2026-02-01", "end_date": "2026-01-01"},
    ],
)
def test_wrong_filter_is_said(client: Client, query: dict[str, str]) -> None:
    response = client.get(f"{API}/requests.json", query)
    assert response.status_code == 400
    assert response.json()[0]["description"]


def test_report_without_address_or_service_is_refused(client: Client) -> None:
    nowhere = _report(client, address_string="")
    assert (nowhere.status_code, "address" in nowhere.json()[0]["description"]) == (400, True)
    assert _report(client, service_code="").status_code == 400
    assert _report(client, service_code="cpas-energie").status_code == 404
    assert _report(client, address_string="", lat="50.45", long="3.95").status_code == 201
    assert Request.objects.count() == 1


def test_too_many_reports_from_one_address_wait(client: Client) -> None:
    codes = [_report(client).status_code for _ in range(25)]
    assert set(codes[:20]) == {201}
    assert set(codes[20:]) == {429}


def test_list_of_reports_costs_the_same_for_one_and_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 2):
        for _ in range(count):
            _report(client)
        with django_assert_num_queries(1):
            client.get(f"{API}/requests.json")


def test_null_character_is_kept_nowhere(client: Client) -> None:
    answer = _report(client, description="Un\x00 tag", first_name="Lu\x00cie")
    assert answer.status_code == 201
    row = Request.objects.get(reference=answer.json()[0]["service_request_id"])
    assert (row.answers["description"], row.name) == ("Un tag", "Lucie Quidam")
    assert client.get(f"{API}/requests.json?service_code=%00").status_code == 404
