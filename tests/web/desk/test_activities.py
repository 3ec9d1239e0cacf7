"""Activities at the desk and on the phone: what each sees, what each page does and costs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories.activities import HOUSE, animator, lead, participant, tap

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import Activity, Attendance, Session, Slot
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
CANARY = "Zénobie Canari"


def _session(of=None, hours: float = -1, lasts: float = 2) -> Session:
    """A session in hours from the real now, of which the pages speak."""
    now = timezone.now().replace(second=0, microsecond=0)
    return activities.add_session(
        activity=(of or gather.activity()).pk, starts_at=now + timedelta(hours=hours),
        ends_at=now + timedelta(hours=hours + lasts), by=HOUSE, at=now,
    )  # fmt: skip


def _tapped(one: Session, name: str = CANARY):
    who = participant(name=name)
    activities.tap(taps=[tap(one, who, timezone.now())], by=HOUSE, at=timezone.now())
    return who


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def test_activity_is_written_with_its_series_and_its_sessions(door) -> None:
    client, place = door(animator()), gather.place()
    form = {
        "name": "Cuisine du monde", "team": "houses", "place": str(place.pk), "count_mode": "mixed",
        "starts_on": "2026-11-02", "enrolment": "none", "offer_hours": "12", "lines": "12, 14", "actions": "5.5.01",
    }  # fmt: skip
    answer = client.post("/desk/activites/nouvelle/", form)
    made = Activity.objects.get()
    assert answer["Location"] == f"/desk/activites/{made.pk}/"
    assert {(k.kind, k.key) for k in made.keys.all()} == {
        ("line", "12"), ("line", "14"), ("action", "5.5.01"),
    }  # fmt: skip
    act = f"/desk/activites/{made.pk}/acte/"
    slot = {"weekday": 2, "from_time": "14:00", "until_time": "16:00", "since": "2026-11-02"}
    client.post(f"{act}moment/", slot)
    client.post(f"{act}ecrire/", {"since": "2026-11-02", "until": "2026-11-30"})
    assert [s.date.day for s in Session.objects.all()] == [4, 18, 25]  # the 11th is a holiday
    assert "jour férié" in _html(client, f"/desk/activites/{made.pk}/")
    client.post(f"{act}fin-moment/", {"slot": Slot.objects.get().pk})
    assert Slot.objects.get().until_date == timezone.localdate()


def test_form_with_faults_says_where(door) -> None:
    client, made = door(animator()), gather.activity()
    html = client.post(
        f"/desk/activites/{made.pk}/acte/moment/",
        {"weekday": 2, "from_time": "16:00", "until_time": "14:00", "since": "2026-11-02"},
    ).content.decode()
    assert "La fin vient avant le début." in html
    assert Slot.objects.count() == 0


def test_four_people_and_the_pages_they_open(door) -> None:
    one = _session()
    _tapped(one)
    people = {
        "mine": animator(), "other": animator("digital"), "lead": lead(),
    }  # fmt: skip
    paths = (f"/desk/activites/{one.activity_id}/", f"/desk/activites/seances/{one.pk}/",
             f"/desk/activites/seances/{one.pk}/liste/", f"/field/seances/{one.pk}/")  # fmt: skip
    seen = {
        who: [(a.status_code, CANARY in a.content.decode()) for a in map(door(actor).get, paths)]
        for who, actor in people.items()
    }
    assert seen == {
        "mine": [(200, False), (200, True), (200, True), (200, True)],
        "other": [(404, False)] * 4,
        "lead": [(200, False), (200, False), (302, False), (404, False)],
    }


def test_reading_a_sheet_leaves_a_row_in_the_journal(door) -> None:
    one, who = _session(), animator()
    door(who).get(f"/field/seances/{one.pk}/")
    rows = JournalEntry.objects.filter(verb="session.read")
    assert [(row.actor_ref, row.object_ref) for row in rows] == [(who.ref, str(one.pk))]


def test_phone_taps_counts_adds_and_closes_without_javascript(door) -> None:
    client, one = door(animator()), _session()
    who = _tapped(one)
    act = f"/field/seances/{one.pk}/acte/"
    client.post(f"{act}pointer/", {"participant": str(who.mark), "kind": "absent"})
    client.post(f"{act}ajouter/", {"name": "Momo", "is_alias": "1"})
    client.post(f"{act}compter/", {"delta": "12", "band": "child"})
    client.post(f"{act}compter/", {"delta": "-2", "band": "child"})
    sheet = queries.sheet(one)
    assert (sheet.present, sheet.bands) == (1, {"child": 10})
    assert [row.name for row in sheet.rows if row.state == "present"] == ["Momo"]
    client.post(f"{act}cloturer/")
    one.refresh_from_db()
    assert (one.state, one.named_count, one.anonymous_count) == ("held", 1, 10)
    assert "11 présences, dont 10 sans nom" in _html(client, "/field/")


def test_what_no_form_asks_is_not_found(door) -> None:
    client, one = door(animator()), _session()
    act = f"/field/seances/{one.pk}/acte/"
    for path, given in (
        ("pointer/", {"participant": "x", "kind": "present"}), ("compter/", {"delta": "1000"}),
        ("compter/", {"delta": "x"}), ("autre/", {}),
    ):  # fmt: skip
        assert client.post(act + path, given).status_code == 404
    assert Attendance.objects.count() == 0


def test_correction_at_the_desk_keeps_the_count_before(door) -> None:
    client, one = door(animator()), _session()
    who = _tapped(one)
    activities.close_session(session=one.pk, by=HOUSE, at=timezone.now())
    path = f"/desk/activites/seances/{one.pk}/"
    given = {"minutes": "120", "why": "", "band_unsaid": "4"}
    assert "Il manque ceci" in client.post(f"{path}acte/corriger/", given).content.decode()
    client.post(f"{path}acte/corriger/", given | {"why": "Ce n’était pas elle"})
    assert [(r.named, r.anonymous) for r in queries.counts_of(one.pk)] == [(1, 0), (0, 4)]
    assert Attendance.objects.get(participant=who).state == "absent"
    assert "Ce n’était pas elle" in _html(client, path)


def test_session_is_cancelled_restored_and_moved_at_the_desk(door) -> None:
    client, one = door(animator()), _session(hours=30)
    path = f"/desk/activites/seances/{one.pk}/acte/"
    client.post(f"{path}annuler/", {"why": "Animateur malade"})
    one.refresh_from_db()
    assert (one.state, one.cancel_reason) == ("cancelled", "Animateur malade")
    client.post(f"{path}retablir/")
    client.post(f"{path}deplacer/", {"day": "2027-01-05", "hour": "10:00", "until_time": "12:00"})
    one.refresh_from_db()
    assert (one.state, one.date.isoformat()) == ("planned", "2027-01-05")


def test_week_is_copied_from_the_week_before(door) -> None:
    one = _session(hours=-7 * 24)
    client = door(animator())
    today = timezone.localdate().isoformat()
    client.post("/desk/activites/semaine/", {"equipe": "houses", "lundi": today})
    assert Session.objects.filter(activity=one.activity_id).count() == 2
    assert one.activity.name in _html(
        client, f"/desk/activites/semaine/?equipe=houses&lundi={today}"
    )


def test_list_costs_the_same_for_one_and_three(door, queries_of) -> None:
    client = door(animator())
    _session()
    client.get("/desk/activites/")
    first = queries_of(client, "/desk/activites/"), queries_of(client, "/field/")
    for _n in range(2):
        _session()
    assert (queries_of(client, "/desk/activites/"), queries_of(client, "/field/")) == first


def test_sheet_costs_the_same_for_one_and_three(door, queries_of) -> None:
    client, one = door(animator()), _session()
    path = f"/field/seances/{one.pk}/"
    _tapped(one)
    client.get(path)
    first = queries_of(client, path)
    _tapped(one, "Deux")
    _tapped(one, "Trois")
    assert queries_of(client, path) == first


def _enrolled(**more):
    given = {"enrolment": "series", "is_public": True, "capacity": 1} | more
    return gather.activity(**given)


def test_places_are_given_and_taken_back_at_the_desk(door) -> None:
    of, client = _enrolled(), door(animator())
    path = f"/desk/activites/{of.pk}/inscriptions/"
    for n, name in enumerate((CANARY, "Paul")):
        client.post(path, {"nonce": f"n{n}", "name": name, "seats": 1})
    rows = list(queries.registrations_of(of.pk))
    assert [(r.name, r.state) for r in rows] == [(CANARY, "confirmed"), ("Paul", "waiting")]
    client.post(f"{path}acte/withdraw/", {"inscription": rows[0].pk})
    assert [r.state for r in queries.registrations_of(of.pk)] == ["cancelled", "offered"]
    assert CANARY in _html(client, path)
    assert CANARY not in _html(door(lead()), path)
    assert door(animator("digital")).get(path).status_code == 404


def test_place_of_another_activity_is_not_moved_from_this_one(door) -> None:
    here, there, client = _enrolled(), _enrolled(), door(animator())
    client.post(f"/desk/activites/{there.pk}/inscriptions/", {"nonce": "x", "seats": 1})
    (row,) = queries.registrations_of(there.pk)
    client.post(f"/desk/activites/{here.pk}/inscriptions/acte/withdraw/", {"inscription": row.pk})
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_volunteer_is_added_and_her_hours_noted_at_the_desk(door) -> None:
    of, client, path = gather.activity(), door(animator()), "/desk/activites/benevoles/"
    client.post(f"{path}acte/ajouter/", {"team": "houses", "name": CANARY, "since": "2026-01-01"})
    (who,) = queries.volunteers_of(["houses"], timezone.localdate())
    hours = {"volunteer": who.pk, "activity": of.pk, "day": timezone.localdate(), "hours": "1,5"}
    client.post(f"{path}acte/heures/", hours)
    (row,) = queries.volunteer_times(["houses"])
    assert row.minutes == 90
    assert CANARY in _html(client, path)
    assert CANARY not in _html(door(animator("digital")), path)
    client.post(f"{path}acte/reprendre/", {"ligne": row.pk, "why": "Erreur"})
    client.post(f"{path}acte/terminer/", {"ligne": who.pk})
    assert "Erreur" in _html(client, path)
