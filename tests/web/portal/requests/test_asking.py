"""Asking on the portal: one page, faults in words, a check page, one request, a receipt."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.requests import ENOUGH, form

from beffroi.acts.requests import forms
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.models import Request
from beffroi.core.secrets import digest
from beffroi.directory.enums import ServiceStatus

pytestmark = pytest.mark.django_db


def value_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', html)
    return found.group(1) if found else ""


@pytest.fixture
def opened(client: Client) -> Callable[..., tuple[str, dict[str, str]]]:
    """Opens the page of a form and gives its address with what is enough to send it."""

    def open_page(kind: str = "question", **more: str) -> tuple[str, dict[str, str]]:
        url = f"/demander/{form(kind, **more).service.key}/{kind}/"
        page = client.get(url).content.decode()
        typed = {f"q_{key}": answer for key, answer in ENOUGH[kind].items()}
        contact = {"name": "Lucie Baudour", "phone": "0470 12 34 56", "for_whom": "me"}
        return url, {"nonce": value_of(page, "nonce"), "act": "send", **typed, **contact}

    return open_page


@pytest.mark.parametrize("kind", list(ENOUGH))
def test_form_sends_and_gives_a_receipt(
    kind: str, client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened(kind)
    sent = client.post(url, typed)
    assert sent.status_code == 302
    row = Request.objects.get()
    _empty, recu, reference, secret, _end = sent.headers["Location"].split("/")
    assert (recu, reference, row.secret_digest) == ("recu", row.reference, digest(secret))
    page = client.get(sent.headers["Location"])
    html = page.content.decode()
    assert page.status_code == 200
    assert reference in html and secret in html and f"/suivi/{reference}/{secret}/" in html
    assert "⟦undefined" not in html


def test_private_pages_are_kept_nowhere(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened()
    receipt = client.post(url, typed).headers["Location"]
    own = receipt.replace("/recu/", "/suivi/")
    pages = [
        url,
        receipt,
        f"{receipt}recu.pdf",
        own,
        f"{own}donnees.json",
        f"{own}retirer/",
        "/suivi/",
    ]
    for address in pages:
        said = client.get(address).headers
        assert "no-store" in said["Cache-Control"], address
        assert said["X-Robots-Tag"] == "noindex, nofollow"
        assert said["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert client.get(receipt).headers["Referrer-Policy"] == "no-referrer"


def test_faults_come_back_with_what_was_typed(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened("aid")
    wrong = typed | {"q_situation": "", "phone": "12", "postal_code": "70", "q_urgency": "week"}
    page = client.post(url, wrong)
    html = page.content.decode()
    assert page.status_code == 422
    linked = set(re.findall(r'<a href="#(id_\w+)">', html.split("error-summary")[1]))
    assert linked == {"id_q_situation", "id_phone", "id_postal_code"}
    assert all(f'id="{name}"' in html for name in linked)
    assert "autofocus" in html and "<title>Erreur :" in html
    assert value_of(html, "name") == "Lucie Baudour"
    assert re.search(r'value="week"[^>]*checked', html)
    assert Request.objects.count() == 0


def test_check_page_shows_all_and_keeps_nothing(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened("aid")
    more = {"act": "check", "q_urgency": "week", "for_whom": "other", "other_name": "ma sœur"}
    html = client.post(url, typed | more).content.decode()
    for shown in ("Je n’ai plus de revenu.", "Cette semaine", "ma sœur", "Lucie Baudour"):
        assert shown in html
    assert Request.objects.count() == 0
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    edited = client.post(url, carried | {"act": "edit"}).content.decode()
    assert "Je n’ai plus de revenu." in edited
    assert value_of(edited, "other_name") == "ma sœur"
    assert client.post(url, carried | {"act": "send"}).status_code == 302
    row = Request.objects.get()
    assert (row.answers["urgency"], row.other_name) == ("week", "ma sœur")


def test_same_page_sent_twice_is_one_request_but_other_words_are_another(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened()
    first, again = (client.post(url, typed).headers["Location"] for _time in range(2))
    other = client.post(url, typed | {"q_question": "Une autre question ?"}).headers["Location"]
    assert first == again != other
    assert Request.objects.count() == 2


def test_page_without_its_seal_is_shown_again(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened()
    page = client.post(url, typed | {"nonce": "forged"})
    assert page.status_code == 422
    fresh = value_of(page.content.decode(), "nonce")
    assert fresh not in ("", "forged")
    assert client.post(url, typed | {"nonce": fresh}).status_code == 302


def test_form_without_its_token_is_refused(
    opened: Callable[..., tuple[str, dict[str, str]]], settings: object
) -> None:
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"  # type: ignore[attr-defined]
    url, typed = opened()
    assert Client(enforce_csrf_checks=True).post(url, typed).status_code == 403
    assert Request.objects.count() == 0


def test_robot_that_fills_the_hidden_field_gets_a_question_not_silence(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened()
    page = client.post(url, typed | {"website": "http://spam"})
    assert page.status_code == 429
    assert "Écrivez en chiffres" in page.content.decode()
    assert Request.objects.count() == 0


def test_sixty_people_of_one_library_all_get_a_receipt(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    from django.core import signing

    from beffroi.web import limits

    url, typed = opened()
    for person in range(60):
        answers = typed | {"q_question": f"Question {person} ?"}
        page = client.post(url, answers)
        if page.status_code == 429:
            html = page.content.decode()
            token = value_of(html, "token")
            number = limits._number(signing.loads(token, salt="limits.question"))
            page = client.post(url, answers | {"token": token, "answer": str(number)})
        assert page.status_code == 302, person
    assert Request.objects.count() == 60


def test_far_too_many_are_refused_with_the_telephone_way(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    from django.utils import timezone

    from beffroi.web import limits

    url, typed = opened()
    for _send in range(limits.SENDS_BEFORE_REFUSAL):
        limits.count_sending("127.0.0.1", timezone.now())
    page = client.post(url, typed)
    assert page.status_code == 429
    assert "téléphonez" in page.content.decode()
    assert Request.objects.count() == 0


def _pdf() -> bytes:
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


def test_files_are_joined_and_a_wrong_one_is_told_with_the_rest_kept(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened("aid")
    wrong = SimpleUploadedFile("virus.pdf", b"MZ not a pdf")
    page = client.post(url, typed | {"files": [wrong]})
    html = page.content.decode()
    assert page.status_code == 422
    assert "virus.pdf" in html and "choisissez-les de nouveau" in html
    assert Request.objects.count() == 0
    good = [SimpleUploadedFile(f"{n}.pdf", _pdf()) for n in range(3)]
    assert client.post(url, typed | {"files": good}).status_code == 302
    assert Request.objects.get().attachments.count() == 3


def test_fourth_file_is_refused(
    client: Client, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url, typed = opened("aid")
    files = [SimpleUploadedFile(f"{n}.pdf", _pdf()) for n in range(4)]
    page = client.post(url, typed | {"files": files})
    assert page.status_code == 422
    assert "trois fichiers" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "answers", "danger"),
    [
        ("mediation", {"afraid": "yes"}, ["violence"]),
        ("mediation", {"afraid": "no"}, []),
        ("mediation", {"afraid": "unknown"}, []),
        ("aid", {"urgency": "today"}, ["no_food_today"]),
        ("aid", {"living": "street"}, ["no_shelter_tonight"]),
        ("aid", {"urgency": "today", "living": "street"}, ["no_shelter_tonight", "no_food_today"]),
        ("question", {"question": "yes"}, []),
    ],
)
def test_answers_tell_their_danger(kind: str, answers: dict[str, str], danger: list[str]) -> None:
    assert forms.dangers_in(kind, answers) == danger


def test_receipt_of_a_frightened_person_shows_whom_to_call(
    client: Client, catalogue: None, opened: Callable[..., tuple[str, dict[str, str]]]
) -> None:
    url = "/demander/prev-mediation/mediation/"
    nonce = value_of(client.get(url).content.decode(), "nonce")
    typed = {"nonce": nonce, "act": "send", "name": "Anne", "q_subject": "Le voisin crie."}
    calm = client.post(url, typed | {"q_afraid": "no"}).headers["Location"]
    afraid = client.post(url, typed | {"q_afraid": "yes"}).headers["Location"]
    numbers = re.findall(r'<b dir="ltr">([\d ]+)</b>', client.get(afraid).content.decode())
    assert numbers == ["112", "101", "0800 30 030"]
    assert re.findall(r'<b dir="ltr">([\d ]+)</b>', client.get(calm).content.decode()) == []


def test_planned_service_says_so_and_takes_a_question(client: Client) -> None:
    key = form("question", status=ServiceStatus.PLANNED).service.key
    form("ride", key=key)
    moved = client.get(f"/demander/{key}/ride/")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"/demander/{key}/question/")
    html = client.get(f"/demander/{key}/question/").content.decode()
    assert "n’existe pas encore" in html
    assert "Envoyer ma demande" not in html


def test_ended_service_offers_no_form(client: Client) -> None:
    key = form("question", status=ServiceStatus.ENDED).service.key
    page = client.get(f"/demander/{key}/question/")
    assert page.status_code == 404
    assert "Ce service n’existe plus" in page.content.decode()


@pytest.mark.parametrize("lang", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("kind", list(ENOUGH))
def test_questions_are_asked_in_the_language_of_the_page(
    kind: str, lang: str, client: Client
) -> None:
    key = form(kind).service.key
    prefix = "" if lang == "fr" else f"/{lang}"
    html = client.get(f"{prefix}/demander/{key}/{kind}/").content.decode()
    for spec in forms.fields_of(kind):
        assert spec.labels[lang].replace("'", "&#x27;") in html


def test_form_page_costs_the_same_queries_for_long_and_short_forms(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    for kind in ("aid", "question"):
        key = form(kind).service.key
        client.get(f"/demander/{key}/{kind}/")
        with django_assert_num_queries(5):  # type: ignore[attr-defined]
            client.get(f"/demander/{key}/{kind}/")


def test_unknown_form_of_a_service_shows_what_it_takes(client: Client) -> None:
    key = form("question").service.key
    page = client.get(f"/demander/{key}/ride/")
    assert page.status_code == 404
    assert f"/demander/{key}/question/" in page.content.decode()
    assert requests.is_known("anything") is False
