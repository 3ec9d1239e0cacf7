"""« Je suis arrivé·e », and the appointment on the person's own page: what the door tells, and not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import agenda as meet
from tests.factories.requests import agent, ask

from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import NextStep
from beffroi.acts.agenda.models import Appointment, Arrival, Hold
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.models import OfferedTime
from beffroi.acts.requests.services import Slot
from beffroi.web import limits

pytestmark = pytest.mark.django_db
DOOR = "/accueil/arrivee/"


def _today(worker, **more):
    end = timezone.localtime().replace(hour=23, minute=0, second=0, microsecond=0)
    meeting = agenda.Meeting(
        team="aid", worker=int(worker.ref), starts_at=end, minutes=30, where="Bureau 3",
        name="Zénobie Canari", **more,
    )  # fmt: skip
    return agenda.make_appointment(
        meeting=meeting, by=worker, at=end - timedelta(days=1), confirmed=True
    )


def test_reference_gives_a_ticket_and_nothing_of_the_appointment(client) -> None:
    mine = agent()
    made = _today(mine)
    answer = client.post(DOOR, {"reference": made.reference.lower()})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "A-01" in html
    told = ("Canari", mine.label, "Bureau 3", "Équipe", made.reference)
    assert [leak for leak in told if leak in html] == []
    assert answer["Cache-Control"] == "no-store, private"
    assert "A-01" in client.post(DOOR, {"reference": made.reference}).content.decode()
    assert Arrival.objects.count() == 1


def test_wrong_references_are_answered_alike_and_counted(client) -> None:
    mine = agent()
    tomorrow = meet.appointment(mine, 24 * 400)
    pages = set()
    for typed in ("RV-000000", tomorrow.reference, "DEM-2026-00001", "'; --"):
        answer = client.post(DOOR, {"reference": typed})
        assert answer.status_code == 422
        pages.add(answer.content.decode().partition("error-summary")[2].partition("</ul>")[0])
    assert len(pages) == 1
    for _n in range(limits.WRONG_ARRIVALS_OF_ADDRESS):
        client.post(DOOR, {"reference": "RV-000000"})
    closed = client.post(DOOR, {"reference": _today(mine).reference})
    assert (closed.status_code, Arrival.objects.count()) == (429, 0)
    assert client.get(DOOR).status_code == 200


@pytest.mark.parametrize(("lang", "words"), [("nl", "Ik ben er"), ("de", "Ich bin da"), ("en", "I have arrived")])  # fmt: skip
def test_door_speaks_each_language(client, lang: str, words: str) -> None:
    assert f"<h1>{words}</h1>" in client.get(f"/{lang}{DOOR}").content.decode()


def _offered(worker, asked, *hours: float):
    now = timezone.now()
    slots = [Slot(now + timedelta(hours=h), 45, "Bureau 3") for h in hours]
    requests.offer_times(reference=asked.reference, slots=slots, by=worker, at=now)
    return list(OfferedTime.objects.filter(request=asked.row, state="offered").order_by("starts_at"))  # fmt: skip


def _path(asked) -> str:
    return f"/suivi/{asked.reference}/{asked.key['secret']}/"


def test_time_the_person_chose_is_in_the_agenda_of_her_worker(client) -> None:
    mine, asked = agent(), ask("aid", at=timezone.now() - timedelta(days=1))
    slot = _offered(mine, asked, 48, 72)[0]
    client.post(f"{_path(asked)}choisir/{slot.pk}/")
    made = Appointment.objects.get()
    assert (made.subject_ref, str(made.worker_id), made.state) == (asked.reference, mine.ref, "confirmed")  # fmt: skip
    assert (made.starts_at, made.where, made.name) == (slot.starts_at, "Bureau 3", "Lucie Baudour")
    text = client.get(f"{_path(asked)}rendez-vous.ics").content.decode()
    assert f"UID:{made.reference}@beffroi" in text


def test_time_taken_meanwhile_is_refused_without_saying_by_whom(client) -> None:
    mine, asked = agent(), ask("aid", at=timezone.now() - timedelta(days=1))
    slot = _offered(mine, asked, 48)[0]
    agenda.make_appointment(
        meeting=agenda.Meeting(
            team="aid", worker=int(mine.ref), starts_at=slot.starts_at, where="x", name="Paul"
        ),
        by=mine, at=timezone.now(),
    )  # fmt: skip
    answer = client.post(f"{_path(asked)}choisir/{slot.pk}/", follow=True)
    html = answer.content.decode()
    assert "Ce moment n’est plus libre." in html
    assert mine.label not in html
    slot.refresh_from_db()
    assert (slot.state, Appointment.objects.count()) == ("offered", 1)


def test_own_page_follows_what_the_agenda_says(client) -> None:
    mine, asked = agent(), ask("aid", at=timezone.now() - timedelta(days=1))
    slot = _offered(mine, asked, 48)[0]
    client.post(f"{_path(asked)}choisir/{slot.pk}/")
    made = Appointment.objects.get()
    at = timezone.now()
    new = agenda.move(
        reference=made.reference, starts_at=slot.starts_at + timedelta(days=1), why="Grève",
        by=mine, at=at,
    )  # fmt: skip
    html = client.get(_path(asked)).content.decode()
    assert "Dites-nous par un message s’il vous convient." in html
    old_day = timezone.localtime(slot.starts_at).strftime("%H:%M")
    assert html.count("Votre rendez-vous") == 1 and old_day in html
    assert client.get(f"{_path(asked)}rendez-vous.ics").status_code == 302
    agenda.confirm(reference=new.reference, by=mine, at=at)
    agenda.miss(reference=new.reference, next_step=NextStep.CALL, by=mine, at=new.ends_at)
    html = client.get(_path(asked)).content.decode()
    assert "Cela ne change rien à votre demande" in html


def test_withdrawn_request_frees_the_time(client) -> None:
    mine, asked = agent(), ask("aid", at=timezone.now() - timedelta(days=1))
    slot = _offered(mine, asked, 48)[0]
    client.post(f"{_path(asked)}choisir/{slot.pk}/")
    assert Hold.objects.count() == 1
    client.post(f"{_path(asked)}retirer/")
    assert (Hold.objects.count(), Appointment.objects.get().state) == (0, "cancelled")
