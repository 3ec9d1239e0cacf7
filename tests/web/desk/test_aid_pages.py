"""Aids at the desk: the two steps of an application, its questions, its record, who sees what."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.factories import aids as factory
from tests.factories import casework as made
from tests.factories import council as bodies
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.bodies.models import UrgentDecision
from beffroi.audit.models import JournalEntry
from beffroi.casework import record_queries
from beffroi.casework import services as casework
from beffroi.casework.models import Application, Decision, Grant, MedicalCard
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.rendering import text_of
from beffroi.rules import mentions

pytestmark = pytest.mark.django_db
FILES = "/desk/dossiers/"


@pytest.fixture(autouse=True)
def _now(monkeypatch) -> None:
    """The desk lives on the day of the factories."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 2, 9, 0, tzinfo=UTC))


def test_an_application_is_entered_in_two_steps(door) -> None:
    one = made.held()
    client = door(one.worker)
    path = f"{FILES}{one.number}/demande/"
    first = client.get(path).content.decode()
    assert all(f'value="{kind}"' in first for kind in factory.KINDS)
    second = client.get(path, {"aide": "rental_guarantee"}).content.decode()
    assert all(f'name="{key}"' in second for key in ("form", "rent", "landlord", "is_decent"))
    typed = {**factory.ANSWERS["rental_guarantee"], "aide": "rental_guarantee",
             "asked_on": "2026-11-24"}  # fmt: skip
    answer = client.post(path, typed)
    made_one = Application.objects.get(kind="rental_guarantee")
    assert (answer.status_code, answer["Location"]) == (
        302, f"{FILES}demandes/{made_one.reference}/",
    )  # fmt: skip
    assert (made_one.details["rent"], made_one.details["is_decent"]) == ("650.00", "yes")


