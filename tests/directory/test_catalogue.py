"""The catalogue: everything the documents say, with its source, and nothing they do not say."""

from datetime import datetime

import pytest

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.directory import services as directory
from beffroi.directory.enums import ServiceStatus
from beffroi.directory.models import (
    Commune,
    Contradiction,
    EmergencyNumber,
    Fact,
    Locality,
    PlanAxis,
    PlanLine,
    Service,
    ServiceText,
)
from beffroi.directory.values import address_value, phone_value

pytestmark = pytest.mark.django_db


def test_catalogue_holds_all_entries_lines_axes_and_contradictions(catalogue: None) -> None:
    counts = [m.objects.count() for m in (Service, PlanLine, PlanAxis, Contradiction, Commune)]
    assert counts == [79, 32, 7, 17, 565]


def test_catalogue_loaded_again_adds_nothing(catalogue: None, house: Actor, at: datetime) -> None:
    before = [m.objects.count() for m in (Service, Fact, ServiceText, Locality, EmergencyNumber)]
    directory.load_catalogue(by=house, at=at)
    assert [
        m.objects.count() for m in (Service, Fact, ServiceText, Locality, EmergencyNumber)
    ] == before


def test_catalogue_keeps_what_an_editor_changed(
    catalogue: None, house: Actor, at: datetime
) -> None:
    ServiceText.objects.filter(service__key="prev-epn", lang="fr").update(summary="Autre chose.")
    Service.objects.filter(key="prev-epn").update(status=ServiceStatus.SUSPENDED)
    directory.load_catalogue(by=house, at=at)
    text = ServiceText.objects.select_related("service").get(service__key="prev-epn", lang="fr")
    assert (text.summary, text.service.status) == ("Autre chose.", "suspended")


def test_what_a_document_only_plans_is_planned(catalogue: None) -> None:
    planned = set(Service.objects.filter(status="planned").values_list("key", flat=True))
    assert planned == {
        "dps-taxi", "dps-repas", "dps-menagere", "dps-familiale", "dps-gouter", "dps-sorties",
        "dps-cadeaux", "dps-art27", "dps-sport", "dps-reinsertion", "dps-logement", "pcs-4-4-01",
    }  # fmt: skip


def test_what_cannot_be_told_is_not_published(catalogue: None) -> None:
    assert set(Service.objects.filter(is_listed=False).values_list("key", flat=True)) == {
        "cpas-maisons"
    }


def test_every_service_speaks_four_languages_and_easy_words(catalogue: None) -> None:
    spoken = set(ServiceText.objects.values_list("service__key", "lang"))
    expected = {
        (key, lang)
        for key in Service.objects.values_list("key", flat=True)
        for lang in ("fr", "nl", "de", "en")
    }
    assert spoken == expected
    assert not ServiceText.objects.filter(easy=[]).exists()


def test_every_fact_has_its_source_and_its_date(catalogue: None) -> None:
    assert not Fact.objects.filter(as_of_date__isnull=True).exists()
    assert (
        Fact.objects.filter(service__key__startswith="pcs-")
        .exclude(valid_until_date="2025-12-31")
        .count()
        == 0
    )


def test_epinlieu_has_two_disputed_addresses_and_phones(catalogue: None) -> None:
    facts = Fact.objects.filter(place__key="mq-epinlieu", state="disputed")
    assert set(facts.values_list("kind", "text", "contradiction__code")) == {
        ("address", "Chemin cense gain 152 à 7000 Mons", "C03"),
        ("address", "Allée des Mélèzes, 13 ¾", "C03"),
        ("phone", "065 88 22 21", "C03"),
        ("phone", "065/36.47.49", "C03"),
    }


def test_two_prints_of_one_address_are_one_fact(catalogue: None) -> None:
    facts = Fact.objects.filter(place__key="mq-jemappes", kind="address")
    assert list(facts.values_list("text", flat=True)) == ["Avenue du coq 82 à 7012 Jemappes"]


def test_emergency_numbers_have_a_review_date_and_wait_for_an_editor(catalogue: None) -> None:
    numbers = EmergencyNumber.objects.filter(danger="suicide").values_list("number", "only_lang")
    assert list(numbers) == [("0800 32 123", ""), ("1813", "nl"), ("107", ""), ("112", "")]
    assert not EmergencyNumber.objects.exclude(confirmed_by="").exists()


@pytest.mark.parametrize(
    ("printed", "street", "number", "code"),
    [
        ("Allée des Mélèzes, 13 ¾", "Allée des Mélèzes", "13 ¾", ""),
        ("Rue André Masquelier 4/9 à 7000 Mons", "Rue André Masquelier", "4/9", "7000"),
        ("Avenue du coq 82 à 7012 Jemappes", "Avenue du coq", "82", "7012"),
        ("Place Nervienne", "Place Nervienne", "", ""),
    ],
)
def test_house_number_is_text(printed: str, street: str, number: str, code: str) -> None:
    value = address_value(printed)
    assert (value["street"], value["number"], value["postal_code"]) == (street, number, code)


@pytest.mark.parametrize(
    ("printed", "e164"),
    [
        ("065/35.41.29", "+3265354129"), ("065 35 41 29", "+3265354129"),
        ("0800/ 923 29", "+3280092329"), ("0496/58.28.61", "+32496582861"),
        ("0492/919.038", "+32492919038"), ("112", "112"), ("116 000", "116000"),
    ],
)  # fmt: skip
def test_phone_is_normalised_however_it_is_printed(printed: str, e164: str) -> None:
    assert phone_value(printed)["e164"] == e164


def test_phone_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="n’est pas un numéro"):
        phone_value("demander à l’accueil")
