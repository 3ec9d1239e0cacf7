"""Money, departures, incidents and people written twice, as their pages do them and cost."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories import people as persons
from tests.factories.activities import HOUSE, animator, lead, participant, tap
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import (
    CashDay,
    CashLine,
    Fee,
    Incident,
    Leaving,
    Participant,
    Price,
    Reduction,
    Session,
)
from beffroi.acts.activities.services import ContactDraft

pytestmark = pytest.mark.django_db


def _session(amount: str = "2", basis: str = "session") -> Session:
    now, of = timezone.now(), gather.activity()
    today = timezone.localdate(now)
    activities.set_price(activity=of.pk, basis=basis, amount=Decimal(amount), since=today - timedelta(days=9), by=HOUSE, at=now)  # fmt: skip
    return activities.add_session(
        activity=of.pk, starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1),
        by=HOUSE, at=now,
    )  # fmt: skip


def _here(one: Session, **more) -> Participant:
    who = participant(**more)
    activities.tap(taps=[tap(one, who, timezone.now())], by=HOUSE, at=timezone.now())
    return who


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def test_session_is_paid_in_cash_owed_free_and_given_back(door) -> None:
    one, client = _session(), door(animator())
    ann, bea, cleo = _here(one, name="Ann"), _here(one, name="Béa"), _here(one, name="Cléo")
    client.post(f"/desk/activites/personnes/{cleo.pk}/acte/reduire/", {"kind": "cpas", "percent": "50", "since": "2020-01-01"})  # fmt: skip
    page = f"/desk/activites/seances/{one.pk}/caisse/"
    html = _html(client, page)
    assert all(words in html for words in ("Ann", "2,00 €", "Gratuit"))
    for who, method in ((ann, "cash"), (bea, ""), (cleo, "")):
        client.post(f"{page}acte/noter/", {"marque": str(uuid4()), "personne": who.pk, "moyen": method})  # fmt: skip
    client.post(f"{page}acte/sans-nom/", {"marque": str(uuid4()), "moyen": "card"})
    states = dict(Fee.objects.values_list("participant", "state"))
    assert states == {ann.pk: "paid", bea.pk: "owed", cleo.pk: "free", None: "paid"}
    fee = Fee.objects.get(participant=bea)
    assert "2,00" in _html(client, f"/desk/activites/personnes/{bea.pk}/")
    client.post(f"/desk/activites/personnes/{bea.pk}/acte/encaisser/", {"ligne": fee.pk, "moyen": "cash"})  # fmt: skip
    client.post(f"{page}acte/rembourser/", {"ligne": fee.pk, "why": "Partie malade"})
    assert "Partie malade" in _html(client, page)
    assert sum(CashLine.objects.filter(method="cash").values_list("amount", flat=True)) == 2


def test_cash_is_closed_with_words_for_a_difference(door) -> None:
    one, client = _session(), door(animator())
    who = _here(one)
    activities.charge(mark=uuid4(), participant=who.pk, session=one.pk, method="cash", by=HOUSE, at=timezone.now())  # fmt: skip
    day = timezone.localdate().isoformat()
    form = {"team": "houses", "place": str(one.place_id), "day": day, "counted": "1,50"}
    html = client.post("/desk/activites/caisse/", form).content.decode()
    assert "Dites d’où vient la différence." in html
    assert 'value="1,50"' in html
    client.post("/desk/activites/caisse/", {**form, "why": "Pièce perdue"})
    assert CashDay.objects.get().why == "Pièce perdue"
    html = _html(client, f"/desk/activites/caisse/?jour={day}")
    assert "−0,50 €".replace("−", "-") in html
    assert "Rien n’est encaissé" in _html(door(animator("digital")), "/desk/activites/caisse/")


def test_series_is_owed_once_from_the_page_of_the_person(door) -> None:
    one, client = _session("30", "series"), door(animator())
    who = participant()
    form = {"mark": str(uuid4()), "activity": one.activity_id, "method": "card"}
    act = f"/desk/activites/personnes/{who.pk}/acte/frais/"
    client.post(act, form)
    assert Fee.objects.get().state == "paid"
    html = client.post(act, {**form, "mark": str(uuid4())}).content.decode()
    assert "Sa participation est déjà notée." in html


def test_price_is_written_in_the_page_of_the_activity(door) -> None:
    client, of = door(animator()), gather.activity()
    act = f"/desk/activites/{of.pk}/acte/prix/"
    html = client.post(act, {"basis": "session", "amount": "-2", "since": "2026-01-01"}).content.decode()  # fmt: skip
    assert "Écrivez un montant en euros" in html
    client.post(act, {"basis": "session", "amount": "2,00", "since": "2026-01-01"})
    assert Price.objects.get().amount == 2
    assert "2,00 €" in _html(client, f"/desk/activites/{of.pk}/")


def test_session_at_home_is_a_count_and_no_address(door) -> None:
    client, of = door(animator()), gather.activity()
    today = timezone.localdate().isoformat()
    form = {"day": today, "hour": "09:00", "until_time": "10:00", "is_home": "on", "room": "Rue Canari 3"}  # fmt: skip
    client.post(f"/desk/activites/{of.pk}/acte/seance/", form)
    one = Session.objects.get()
    assert (one.is_home, one.room) == (True, "")
    assert "à domicile" in _html(client, f"/desk/activites/seances/{one.pk}/")


def test_child_leaves_with_who_may_come_for_her(door) -> None:
    one, client = _session(), door(animator())
    child = _here(one, name="Lina", birth_year=timezone.localdate().year - 8)
    given = {"participant": child.pk, "by": HOUSE, "at": timezone.now()}
    aunt = activities.add_contact(draft=ContactDraft("Tante Rose", collects="may"), **given)
    bad = activities.add_contact(draft=ContactDraft("Oncle Max", collects="must_not"), **given)
    page = f"/desk/activites/seances/{one.pk}/departs/"
    html = _html(client, page)
    assert "Avec Tante Rose" in html
    assert "Avec Oncle Max" not in html
    for contact in (bad.pk, ""):
        said = client.post(page, {"personne": child.pk, "contact": contact}).content.decode()
        assert "Ce départ n’est pas noté" in said
    client.post(page, {"personne": child.pk, "contact": aunt.pk})
    assert Leaving.objects.get().contact == aunt
    assert "avec Tante Rose" in _html(client, page)


def test_somebody_is_bound_to_a_person_and_unbound(door) -> None:
    client, who, person = door(animator()), participant(), persons.person()
    act = f"/desk/activites/personnes/{who.pk}/acte/"
    assert "Aucune personne n’a cette référence." in client.post(f"{act}lier/", {"person_ref": "P99"}).content.decode()  # fmt: skip
    client.post(f"{act}lier/", {"person_ref": person.reference})
    who.refresh_from_db()
    assert who.person_id == person.pk
    client.post(f"{act}delier/")
    who.refresh_from_db()
    assert who.person_id is None


def test_two_entries_of_one_person_are_joined(door) -> None:
    one, client = _session(), door(animator())
    kept, twin = participant(name="Lucie Bis"), _here(one, name="Lucie B.")
    hidden = participant("digital", name="Lucie Canari")
    page = f"/desk/activites/personnes/{kept.pk}/reunir/"
    html = client.post(page, {"mots": "Lucie"}).content.decode()
    assert "Lucie B." in html
    assert "Canari" not in html
    assert client.post(page, {"autre": hidden.pk}).status_code == 404
    client.post(page, {"autre": twin.pk})
    assert not Participant.objects.filter(pk=twin.pk).exists()
    assert kept.attendances.count() == 1


def test_incident_is_written_by_the_team_and_read_by_its_leader(door) -> None:
    of, author = gather.activity(), door(animator())
    leader = door(agent(Role.TEAM_LEADER, "houses"))
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    form = {"mark": str(uuid4()), "activity": of.pk, "day": day, "hour": "16:00", "severity": "serious",
            "what": "Chute CANARI", "parents": "not_yet", "told": ["leader"]}  # fmt: skip
    html = author.post("/desk/activites/incidents/", {**form, "what": ""}).content.decode()
    assert "Il manque ceci." in html
    answer = author.post("/desk/activites/incidents/", form, follow=True).content.decode()
    assert "Votre responsable le lira" in answer
    made = Incident.objects.get()
    page = f"/desk/activites/incidents/{made.pk}/"
    seen = {who: client.get(page).status_code for who, client in
            {"author": author, "leader": leader, "lead": door(lead())}.items()}  # fmt: skip
    assert seen == {"author": 404, "leader": 200, "lead": 404}
    assert "CANARI" not in author.get("/desk/activites/incidents/").content.decode()
    leader.post(page, {"text": "Mère appelée", "parents": "told"})
    assert "Mère appelée (Prévenus)" in _html(leader, page)


def test_pages_cost_the_same_for_one_and_three_rows(door, queries_of) -> None:
    one, client = _session(), door(agent(Role.TEAM_LEADER, "houses"))
    paths = [f"/desk/activites/seances/{one.pk}/caisse/", f"/desk/activites/seances/{one.pk}/departs/",
             "/desk/activites/caisse/", "/desk/activites/incidents/"]  # fmt: skip

    def more() -> None:
        _here(one)
        who = _here(one)
        given = {"participant": who.pk, "by": HOUSE, "at": timezone.now()}
        activities.add_contact(draft=ContactDraft("Rose", collects="may"), **given)
        activities.give_reduction(kind="house", percent=50, since=one.date, **given)
        activities.charge(mark=uuid4(), session=one.pk, method="cash", **given)
        activities.leave(session=one.pk, contact=who.contacts.get().pk, **given)
        draft = activities.IncidentDraft(uuid4(), one.activity_id, timezone.now(), "light", "x", "no_child")  # fmt: skip
        activities.report_incident(draft=draft, by=HOUSE, at=timezone.now())

    more()
    for path in paths:
        queries_of(client, path)
    first = {path: queries_of(client, path) for path in paths}
    more()
    more()
    assert {path: queries_of(client, path) for path in paths} == first
    assert max(first.values()) <= 26
    assert Reduction.objects.count() == 3
