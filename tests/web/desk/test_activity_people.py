"""Who comes, who stands around her, what was agreed, and pictures: at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories.activities import animator, lead, participant

from beffroi.acts.activities.models import Consent, Contact, Participant, Picture
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
CANARY = "Zénobie Canari"
PEOPLE = "/desk/activites/personnes/"


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def test_child_with_her_mother_and_a_written_agreement(door) -> None:
    client = door(animator())
    new = {"team": "houses", "name": CANARY, "birth_year": "2018"}
    path = client.post(f"{PEOPLE}nouvelle/", new)["Location"]
    contact = {"name": "Mère Canari", "has_authority": "on", "collects": "may", "phone": "0470"}
    client.post(f"{path}acte/contact/", contact)
    mother = Contact.objects.get()
    given = {"kind": "publish", "contact": mother.pk, "channels": ["web"],
             "given_on": timezone.localdate()}  # fmt: skip
    html = client.post(f"{path}acte/consentir/", given).content.decode()
    assert "Dites où se trouve l’accord écrit." in html
    client.post(f"{path}acte/consentir/", given | {"proof": "classeur 3"})
    assert "vaut aujourd’hui" in _html(client, path)
    client.post(f"{path}acte/desaccord/")
    client.post(f"{path}acte/retirer/", {"ligne": Consent.objects.get().pk})
    client.post(f"{path}acte/fin-contact/", {"ligne": mother.pk})
    client.post(f"{path}acte/modifier/", {"name": "Zéno", "is_alias": "on"})
    row = Participant.objects.get()
    assert (row.name, row.is_alias, row.parents_disagree) == ("Zéno", True, True)
    assert "ne vaut plus" in _html(client, path)


def test_people_are_found_by_name_and_only_by_their_team(door) -> None:
    participant(name=CANARY)
    found = {
        who: CANARY in door(actor).post(PEOPLE, {"mots": "canari"}).content.decode()
        for who, actor in
        {"mine": animator(), "other": animator("digital"), "lead": lead()}.items()
    }  # fmt: skip
    assert found == {"mine": True, "other": False, "lead": False}


def test_page_of_somebody_is_read_by_her_team_and_journalled(door) -> None:
    who, mine = participant(name=CANARY), animator()
    path = f"{PEOPLE}{who.pk}/"
    assert [door(a).get(path).status_code for a in (mine, animator("digital"), lead())] == [
        200, 404, 404,
    ]  # fmt: skip
    rows = JournalEntry.objects.filter(verb="participant.list")
    assert [(row.actor_ref, row.detail) for row in rows] == [(mine.ref, {"shown": [who.pk]})]


def test_consent_of_somebody_else_is_not_touched_from_this_page(door) -> None:
    one, other = participant(), participant()
    client = door(animator())
    client.post(f"{PEOPLE}{other.pk}/acte/contact/", {"name": "Père"})
    contact = Contact.objects.get()
    answer = client.post(f"{PEOPLE}{one.pk}/acte/fin-contact/", {"ligne": contact.pk})
    contact.refresh_from_db()
    assert (answer.status_code, contact.until_date) == (404, None)


def test_picture_is_kept_named_refused_and_withdrawn(door) -> None:
    of, who, client = gather.session(), participant(name=CANARY), door(animator())
    one = gather.picture(of, who)
    path = f"/desk/activites/seances/{of.pk}/images/"
    html = client.post(
        f"{path}{one.pk}/acte/publier/", {"ou": "web", "retour": path}, follow=True
    ).content.decode()
    one.refresh_from_db()
    assert (one.state, "ne peut pas être publiée" in html, CANARY in html) == ("draft", True, True)
    client.post(f"{path}{one.pk}/acte/nommer/", {"toutes": "1"})
    client.post(f"{path}{one.pk}/acte/publier/", {"ou": "web"})
    one.refresh_from_db()
    assert one.state == "published"
    assert client.get(f"{path}{one.pk}/fichier/")["Content-Type"] == "image/png"
    client.post(f"{path}{one.pk}/acte/retirer/", {"why": "Floue"})
    assert "Floue" in _html(client, path)
    for actor in (animator("digital"), lead()):
        assert door(actor).get(f"{path}{one.pk}/fichier/").status_code == 404


def test_picture_is_uploaded_and_a_text_is_not(door) -> None:
    of, client = gather.session(), door(animator())
    path = f"/desk/activites/seances/{of.pk}/images/"
    answer = client.post(path, {"file": SimpleUploadedFile("x.txt", b"un texte")})
    assert (answer.status_code, Picture.objects.count()) == (200, 0)
    client.post(path, {"file": SimpleUploadedFile("x.png", _png())})
    assert Picture.objects.count() == 1


def _png() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def test_list_to_print_says_who_may_come_for_a_child(door) -> None:
    of, who, client = gather.session(), participant(name=CANARY), door(animator())
    gather.activities.tap(taps=[gather.tap(of, who)], by=gather.HOUSE, at=gather.NOW)
    at = timezone.now()
    for name, collects in (("Mère", "may"), ("Père", "must_not"), ("Oncle", "")):
        draft = gather.activities.ContactDraft(name, collects=collects)
        gather.activities.add_contact(participant=who.pk, draft=draft, by=gather.HOUSE, at=at)
    Contact.objects.update(since_date="2026-01-01")
    html = _html(client, f"/desk/activites/seances/{of.pk}/liste/")
    assert [name in html for name in ("Mère", "Père", "Oncle")] == [True, True, False]
    assert "ne peut pas venir la chercher" in html


def test_null_character_in_a_field_that_no_form_checks_is_told(door) -> None:
    client = door(animator())
    page = client.post("/desk/activites/personnes/", {"mots": "Ann\x00"}, follow=True)
    assert page.status_code == 200
    told = "signe invisible" in page.content.decode()
    assert told is (connection.vendor == "postgresql")
