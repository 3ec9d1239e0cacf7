"""The person's own page: found by reference and code, read, answered, withdrawn, taken away."""

import io
import json
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from tests.factories.requests import Asked, agent, ask, later

from beffroi.acts.requests import receipt
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.services import Slot
from beffroi.audit.models import JournalEntry
from beffroi.documents.enums import ScanState
from beffroi.documents.models import Attachment
from beffroi.web import limits

pytestmark = pytest.mark.django_db


def own(asked: Asked, end: str = "") -> str:
    return f"/suivi/{asked.reference}/{asked.receipt.secret}/{end}"


def pdf() -> bytes:
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


def test_find_opens_the_page_however_the_code_is_typed(client: Client) -> None:
    asked = ask()
    typed = {
        "reference": f" {asked.reference.lower()}",
        "code": asked.receipt.secret.replace("-", " ").lower(),
    }
    assert client.post("/suivi/", typed).headers["Location"] == own(asked)
    assert receipt.own_page_path(asked.reference, asked.receipt.secret, "fr") == own(asked)
    dutch = receipt.own_page_path(asked.reference, asked.receipt.secret, "nl")
    assert client.get(dutch).status_code == 200


def test_find_does_not_tell_whether_the_reference_exists(client: Client) -> None:
    asked = ask()
    pages = [
        client.post("/suivi/", {"reference": reference, "code": "AAAA-BBBB-CCCC"})
        for reference in (asked.reference, "DEM-2026-88888")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    told = [page.content.decode().split("error-summary")[1].split("</ul>")[0] for page in pages]
    assert told[0] == told[1]


def test_guessing_is_slowed_and_the_link_always_opens(client: Client) -> None:
    asked = ask()
    for guess in range(10):
        wrong = {"reference": asked.reference, "code": f"AAAA-BBBB-CCC{guess}"}
        assert client.post("/suivi/", wrong).status_code == 422
    right = {"reference": asked.reference, "code": asked.receipt.secret}
    refused = client.post("/suivi/", right)
    assert refused.status_code == 429
    assert "ouvre toujours votre page" in refused.content.decode()
    elsewhere = client.post("/suivi/", right, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 429
    assert client.get(own(asked)).status_code == 200
    again = limits.again_at(timezone.now())
    assert limits.may_try_code(asked.reference, "127.0.0.1", again)


def test_wrong_links_are_counted_and_say_nothing(client: Client) -> None:
    asked = ask()
    statuses = [
        client.get(f"/suivi/{asked.reference}/AAAA-BBBB-{n:04d}/").status_code for n in range(12)
    ]
    assert statuses == [404] * 10 + [429] * 2
    assert client.get(own(asked)).status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        "", "ecrire/", "ajouter/", "choisir/1/", "rendez-vous.ics", "retirer/", "donnees.json",
        "fichier/00000000-0000-0000-0000-000000000000/",
    ],
)  # fmt: skip
def test_no_page_opens_with_the_secret_of_another(end: str, client: Client) -> None:
    asked, another = ask(answers={"question": "Secrète"}), ask()
    wrong = f"/suivi/{asked.reference}/{another.receipt.secret}/{end}"
    for page in (client.get(wrong), client.post(wrong, {"text": "x"})):
        assert page.status_code in (404, 405)
        assert "Secrète" not in page.content.decode()
    assert asked.row.messages.count() == 0
    for end in ("", "recu.pdf"):
        page = client.get(f"/recu/{asked.reference}/{another.receipt.secret}/{end}")
        assert page.status_code == 404


def test_page_shows_what_happened_and_who_looked_without_the_name(client: Client) -> None:
    asked, mine = ask(), agent()
    requests.read_file(reference=asked.reference, by=mine, at=later(), reason="Appel")
    requests.add_note(reference=asked.reference, text="NOTE INTERNE", by=mine, at=later())
    requests.answer_person(reference=asked.reference, text="Venez mardi.", by=mine, at=later())
    before = JournalEntry.objects.count()
    html = client.get(own(asked)).content.decode()
    assert "Venez mardi." in html and mine.posts[0].label in html and "Appel" in html
    assert "NOTE INTERNE" not in html and mine.label not in html
    assert "⟦undefined" not in html
    assert JournalEntry.objects.count() == before


