"""From a request for aid to a file: who she is by POST alone, her date kept, its delay followed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import casework as made
from tests.factories import council as bodies
from tests.factories.people import person
from tests.factories.requests import Asked, agent, ask

from beffroi.accounts.enums import Role
from beffroi.acts.requests.models import Clock, Request
from beffroi.casework import services as casework
from beffroi.casework.models import Application, SocialFile
from beffroi.core.errors import InvalidInput

pytestmark = pytest.mark.django_db
FIELDS = {"aide": "living_income", "asked_on": "2026-01-01"}


def _asked(**more) -> Asked:
    return ask("aid", at=timezone.now() - timedelta(days=6), name="Chloé Goffaux", **more)


def _page(asked: Asked) -> str:
    return reverse("desk:file_from_request", args=[asked.reference])


def test_request_page_offers_the_file_to_whom_opens_files(door) -> None:
    asked, question = _asked(), ask()
    worker, desk = agent(), agent(Role.RECEPTION)
    assert _page(asked) in door(worker).get(f"/desk/demandes/{asked.reference}/").content.decode()
    assert _page(asked) not in door(desk).get(f"/desk/demandes/{asked.reference}/").content.decode()
    other = door(worker).get(f"/desk/demandes/{question.reference}/").content.decode()
    assert _page(question) not in other


def test_known_person_is_proposed_and_her_name_is_in_no_address(door) -> None:
    asked, known = _asked(), person("Goffaux", "Chloé")
    client = door(agent())
    html = client.get(_page(asked)).content.decode()
    assert known.reference in html
    moved = client.post(
        reverse("desk:file_new"),
        {"person": known.reference, "team": "aid", "demande": asked.reference},
    )
    number = SocialFile.objects.get().number
    assert moved["Location"] == f"/desk/dossiers/{number}/demande/?demande={asked.reference}"
    assert "offaux" not in moved["Location"]


def test_search_typed_by_post_finds_somebody_else(door) -> None:
    asked, other = _asked(), person("Vandamme", "Aurélie")
    html = door(agent()).post(_page(asked), {"mots": "vandamme aurelie"}).content.decode()
    assert other.reference in html


def test_unknown_person_is_entered_from_what_the_request_says(door) -> None:
    asked, client = _asked(), door(agent())
    client.get(_page(asked))
    filled = client.post(
        reverse("desk:person_new"),
        {"remplir": "1", "last_name": "Goffaux", "first_name": "Chloé", "phone": "0470 00 00 00"},
    )
    html = filled.content.decode()
    assert filled.status_code == 200
    assert 'value="Goffaux"' in html
    known = person("Goffaux", "Chloé")
    page = client.get(reverse("desk:person", args=[known.reference])).content.decode()
    assert f"Ouvrir son dossier pour {asked.reference}" in page


def test_application_keeps_the_day_of_the_request_and_closes_it(door) -> None:
    asked, client = _asked(), door(agent())
    number = _file(client, asked)
    url = reverse("desk:application_new", args=[number])
    assert (
        asked.reference
        in client.get(f"{url}?aide=living_income&demande={asked.reference}").content.decode()
    )
    client.post(url, {**FIELDS, "request_ref": asked.reference})
    one = Application.objects.get()
    row = Request.objects.get(reference=asked.reference)
    assert one.asked_on == timezone.localdate(row.received_at)
    assert (row.state, row.outcome) == ("closed", "file_opened")
    page = client.get(f"/desk/demandes/{asked.reference}/").content.decode()
    assert reverse("desk:application", args=[one.reference]) in page


def _file(client, asked: Asked) -> str:
    known = person("Goffaux", "Chloé")
    client.post(
        reverse("desk:file_new"),
        {"person": known.reference, "team": "aid", "demande": asked.reference},
    )
    return str(SocialFile.objects.get().number)


def test_delay_of_the_request_runs_until_the_decision() -> None:
    house, worker = bodies.council(), agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("aid", team_key=made.TEAM, at=made.NOW - timedelta(days=3))
    one = made.held(worker, request_ref=asked.reference)
    assert _delay(asked) == (None, None)
    made.proposed(made.enquired(one))
    item = casework.submit(reference=one.reference, by=worker, at=made.NOW)
    bodies.vote(house, bodies.opened(house, [item]), item, 9, 0, 0)
    casework.decide(reference=one.reference, by=house.secretary, at=bodies.EVENING)
    assert _delay(asked) == (bodies.EVENING, None)


def test_delay_of_the_request_has_no_object_once_withdrawn() -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("aid", team_key=made.TEAM, at=made.NOW - timedelta(days=3))
    one = made.held(worker, request_ref=asked.reference)
    casework.withdraw(reference=one.reference, why="A trouvé un emploi.", by=worker, at=made.NOW)
    assert _delay(asked) == (None, made.NOW)


def _delay(asked: Asked) -> tuple[object, object]:
    clock = Clock.objects.get(request__reference=asked.reference, what="decision")
    return clock.met_at, clock.cancelled_at


def test_request_of_another_team_opens_nothing() -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("aid", team_key="debts", at=made.NOW - timedelta(days=3))
    with pytest.raises(InvalidInput) as refused:
        made.held(worker, request_ref=asked.reference)
    assert set(refused.value.fields) == {"request_ref"}
    assert not Application.objects.exists()


def test_question_opens_no_file() -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("question", team_key=made.TEAM, at=made.NOW)
    with pytest.raises(InvalidInput, match="Seule une demande d’aide"):
        made.held(worker, request_ref=asked.reference)


def test_refused_application_leaves_the_request_open() -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("aid", team_key=made.TEAM, at=made.NOW - timedelta(days=3))
    with pytest.raises(InvalidInput):
        made.held(worker, kind="rental_guarantee", request_ref=asked.reference)
    assert Request.objects.get(reference=asked.reference).state == "received"


def test_person_reads_where_her_application_stands(client) -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask("aid", team_key=made.TEAM, at=made.NOW - timedelta(days=3))
    path = f"/suivi/{asked.reference}/{asked.receipt.secret}/"
    assert "Votre dossier" not in client.get(path).content.decode()
    one = made.held(worker, request_ref=asked.reference)
    casework.start_enquiry(reference=one.reference, by=worker, at=made.NOW)
    casework.add_resource(
        reference=one.reference, kind="work", label="Salaire caché", monthly=Decimal("420"),
        by=worker, at=made.NOW,
    )  # fmt: skip
    casework.read_file(number=one.number, by=worker, at=made.NOW)
    html = client.get(path).content.decode()
    assert "L’enquête sociale est en cours" in html
    assert "Preuve de résidence effective" in html
    assert "Qui a ouvert votre dossier" in html
    told = ("Salaire caché", "420", one.number, worker.label)
    assert [word for word in told if word in html] == []


def test_whoever_asked_for_somebody_else_reads_nothing_of_the_file(client) -> None:
    worker = agent(Role.SOCIAL_WORKER, made.TEAM)
    asked = ask(
        "aid", team_key=made.TEAM, at=made.NOW - timedelta(days=3), for_other=True,
        other_name="Mon voisin",
    )  # fmt: skip
    made.held(worker, request_ref=asked.reference)
    html = client.get(f"/suivi/{asked.reference}/{asked.receipt.secret}/").content.decode()
    assert "Votre dossier" not in html
