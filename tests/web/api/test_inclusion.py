"""The data·inclusion export is valid, and its score is the one editors see."""

from typing import Any

import pytest
from data_inclusion.schema.v1 import Service as Schema
from data_inclusion.schema.v1 import Structure
from data_inclusion.schema.v1.score_qualite import score
from django.test import Client
from django.utils import timezone

from beffroi.directory.enums import FactKind
from beffroi.directory.models import Fact, Organisation, Service, Source

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def _written_this_morning(catalogue: None) -> None:
    """The schema refuses dates to come."""
    Service.objects.update(modified_at=timezone.now())


def _get(client: Client, name: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/data-inclusion/{name}.json")
    assert response.status_code == 200
    return response.json()  # type: ignore[no-any-return]


def test_services_are_valid_and_all_there(client: Client) -> None:
    items = _get(client, "services")
    listed = Service.objects.filter(is_listed=True)
    assert {i["id"] for i in items} == {f"beffroi-53053--{s.pk}" for s in listed}
    for item in items:
        Schema(**item)
        assert "code_postal" not in item
    assert {i.get("code_insee") for i in items} <= {"53053", None}


def test_structures_are_valid_and_named_by_services(client: Client) -> None:
    structures = _get(client, "structures")
    for item in structures:
        Structure(**item)
    named = {i["structure_id"] for i in _get(client, "services")}
    assert {i["id"] for i in structures} == named
    assert len(named) == Organisation.objects.filter(services__is_listed=True).distinct().count()


def test_each_service_carries_the_score_of_the_package(client: Client) -> None:
    items = _get(client, "services")
    for item in items:
        total, criteria = score(Schema(**item))
        assert item["score_qualite"] == total
        assert set(item["score_qualite_details"]) == {
            k for k, v in criteria.items() if v is not None
        }
    assert 0.4 < sum(item["score_qualite"] for item in items) / len(items) < 1


def test_price_of_an_editor_changes_the_export_at_once(client: Client) -> None:
    service = Service.objects.get(key="cpas-energie")
    before = next(i for i in _get(client, "services") if i["id"].endswith(str(service.pk)))
    assert "frais" not in before
    from beffroi.directory.services import bump_revision

    Fact.objects.create(
        service=service, kind=FactKind.PRICE, text="Gratuit", source=Source.objects.all()[0]
    )
    bump_revision()
    after = next(i for i in _get(client, "services") if i["id"].endswith(str(service.pk)))
    assert after["frais"] == "gratuit"


def test_export_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        _get(client, "services")
    with django_assert_max_num_queries(8):
        _get(client, "structures")
    with django_assert_max_num_queries(1):
        _get(client, "services")