def test_a_wrong_answer_keeps_what_was_typed_and_says_why(door) -> None:
    one = made.held()
    typed = {**factory.ANSWERS["rental_guarantee"], "aide": "rental_guarantee", "rent": "six cents",
             "asked_on": "2026-11-24"}  # fmt: skip
    page = door(one.worker).post(f"{FILES}{one.number}/demande/", typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="six cents"' in text and "Écrivez un nombre" in text
    assert 'value="Immo Exemple"' in text and "Erreur" in text
    assert not Application.objects.filter(kind="rental_guarantee").exists()


@pytest.mark.parametrize("kind", factory.KINDS)
def test_each_aid_has_its_questions_on_its_own_form(door, kind: str) -> None:
    one = made.held()
    page = door(one.worker).get(f"{FILES}{one.number}/demande/", {"aide": kind}).content.decode()
    from beffroi.casework import aids

    assert [f.key for f in aids.aid(kind).fields if f'name="{f.key}"' not in page] == []


def test_answers_are_completed_on_the_page_of_the_application(door) -> None:
    one = made.held(kind="meals", details={"meals_week": "5", "tariff": "typed"})
    client, path = door(one.worker), f"{FILES}demandes/{one.reference}/"
    page = client.get(path).content.decode()
    assert "Pas encore connu" in page
    typed = {"meals_week": "5", "tariff": "typed", "rate": "6,50",
             "version": str(one.application.version)}  # fmt: skip
    assert client.post(f"{path}acte/change_details/", typed).status_code == 302
    assert one.application.details["rate"] == "6.50"
    again = client.post(f"{path}acte/change_details/", typed)
    assert "Quelqu’un d’autre a changé ces réponses" in again.content.decode()


def test_a_refusal_starts_from_its_own_motives(door) -> None:
    road = factory.enquired(factory.opened("energy_fund"))
    client, path = door(road.one.worker), f"{FILES}demandes/{road.one.reference}/"
    grant = client.get(path).context["acts"]["proposal"][0].form
    refusal = client.get(path, {"issue": "refusal"}).context["acts"]["proposal"][0].form
    assert "412,33" in grant.fields["motives"].initial
    assert "un plan de paiement avec le fournisseur" in refusal.fields["motives"].initial
    typed = {"outcome": "refusal", "from_date": "2026-11-24",
             "motives": grant.fields["motives"].initial}  # fmt: skip
    page = client.post(f"{path}acte/propose/", typed).content.decode()
    assert "dites ceux du refus" in page
    assert not road.one.application.proposals.exists()


def test_a_paper_that_proves_the_aid_is_written_from_its_page(door) -> None:
    road = factory.whole("medical_card")
    client = door(road.one.worker)
    page = client.get(f"{FILES}demandes/{road.one.reference}/").content.decode()
    assert f"{FILES}decisions/{road.number}/document/medical_card/" in page
    client.post(f"{FILES}decisions/{road.number}/document/medical_card/")
    letter = Letter.objects.get(kind="medical_card")
    text = text_of(letter.html).casefold()
    for said in (MedicalCard.objects.get().number, "Pharmacie de l’Exemple", "pharmacie"):
        assert mentions.holds(text, said)
    refused = client.post(f"{FILES}decisions/{road.number}/document/requisition/", {"name": "X"})
    assert "Il manque" in refused.content.decode() or "obligatoire" in refused.content.decode()
    assert not Letter.objects.filter(kind="requisition").exists()
    done = client.post(
        f"{FILES}decisions/{road.number}/document/requisition/",
        {"name": "Pharmacie", "what": "les médicaments prescrits", "ceiling": "40,00",
         "until_date": "2026-12-31"},
    )  # fmt: skip
    assert done.status_code == 302
    assert Letter.objects.filter(kind="requisition").count() == 1


@pytest.mark.parametrize(
    ("kind", "proof"),
    [("rental_guarantee", "guarantee"), ("installation_grant", "attestation"),
     ("transit_housing", "attestation")],
)  # fmt: skip
def test_each_paper_carries_its_mentions(door, kind: str, proof: str) -> None:
    road = factory.whole(kind)
    typed = {"name": "Immo Exemple"} if proof == "guarantee" else {}
    path = f"{FILES}decisions/{road.number}/document/{proof}/"
    assert door(road.one.worker).get(path).status_code == 200
    answer = door(road.one.worker).post(path, typed)
    assert answer.status_code == 302
    assert Letter.objects.filter(kind=proof).count() == 1


def test_a_paper_the_aid_does_not_open_is_nowhere(door) -> None:
    road = factory.whole("meals")
    path = f"{FILES}decisions/{road.number}/document/medical_card/"
    assert door(road.one.worker).get(path).status_code == 404


def test_a_card_is_followed_on_its_page(door) -> None:
    road = factory.whole("medicines")
    client = door(road.one.worker)
    number = record_queries.number_of(Grant.objects.get(decision=road.decision))
    path = f"{FILES}suivi/{number}/"
    line = {"product": "Sirop", "day": "2026-11-25", "price": "12,40", "on_list": "yes"}
    assert client.post(f"{path}ligne/", line).status_code == 302
    wrong = client.post(f"{path}ligne/", {**line, "price": "0"}).content.decode()
    assert "plus grand que zéro" in wrong and "Sirop" in wrong
    assert client.post(f"{path}regler/", {"month": "2026-11-25"}).status_code == 302
    assert "accordé : 12,40" in client.get(path).content.decode()
    stranger = door(agent(Role.SOCIAL_WORKER, "energy"))
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}retirer/", {"why": "Essai"}).status_code == 404


def test_page_of_a_card_costs_the_same_for_one_and_three_lines(door, queries_of) -> None:
    road = factory.whole("medicines")
    number = record_queries.number_of(Grant.objects.get(decision=road.decision))
    key = {"number": number, "by": road.one.worker, "at": factory.AFTER}
    client, path, costs = door(road.one.worker), f"{FILES}suivi/{number}/", []
    client.get(path)
    for more in (1, 2):
        for _n in range(more):
            casework.add_pharmacy_line(
                product="P", day=date(2026, 11, 25), price=Decimal("5.00"), on_list=True, **key
            )
        costs.append(queries_of(client, path))
    assert costs[0] == costs[1]
    assert costs[0] <= 24