def test_message_is_kept_and_an_empty_one_is_told(client: Client) -> None:
    asked = ask()
    empty = client.post(own(asked, "ecrire/"), {"text": "  "})
    assert empty.status_code == 422
    assert 'href="#id_message_text"' in empty.content.decode()
    sent = client.post(own(asked, "ecrire/"), {"text": "J’arrive."})
    assert (sent.status_code, sent.headers["Location"]) == (302, own(asked))
    assert list(asked.row.messages.values_list("text", "side")) == [("J’arrive.", "person")]


def test_sixty_first_message_of_the_hour_is_refused_in_words(client: Client) -> None:
    asked = ask()
    for _act in range(limits.ACTS_ON_ONE_REQUEST):
        limits.count_act(asked.reference, timezone.now())
    page = client.post(own(asked, "ecrire/"), {"text": "Encore"})
    assert page.status_code == 422
    assert "Réessayez après" in page.content.decode()
    assert asked.row.messages.count() == 0


def test_file_is_served_once_clean_and_never_from_quarantine(client: Client) -> None:
    asked = ask()
    sent = SimpleUploadedFile("bail.pdf", pdf())
    assert client.post(own(asked, "ajouter/"), {"file": sent}).status_code == 302
    kept = Attachment.objects.get()
    served = client.get(own(asked, f"fichier/{kept.pk}/"))
    assert served.status_code == 200
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert b"".join(served.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    for state in (ScanState.QUARANTINED, ScanState.REFUSED):
        scanned = None if state == ScanState.QUARANTINED else later()
        Attachment.objects.update(state=state, scanned_at=scanned)
        assert client.get(own(asked, f"fichier/{kept.pk}/")).status_code == 404
        assert f"fichier/{kept.pk}/" not in client.get(own(asked)).content.decode()


def test_time_is_chosen_and_goes_to_the_calendar(client: Client) -> None:
    asked, mine = ask("appointment"), agent()
    starts = timezone.now().replace(microsecond=0) + timezone.timedelta(days=3)
    (slot,) = requests.offer_times(
        reference=asked.reference, slots=[Slot(starts, 45, "Bureau 3")], by=mine,
        at=timezone.now(),
    )  # fmt: skip
    assert client.get(own(asked, "rendez-vous.ics")).status_code == 302
    assert client.post(own(asked, f"choisir/{slot.pk}/")).status_code == 302
    file = client.get(own(asked, "rendez-vous.ics"))
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["DTSTART"].dt == starts
    assert (event["DTEND"].dt - starts).seconds == 45 * 60
    assert str(event["LOCATION"]) == "Bureau 3"
    assert asked.row.service.name not in file.content.decode()


def test_withdraw_asks_first(client: Client) -> None:
    asked = ask("aid")
    assert client.get(own(asked, "retirer/")).status_code == 200
    assert asked.row.state == "received"
    assert client.post(own(asked, "retirer/")).status_code == 302
    assert (asked.row.state, asked.row.outcome) == ("closed", "withdrawn")
    assert client.post(own(asked, "retirer/")).status_code == 302
    assert client.get(own(asked)).status_code == 200


def test_everything_held_is_given(client: Client) -> None:
    asked, mine = ask(email="lucie@exemple.test"), agent()
    requests.read_file(reference=asked.reference, by=mine, at=later(), reason="Tri")
    requests.add_note(reference=asked.reference, text="NOTE", by=mine, at=later())
    held = json.loads(client.get(own(asked, "donnees.json")).content)
    assert held["contact"] == {
        "name": "Lucie Baudour", "phone": "0470 12 34 56", "email": "lucie@exemple.test",
        "postal_code": "",
    }  # fmt: skip
    assert held["answers"] == [{"question": "Votre question", "answer": "À qui m’adresser ?"}]
    assert [look["why"] for look in held["who_looked"]] == ["Tri"]
    assert held["notes_of_the_team"]["count"] == 1
    assert "NOTE" not in json.dumps(held)


def test_page_costs_the_same_queries_for_one_and_three_of_everything(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    mine = agent()
    for times in (1, 3):
        asked = ask()
        for n in range(times):
            requests.answer_person(
                reference=asked.reference, text=f"Réponse {n}", by=mine, at=later(n)
            )
            requests.ask_document(reference=asked.reference, what="Bail", by=mine, at=later(n))
            requests.add_file(**asked.key, name=f"{n}.pdf", content=pdf(), at=later(n))
        client.get("/maisons/")  # reads what every page shares
        with django_assert_num_queries(19):  # type: ignore[attr-defined]
            client.get(own(asked))
