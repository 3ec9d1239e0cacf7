"""The directory as HSDS 3.1: valid, honest, and in few queries."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from beffroi.directory.enums import FactKind, FactState, ServiceStatus
from beffroi.directory.models import (
    Closure,
    Contradiction,
    Fact,
    Organisation,
    Place,
    Service,
    ServicePlace,
    ServiceTerm,
    Source,
    Term,
)
from beffroi.web.api.hsds.openapi import schema

pytestmark = pytest.mark.usefixtures("catalogue")
API = "/api/hsds"
WHOLE = schema("service_with_definitions")


def _validator(form: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(
        {**form, "definitions": WHOLE["definitions"]}, format_checker=FormatChecker()
    )


def _faults(form: dict[str, Any], item: dict[str, Any]) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message}" for e in _validator(form).iter_errors(item)]


def _get(client: Client, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(f"{API}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()  # type: ignore[no-any-return]


def _service(key: str) -> Service:
    return Service.objects.get(key=key)


def test_root_names_version_profile_and_openapi(client: Client) -> None:
    found = _get(client, "/")
    assert found["version"] == "3.1"
    assert client.get(found["profile"]).status_code == 200
    assert client.get(found["openapi_url"]).json()["openapi"] == "3.1.0"


def test_every_service_is_valid_and_every_published_one_is_given(client: Client) -> None:
    page = _get(client, "/services", per_page=500)
    listed = {str(pk) for pk in Service.objects.filter(is_listed=True).values_list("pk", flat=True)}
    assert {item["id"] for item in page["contents"]} == listed
    assert len(listed) == 78
    for item in page["contents"]:
        assert _faults(schema("service_list"), item) == []
        assert _faults(WHOLE, _get(client, f"/services/{item['id']}")) == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/services", WHOLE),
        ("/organizations", WHOLE["definitions"]["organization"]),
        ("/service_at_locations", WHOLE["definitions"]["service_at_location"]),
    ],
)
def test_full_list_is_valid(client: Client, path: str, form: dict[str, Any]) -> None:
    contents = _get(client, path, full="true", per_page=500)["contents"]
    assert len(contents) > 3
    assert [fault for item in contents for fault in _faults(form, item)] == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/organizations", schema("organization_list")),
        ("/service_at_locations", schema("service_at_location_list")),
        ("/taxonomies", schema("taxonomy")),
        (
            "/taxonomy_terms",
            {k: v for k, v in schema("taxonomy_term").items() if k != "properties"},
        ),
    ],
)
def test_list_is_valid_and_each_is_found_alone(
    client: Client, path: str, form: dict[str, Any]
) -> None:
    contents = _get(client, path)["contents"]
    assert contents
    for item in contents:
        assert _faults(form, item) == []
        assert _get(client, f"{path}/{item['id']}")["id"] == item["id"]


def test_status_says_what_a_document_only_plans(client: Client) -> None:
    said = {
        ServiceStatus.RUNNING: "active",
        ServiceStatus.PLANNED: "inactive",
        ServiceStatus.SUSPENDED: "temporarily closed",
        ServiceStatus.ENDED: "defunct",
    }
    service = _service("prev-epn")
    for status, expected in said.items():
        Service.objects.filter(pk=service.pk).update(status=status)
        assert _get(client, f"/services/{service.pk}")["status"] == expected
    assert _get(client, f"/services/{_service('dps-taxi').pk}")["status"] == "inactive"


def test_unpublished_service_is_nowhere(client: Client) -> None:
    hidden = _service("cpas-maisons")
    assert hidden.is_listed is False
    assert client.get(f"{API}/services/{hidden.pk}").status_code == 404
    link = ServicePlace.objects.create(service=hidden, place=Place.objects.all()[0])
    assert client.get(f"{API}/service_at_locations/{link.pk}").status_code == 404
    for path in ("/services", "/service_at_locations"):
        for query in ({"full": "true"}, {"search": "maisons"}, {}):
            text = client.get(f"{API}{path}", {**query, "per_page": 500}).content.decode()
            assert str(hidden.pk) not in text


def test_organisation_without_published_service_is_not_given(client: Client) -> None:
    alone = Organisation.objects.create(key="alone", name="Sans service publié")
    assert client.get(f"{API}/organizations/{alone.pk}").status_code == 404


def test_rejected_fact_is_never_given(client: Client) -> None:
    service = _service("prev-epn")
    assert [p["number"] for p in _get(client, f"/services/{service.pk}")["phones"]] == [
        "+3265346289"
    ]
    Fact.objects.filter(service=service, kind=FactKind.PHONE).update(state=FactState.REJECTED)
    found = _get(client, f"/services/{service.pk}")
    assert "phones" not in found
    assert "65346289" not in str(found["beffroi"].get("where", ""))


def test_disputed_fact_carries_its_note(client: Client) -> None:
    found = _get(client, f"/services/{_service('mq-epinlieu').pk}")
    place = found["service_at_locations"][0]["location"]
    note = Contradiction.objects.get(code="C03").public_notes["fr"]
    assert [p["description"] for p in place["phones"]] == [note, note]
    assert {a["address_1"] for a in place["addresses"]} == {
        "Chemin cense gain 152",
        "Allée des Mélèzes 13 ¾",
    }
    assert {a["provenance"]["note"] for a in place["addresses"]} == {note}
    assert note in place["description"]
    assert found["beffroi"]["uncertain"] == [note]


def test_facts_become_the_arrays_of_hsds(client: Client) -> None:
    service = _service("prev-epn")
    source = Source.objects.all()[0]
    kinds: list[tuple[str, str, dict[str, Any]]] = [
        (FactKind.HOURS, "Lundi", {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}),
        (FactKind.LANGUAGE, "Néerlandais", {"code": "nl", "name": "Néerlandais"}),
        (FactKind.DOCUMENT, "Carte d’identité", {}),
        (FactKind.URL, "https://exemple.be/", {}),
        (FactKind.EMAIL, "epn@exemple.be", {}),
        (FactKind.AREA, "Mons", {}),
    ]  # fmt: skip
    for kind, text, value in kinds:
        Fact.objects.create(service=service, kind=kind, text=text, value=value, source=source)
    found = _get(client, f"/services/{service.pk}")
    assert _faults(WHOLE, found) == []
    rule = {k: found["schedules"][1][k] for k in ("freq", "byday", "opens_at", "closes_at")}
    assert rule == {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}
    assert [
        (c["amount"], c["currency"], c["amount_description"]) for c in found["cost_options"]
    ] == [(2.0, "EUR", "/ séance")]
    assert [row["code"] for row in found["languages"]] == ["nl"]
    assert [row["document"] for row in found["required_documents"]] == ["Carte d’identité"]
    assert [row["name"] for row in found["service_areas"]] == ["Mons"]
    assert (found["url"], found["email"]) == ("https://exemple.be/", "epn@exemple.be")
    assert found["beffroi"]["unknown"] == []


def test_fact_out_of_its_time_is_not_given(client: Client) -> None:
    service = _service("prev-smja")
    Fact.objects.filter(service=service, kind=FactKind.PHONE).update(
        valid_until_date=date(2020, 1, 1)
    )
    assert "phones" not in _get(client, f"/services/{service.pk}")


def test_closure_is_an_alert(client: Client, at: datetime) -> None:
    service = _service("prev-epn")
    Closure.objects.create(
        service=service, from_date=date(2020, 1, 1), until_date=date(2099, 1, 1),
        reason="Travaux", entered_by="Test", entered_at=at,
    )  # fmt: skip
    assert _get(client, f"/services/{service.pk}")["alert"] == (
        "Du 01/01/2020 au 01/01/2099 : Travaux"
    )


def test_page_says_where_it_stands(client: Client) -> None:
    first = _get(client, "/services", per_page=50)
    last = _get(client, "/services", per_page=50, page=2)
    beyond = _get(client, "/services", per_page=50, page=9)
    keys = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [first[k] for k in keys] == [78, 2, 1, 50, True, False, False]
    assert [last[k] for k in keys] == [78, 2, 2, 28, False, True, False]
    assert [beyond[k] for k in keys] == [78, 2, 9, 0, False, True, True]
    assert {i["id"] for i in first["contents"]} & {i["id"] for i in last["contents"]} == set()


def test_filters_add_up(client: Client) -> None:
    term = Term.objects.get(taxonomy__key="need", key="digital")
    epn, pcs = _service("prev-epn"), _service("pcs-6-4-04")
    classed = set(ServiceTerm.objects.filter(term=term).values_list("service__key", flat=True))
    names = {str(s.pk): s.key for s in Service.objects.all()}

    def keys(**query: Any) -> set[str]:
        found = _get(client, "/services", per_page=500, **query)["contents"]
        assert len(found) == len({item["id"] for item in found})
        return {names[item["id"]] for item in found}

    assert {"prev-epn", "pcs-6-4-04"} <= keys(taxonomy_term_id=term.pk) == classed
    both = {"taxonomy_term_id": term.pk, "organization_id": epn.organisation_id}
    assert "prev-epn" in keys(**both)
    assert "pcs-6-4-04" not in keys(**both)
    assert keys(**both, search="AINES espace") == {"prev-epn"}
    assert keys(**both, search="ainés", status="inactive") == set()
    assert keys(taxonomy_id=term.taxonomy_id) == {n for n in names.values() if n != "cpas-maisons"}
    Service.objects.filter(pk=pcs.pk).update(
        modified_at=datetime.fromisoformat("2030-01-01T00:00Z")
    )
    assert keys(modified_after="2029-12-31T00:00:00Z") == {"pcs-6-4-04"}
    assert keys(modified_after="2030-01-01T00:00:00+00:00") == {"pcs-6-4-04"}


def test_search_ignores_accents_and_case(client: Client) -> None:
    ids = [
        [i["id"] for i in _get(client, "/services", search=words)["contents"]]
        for words in ("Épinlieu", "EPINLIEU", "epinlieu")
    ]
    assert ids[0] == ids[1] == ids[2] != []
    assert str(_service("mq-epinlieu").pk) in ids[0]
    assert _get(client, "/services", search="zzzyx")["empty"] is True


def test_minimal_gives_all_at_once(client: Client) -> None:
    found = _get(client, "/services", minimal="true")
    assert (found["size"], found["total_pages"]) == (78, 1)
    assert {frozenset(item) for item in found["contents"]} == {frozenset({"id", "last_modified"})}


def test_ndjson_gives_everything_line_by_line(client: Client) -> None:
    response = client.get(f"{API}/services", {"format": "ndjson", "minimal": "true"})
    lines = b"".join(response).decode().splitlines()  # type: ignore[arg-type]
    assert response["Content-Type"] == "application/x-ndjson"
    assert len(lines) == 78


def test_post_lists_like_get(client: Client) -> None:
    lone = Client(enforce_csrf_checks=True)
    posted = lone.post(f"{API}/services", {"search": "epinlieu", "per_page": "5"}).json()
    assert posted == _get(client, "/services", search="epinlieu", per_page=5)


def test_place_is_found_by_postcode_and_distance(client: Client) -> None:
    def keys(**query: Any) -> set[str]:
        found = _get(client, "/service_at_locations", **query)["contents"]
        return {Service.objects.get(pk=item["service_id"]).key for item in found}

    assert keys(postcode="7011") == {"mq-ghlin"}
    assert keys(postcode="7011", proximity=5000) == set()
    source = Source.objects.all()[0]
    for key, latitude in (("mq-ghlin", 50.47), ("mq-nimy", 50.48), ("mq-jemappes", 50.60)):
        Fact.objects.create(
            place=Place.objects.get(key=key), kind=FactKind.COORDINATES, text="…", source=source,
            value={"latitude": latitude, "longitude": 3.9},
        )  # fmt: skip
    assert keys(postcode="7011", proximity=5000) == {"mq-ghlin", "mq-nimy"}
    assert keys(postcode="7011", proximity=500) == {"mq-ghlin"}


@pytest.mark.parametrize(
    ("query", "at_fault"),
    [
        ({"page": "0"}, {"page"}),
        ({"page": "x", "per_page": "9999"}, {"page", "per_page"}),
        ({"taxonomy_term_id": "1"}, {"taxonomy_term_id"}),
        ({"modified_after": "hier"}, {"modified_after"}),
        ({"full": "oui"}, {"full"}),
        ({"status": "open"}, {"status"}),
        ({"serach": "x"}, {"serach"}),
        ({"page": ["1", "2"]}, {"page"}),
    ],
)
def test_wrong_parameter_is_named(
    client: Client, query: dict[str, Any], at_fault: set[str]
) -> None:
    response = client.get(f"{API}/services", query)
    assert response.status_code == 400
    assert set(response.json()["parameters"]) == at_fault


def test_unknown_address_and_method_answer_json(client: Client) -> None:
    assert client.get(f"{API}/nothing/here").json()["error"]
    assert client.get(f"{API}/services/not-a-uuid").status_code == 404
    refused = client.delete(f"{API}/services")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")


LISTS = [
    ("/services", {}),
    ("/services", {"full": "true"}),
    ("/services", {"full": "true", "search": "maison"}),
    ("/organizations", {}),
    ("/organizations", {"full": "true"}),
    ("/organizations", {"full_service": "true"}),
    ("/service_at_locations", {}),
    ("/service_at_locations", {"full": "true", "postcode": "7011"}),
    ("/taxonomies", {}),
    ("/taxonomy_terms", {}),
]


@pytest.mark.parametrize(("path", "query"), LISTS)
def test_list_costs_the_same_for_one_row_and_many(
    client: Client, path: str, query: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    _get(client, path, **query)
    with django_assert_max_num_queries(8) as one:
        _get(client, path, **query, per_page=1)
    with django_assert_max_num_queries(8) as many:
        _get(client, path, **query, per_page=500)
    assert len(one) == len(many)