def test_urgent_aid_is_granted_by_whoever_presides(door) -> None:
    house = bodies.council()
    one = made.held(kind="urgent_aid", details=factory.ANSWERS["urgent_aid"])
    other = made.held(kind="meals", details=factory.ANSWERS["meals"])
    client = door(house.president)
    page = client.get(f"{FILES}urgences/").content.decode()
    assert one.reference in page and other.reference not in page
    asked = client.get(f"{FILES}urgences/{one.reference}/").content.decode()
    assert "nourriture jusqu’au 1er décembre" in asked and one.number not in asked
    assert client.get(f"{FILES}urgences/{other.reference}/").status_code == 404
    assert client.get(f"{FILES}{one.number}/").status_code in (403, 404)
    too_much = client.post(
        f"{FILES}urgences/{one.reference}/", {"amount": "90000", "motives": made.MOTIVES}
    )
    assert too_much.status_code == 200 and not Decision.objects.exists()
    done = client.post(
        f"{FILES}urgences/{one.reference}/", {"amount": "80,00", "motives": made.MOTIVES}
    )
    assert done.status_code == 302
    decision = Decision.objects.get()
    assert (decision.organ, decision.amount) == ("president", Decimal("80.00"))
    assert client.get(f"{FILES}urgences/{one.reference}/").status_code == 404
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"application.read_urgent", "list.read"} <= verbs


def test_president_decides_from_her_first_page_and_sees_what_is_to_ratify(door) -> None:
    house = bodies.council()
    one = made.held(kind="urgent_aid", details=factory.ANSWERS["urgent_aid"])
    client = door(house.president)
    first = client.get("/desk/").content.decode()
    path = f"{FILES}urgences/{one.reference}/"
    assert "1 aide urgente attend votre décision" in first
    assert (f'href="{path}"' in first, str(one.file.person) in first) == (True, False)
    given = {"amount": "80,00", "motives": made.MOTIVES}
    done = client.post(path, given, follow=True).content.decode()
    assert "la prochaine séance du Conseil la ratifie" in done
    after = client.get("/desk/").content.decode()
    urgent = UrgentDecision.objects.get()
    assert "Aucune aide urgente n’attend" in after
    assert (urgent.reference in after, "80,00" in after) == (True, True)
    assert "aucune séance en préparation" in after
    assert str(one.file.person) not in after
    for who in (house.secretary, house.members[0]):
        html = door(who).get("/desk/").content.decode()
        assert ("aide urgente attend" in html, urgent.reference in html) == (False, False)


def test_first_page_of_the_president_costs_the_same_for_one_urgent_aid_and_three(
    door, queries_of
) -> None:
    house = bodies.council()
    client = door(house.president)

    def wait_and_grant() -> None:
        for granted in (True, False):
            one = made.held(kind="urgent_aid", details=factory.ANSWERS["urgent_aid"])
            if granted:
                given = {"amount": "80,00", "motives": made.MOTIVES}
                client.post(f"{FILES}urgences/{one.reference}/", given)

    wait_and_grant()
    cost = queries_of(client, "/desk/")
    wait_and_grant()
    wait_and_grant()
    assert queries_of(client, "/desk/") == cost


def test_nights_of_reception_show_only_one_s_own_teams(door) -> None:
    road = factory.whole("asylum_reception")
    client = door(road.one.worker)
    page = client.get(f"{FILES}accueil/", {"mois": "2026-11"}).content.decode()
    assert "FED-000123" in page and "les tarifs par nuit de 2026" in page
    paid = client.get(
        f"{FILES}accueil/", {"mois": "2026-11", "adulte": "38", "enfant": "21"}
    ).content.decode()
    assert "418,00" in paid
    other = door(agent(Role.SOCIAL_WORKER, "energy")).get(f"{FILES}accueil/", {"mois": "2026-11"})
    assert "FED-000123" not in other.content.decode()
