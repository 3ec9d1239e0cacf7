"""The data·inclusion export is valid, and its score is the one editors see."""

from datetime import timedelta
from typing import Any

import pytest
from data_inclusion.schema.v1 import Service as Schema
from data_inclusion.schema.v1 import Structure
from django.test import Client
from django.utils import timezone

from beffroi.directory.enums import FactKind
from beffroi.directory.models import Fact, Organisation, Service, Source
from beffroi.directory.quality import completeness, completenesses

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


def test_score_of_the_package_is_the_score_of_the_desk(client: Client) -> None:
    today = timezone.localdate()
    ours = completenesses(Service.objects.filter(is_listed=True), on=today)
    theirs = {i["id"].split("--")[1]: i["score_qualite"] for i in _get(client, "services")}
    assert {str(pk): found.score for pk, found in ours.items()} == theirs


def test_completeness_says_what_lacks() -> None:
    service = Service.objects.get(key="prev-epn")
    today = timezone.localdate()
    before = completeness(service, on=today)
    assert before.criteria["fees"] == 1.0
    Fact.objects.filter(service=service, kind__in=[FactKind.PRICE, FactKind.PHONE]).delete()
    after = completeness(service, on=today)
    assert after.score < before.score
    assert {
        "Le prix, ou qu’il n’y en a pas.",
        "Un moyen de joindre le service.",
    } <= set(after.lacks) - set(before.lacks)


def test_completeness_falls_with_age() -> None:
    service = Service.objects.get(key="prev-epn")
    today = timezone.localdate()
    scores = []
    for days in (0, 180, 455, 730, 2000):
        service.reviewed_on = today - timedelta(days=days)
        scores.append(completeness(service, on=today).criteria["freshness"])
    assert scores == [1.0, 1.0, 0.5, 0.0, 0.0]
    assert "freshness" not in completeness(service).criteria


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
