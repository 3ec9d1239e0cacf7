"""The agenda at the desk: what each sees, what each page costs, and what it leaves in the journal."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone
from tests.factories import agenda as meet
from tests.factories.people import person
from tests.factories.requests import agent, ask

from beffroi.accounts.enums import Role
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import NextStep
from beffroi.acts.agenda.models import Appointment, Arrival, Assignment, Duty, WeeklyHours
from beffroi.acts.requests import services as requests
from beffroi.audit.models import JournalEntry
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
CANARY = "Zénobie Canari"
WAITING = "/desk/agenda/"


def _hours(hours: float = 0):
    return timezone.now() + timedelta(hours=hours)


def _meeting(worker, hours: float = 24, **more):
    """An appointment in hours from the real now, of which the pages speak."""
    meeting = meet.meeting(worker, **more)
    fields = {name: getattr(meeting, name) for name in meeting.__dataclass_fields__}
    fields["starts_at"] = _hours(hours)
    made_at = min(_hours(), fields["starts_at"]) - timedelta(days=1)
    return agenda.make_appointment(
        meeting=agenda.Meeting(**fields), by=worker, at=made_at, confirmed=True
    )


def _today(worker, **more):
    """An appointment of today, at whatever hour the tests run."""
    end = timezone.localtime().replace(hour=23, minute=0, second=0, microsecond=0)
    return _meeting(worker, (end - timezone.now()).total_seconds() / 3600, minutes=30, **more)


def _there(desk, **more):
    return meet.announced(desk, at=timezone.now(), **more)


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def test_waiting_room_is_shown_to_each_as_far_as_it_is_hers(door) -> None:
    desk, mine, mate = meet.reception(), agent(), agent()
    _there(desk, worker=int(mine.ref), name=CANARY)
    _there(desk, name="Paul Henrion")
    people = {"desk": desk, "mine": mine, "mate": mate, "other": agent(Role.SOCIAL_WORKER, "debts")}
    seen = {
        name: {who for who in (CANARY, "Paul Henrion") if who in _html(door(actor), WAITING)}
        for name, actor in people.items()
    }
    both = {CANARY, "Paul Henrion"}
    assert seen == {"desk": both, "mine": both, "mate": {"Paul Henrion"}, "other": set()}


def test_page_that_looks_again_gets_the_list_alone_and_journals_newcomers_once(door) -> None:
    desk = meet.reception()
    client = door(desk)
    first = _there(desk, subject_ref="DEM-2026-00001")
    rows = JournalEntry.objects.filter(verb="list.read", object_kind="agenda_list")
    for _n in range(3):
        html = client.get(WAITING, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert first.ticket in html
    assert [row.detail["references"] for row in rows] == [["DEM-2026-00001"]]
    _there(desk, subject_ref="DEM-2026-00002")
    client.get(WAITING)
    assert [row.detail["references"] for row in rows.order_by("pk")] == [
        ["DEM-2026-00001"], ["DEM-2026-00002"],
    ]  # fmt: skip


def test_desk_announces_by_reference_by_name_and_without_appointment(door) -> None:
    desk, mine = meet.reception(), agent()
    meet.permanence("aid")
    one, two = _today(mine, name="Élodie D’Haese"), None
    client = door(desk)
    path = "/desk/agenda/annoncer/"
    found = client.post(path, {"how": "name", "name": "dhaese elodie", "desk": "reception"})
    assert "Personne d’attendu" in found.content.decode()
    found = client.post(path, {"how": "name", "name": "haese ELODIE", "desk": "reception"})
    assert "Élodie D’Haese" in found.content.decode()
    client.post(path, {"how": "reference", "reference": one.reference, "desk": "reception"})
    given = {"how": "walk_in", "name": "Paul", "team": "aid", "desk": "reception"}
    client.post(path, {**given, "priority_reason": "Une peur"})
    two = client.post(path, {**given, "name": ""})
    assert "Il manque ceci." in two.content.decode()
    assert set(Arrival.objects.values_list("series", "name", "is_priority")) == {
        ("A", "Élodie D’Haese", False), ("B", "Paul", True),
    }  # fmt: skip


def test_desk_cannot_announce_at_another_desk(door) -> None:
    client = door(meet.reception())
    meet.reception("other_desk")
    given = {"how": "walk_in", "name": "Paul", "team": "other_desk", "desk": "other_desk"}
    assert client.post("/desk/agenda/annoncer/", given).status_code == 200
    assert Arrival.objects.count() == 0


def test_acts_of_the_waiting_room_lead_back_to_it(door) -> None:
    desk, mine = meet.reception(), agent()
    there = _there(desk)
    client = door(mine)
    for act, state in (("call", "called"), ("receive", "received"), ("finish", "done")):
        answer = client.post(f"/desk/agenda/attente/{there.pk}/acte/{act}/")
        assert (answer.status_code, answer["Location"]) == (302, WAITING)
        there.refresh_from_db()
        assert there.state == state
    refused = client.post(f"/desk/agenda/attente/{there.pk}/acte/call/", {"retour": WAITING}, follow=True)  # fmt: skip
    assert "n’est plus possible" in refused.content.decode()
    other = door(agent(Role.SOCIAL_WORKER, "debts"))
    assert other.post(f"/desk/agenda/attente/{there.pk}/acte/come_back/").status_code == 404


def test_newcomer_is_given_to_whom_the_load_allows_or_with_a_reason(door) -> None:
    chief, light, heavy, desk = meet.leader(), agent(), agent(), meet.reception()
    for _n in range(2):
        asked = ask("aid")
        requests.take(reference=asked.reference, by=heavy, at=asked.row.received_at)
    there = _there(desk)
    client = door(chief)
    path = f"/desk/agenda/attente/{there.pk}/confier/"
    html = _html(client, path)
    assert f'value="{light.ref}" checked' in html
    assert "a 0 point" in html
    refused = client.post(path, {"to": heavy.ref})
    assert "Dites pourquoi une autre" in refused.content.decode()
    client.post(path, {"to": heavy.ref, "why": "Elle parle ukrainien"})
    there.refresh_from_db()
    kept = Assignment.objects.get()
    assert (str(there.worker_id), str(kept.worker_id), str(kept.proposed_id)) == (heavy.ref, heavy.ref, light.ref)  # fmt: skip
    assert door(agent(Role.TEAM_LEADER, "debts")).get(path).status_code == 404


def test_screen_names_nobody(door) -> None:
    desk, mine, local = meet.reception(), agent(), meet.room()
    there = _there(desk, name=CANARY, subject_ref="DEM-2026-00009")
    agenda.call(arrival=there.pk, by=mine, at=timezone.now(), room=local.pk)
    for headers in ({}, {"HX-Request": "true"}):
        html = door(desk).get("/desk/agenda/ecran/", headers=headers).content.decode()
        assert there.ticket in html and local.name in html
        told = ("Canari", "DEM-2026", mine.label, "Équipe")
        assert [word for word in told if word in html] == []


def test_colleague_reads_when_and_not_with_whom(door) -> None:
    mine, mate, chief = agent(), agent(), meet.leader()
    made = _today(mine, name=CANARY, interpreter="ukrainien")
    path = f"/desk/agenda/calendrier/?agent={mine.ref}&vue=jour"
    hidden = _html(door(mate), path)
    assert [leak for leak in (CANARY, made.reference, "ukrainien") if leak in hidden] == []
    assert "Pris" in hidden
    for who in (mine, chief):
        assert CANARY in _html(door(who), path)
    assert door(agent(Role.SOCIAL_WORKER, "debts")).get(path).status_code == 404
    page = f"/desk/agenda/rendez-vous/{made.reference}/"
    answers = {name: door(who).get(page).status_code for name, who in
               {"mine": mine, "chief": chief, "mate": mate}.items()}  # fmt: skip
    assert answers == {"mine": 200, "chief": 200, "mate": 404}


def test_notes_to_prepare_are_hidden_from_the_desk(door) -> None:
    mine, desk = agent(), meet.reception()
    meet.permanence("aid")
    made = _today(mine, to_prepare="Quatre crédits")
    page = f"/desk/agenda/rendez-vous/{made.reference}/"
    assert "Quatre crédits" in _html(door(mine), page)
    assert "Quatre crédits" not in _html(door(desk), page)


def test_appointment_is_made_moved_and_cancelled_by_forms(door) -> None:
    mine = agent()
    client = door(mine)
    day = timezone.localdate() + timedelta(days=7)
    given = {
        "with_whom": f"aid:{mine.ref}", "day": day.isoformat(), "hour": "10:00", "minutes": "45",
        "where": "Bureau 3", "name": "Lucie", "lang": "fr", "purpose": "first_meeting",
        "confirmed": "on",
    }  # fmt: skip
    bad = client.post("/desk/agenda/rendez-vous/nouveau/", {**given, "where": "", "hour": ""})
    assert "Il manque ceci." in bad.content.decode()
    answer = client.post("/desk/agenda/rendez-vous/nouveau/", given)
    made = Appointment.objects.get()
    page = f"/desk/agenda/rendez-vous/{made.reference}/"
    assert (answer["Location"], made.state) == (page, "confirmed")
    taken = client.post("/desk/agenda/rendez-vous/nouveau/", given)
    assert "n’est pas libre" in taken.content.decode()
    moved = {"day": day.isoformat(), "hour": "11:00", "minutes": "30", "where": "Bureau 3"}
    refused = client.post(f"{page}acte/move/", moved)
    assert (refused.status_code, made.moves.count()) == (422, 1)
    client.post(f"{page}acte/move/", {**moved, "why": "Le train"})
    new = Appointment.objects.get(state="offered")
    assert new.moved_from == made
    client.post(f"/desk/agenda/rendez-vous/{new.reference}/acte/cancel/", {"why": "Malade"})
    new.refresh_from_db()
    assert new.state == "cancelled"


def test_new_appointment_of_a_request_is_filled_in_for_its_team_alone(door) -> None:
    mine = agent()
    asked = ask("aid", name=CANARY)
    requests.take(reference=asked.reference, by=mine, at=asked.row.received_at)
    path = f"/desk/agenda/rendez-vous/nouveau/?demande={asked.reference}"
    assert CANARY in _html(door(mine), path)
    assert CANARY not in _html(door(agent(Role.SOCIAL_WORKER, "debts")), path)
    assert path.replace("&", "&amp;") in _html(door(mine), f"/desk/demandes/{asked.reference}/")


def test_first_page_says_who_waits_whom_she_sees_and_what_is_to_mend(door) -> None:
    mine, desk = agent(), meet.reception()
    _there(desk, worker=int(mine.ref), name="Paul Henrion")
    _today(mine, name=CANARY, to_prepare="Le bail")
    missed = _meeting(mine, -48, name="Rosa Conti")
    agenda.miss(reference=missed.reference, next_step=NextStep.CALL, by=mine, at=_hours(-47))
    client = door(mine)
    html = _html(client, "/desk/")
    told = ("Qui vous attend", "Paul Henrion", "Vos rendez-vous d’aujourd’hui", CANARY, "Le bail",
            "Rendez-vous à reprendre", "Rosa Conti", "L’appeler pour savoir")  # fmt: skip
    assert [word for word in told if word not in html] == []
    client.post(f"/desk/agenda/rendez-vous/{missed.reference}/acte/next_step_done/")
    assert "Rosa Conti" not in _html(client, "/desk/")
    assert "Qui vous attend" not in _html(door(agent()), "/desk/")


def test_own_agenda_as_a_file_holds_references_and_nobody(door) -> None:
    mine = agent()
    made = _meeting(mine, name=CANARY, subject_ref="DEM-2026-00009", where="Chez Zénobie")
    _meeting(agent(), name="Paul Henrion")
    answer = door(mine).get("/desk/agenda/mon-agenda.ics")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 1
    assert f"SUMMARY:Rendez-vous {made.reference}" in text
    assert [leak for leak in ("nobie", "DEM-2026", "Henrion") if leak in text] == []


def test_hours_and_permanences_are_kept_by_forms(door) -> None:
    mine, chief, local = agent(), meet.leader(), meet.room()
    client = door(mine)
    given = {"what": "hours", "weekday": "0", "from_time": "09:00", "until_time": "12:00",
             "since": "2026-01-05"}  # fmt: skip
    client.post("/desk/agenda/heures/", given)
    assert "déjà écrites" in client.post("/desk/agenda/heures/", given).content.decode()
    row = WeeklyHours.objects.get()
    assert str(row.worker_id) == mine.ref
    stranger = door(agent(Role.SOCIAL_WORKER, "debts"))
    assert stranger.get(f"/desk/agenda/heures/?agent={mine.ref}").status_code == 404
    assert stranger.post(f"/desk/agenda/heures/{row.pk}/acte/terminer/").status_code == 404
    lead = door(chief)
    day = timezone.localdate() + timedelta(days=3)
    posted = {"team": "aid", "weekday": str(day.weekday()), "from_time": "14:00",
              "until_time": "15:00", "room": str(local.pk), "since": "2026-01-05"}  # fmt: skip
    lead.post("/desk/agenda/permanences/", posted)
    html = _html(lead, "/desk/agenda/permanences/")
    assert "Il manque une permanence" in html
    pk = html.partition("/desk/agenda/permanences/")[2].partition("/acte")[0].rpartition("/")[2]
    lead.post(f"/desk/agenda/permanences/{pk}/acte/confier/", {"day": day.isoformat(), "to": mine.ref})  # fmt: skip
    assert [str(duty.worker_id) for duty in Duty.objects.all()] == [mine.ref]
    assert door(mine).post(f"/desk/agenda/permanences/{pk}/acte/terminer/").status_code == 404


PAGES = {
    WAITING: 14, "/desk/": 18, "/desk/agenda/calendrier/": 14,
    "/desk/agenda/calendrier/?equipe=aid": 16, "/desk/agenda/permanences/": 12,
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_costs_the_same_for_one_and_three_rows(door, queries_of, path) -> None:
    mine, chief, desk = agent(), meet.leader(), meet.reception()
    local = meet.room()

    def row(number: int) -> None:
        _meeting(mine, -6 - number, name=f"Personne {number}", room=local.pk)
        _there(desk, worker=int(mine.ref), subject_ref=f"DEM-2026-0000{number}")
        meet.permanence("aid", weekday=number, room=local.pk)

    row(0)
    who = mine if path in ("/desk/", "/desk/agenda/calendrier/") else chief
    client = door(who)
    client.get(path)
    one = queries_of(client, path)
    row(1), row(2)
    client.get(path)
    assert queries_of(client, path) == one
    assert one <= PAGES[path]


def test_person_is_found_by_name_and_put_in_the_agenda(door) -> None:
    mine, who = agent(), person("Lambertini", "Zénobie")
    path = "/desk/agenda/rendez-vous/nouveau/"
    client = door(mine)
    found = client.post(f"{path}?jour=2030-01-08", {"words": "lamberttini"}).content.decode()
    assert f'value="{who.reference}"' in found
    assert (found.count('name="person"'), 'value="2030-01-08"' in found) == (1, True)
    assert "Il manque ceci." not in found
    given = {
        "with_whom": f"aid:{mine.ref}", "day": "2030-01-08", "hour": "10:00", "minutes": "45",
        "where": "Bureau 3", "lang": "fr", "purpose": "first_meeting", "person": who.reference,
    }  # fmt: skip
    assert client.post(path, given).status_code == 302
    assert Appointment.objects.get().person_id == who.pk


def test_relative_is_not_found_and_not_put_in_the_agenda(door) -> None:
    mine, who = agent(), person("Lambertini", "Zénobie")
    people.link_staff(agent=int(mine.ref), reference=who.reference, by=mine, at=timezone.now())
    path = "/desk/agenda/rendez-vous/nouveau/"
    client = door(mine)
    found = client.post(path, {"words": "lambertini"}).content.decode()
    assert (who.reference in found, "Personne à ce nom." in found) == (False, True)
    given = {
        "with_whom": f"aid:{mine.ref}", "day": "2030-01-08", "hour": "10:00", "minutes": "45",
        "where": "Bureau 3", "lang": "fr", "purpose": "first_meeting", "person": who.reference,
    }  # fmt: skip
    answer = client.post(path, given).content.decode()
    assert "Aucune personne que vous pouvez ouvrir n’a cette référence." in answer
    assert Appointment.objects.count() == 0


def _table(answer) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_extract_of_the_agenda_is_of_the_teams_she_leads_without_her_kin(door) -> None:
    chief, mine, elsewhere = meet.leader(), agent(), agent(Role.SOCIAL_WORKER, "debts")
    sister = person("Vandersmissen")
    shown = _meeting(mine, 24, name="=cmd")
    _meeting(mine, 48, name="", person_ref=sister.reference)
    _meeting(elsewhere, 24, name=CANARY)
    people.link_staff(agent=int(chief.ref), reference=sister.reference, by=chief, at=timezone.now())
    days = {"du": timezone.localdate().isoformat(), "au": _hours(24 * 9).date().isoformat()}
    client = door(chief)
    answer = client.post("/desk/agenda/extrait.csv", days)
    rows = _table(answer)
    assert [(r["référence"], r["personne"], r["avec"]) for r in rows] == [
        (shown.reference, "'=cmd", mine.label)
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="agenda.csv"'
    row = JournalEntry.objects.get(verb="agenda.export")
    assert (row.kind, row.detail) == ("export", {"references": [shown.reference]})
    assert client.get("/desk/agenda/extrait.csv").status_code == 405
    assert door(mine).post("/desk/agenda/extrait.csv", days).status_code == 404
    last = dict.fromkeys(("du", "au"), "9999-12-31")
    first = dict.fromkeys(("du", "au"), "0001-01-01")
    for wrong in ({"du": "x", "au": "y"}, {**days, "du": "2020-01-01"}, last, first):
        assert client.post("/desk/agenda/extrait.csv", wrong).status_code == 302
    assert JournalEntry.objects.filter(verb="agenda.export").count() == 1
    assert "extrait.csv" in client.get("/desk/agenda/calendrier/").content.decode()
    assert "extrait.csv" not in door(mine).get("/desk/agenda/calendrier/").content.decode()
