"""Night and day shelters at the desk: counts to those who lead, aliases to those who keep the house."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import people as persons
from tests.factories import stays as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.models import Bed, ColdPlan, Exclusion, Guest, House, OpeningCount, Stay
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
CANARY = "Zénobie Canari"


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def _night(of: House, who: Guest | None = None, days: int = 0) -> Stay:
    day, now = made.tonight(of) - timedelta(days=days), timezone.now()
    return made.night(of, who, day, at=now)


def _close(held: Stay) -> int:
    stays.close_opening(opening=held.opening_id, by=made.HOUSE, at=timezone.now())
    return held.opening_id


@pytest.mark.parametrize(
    ("who", "counts", "aliases", "guest"),
    [
        (made.keeper, 200, True, 200),
        (made.leader, 200, True, 200),
        (made.lead, 200, False, 404),
        (lambda: made.keeper("street_work"), 404, False, 404),
        (lambda: agent(Role.SOCIAL_WORKER, "aid"), 404, False, 404),
    ],
)
def test_four_people_and_the_lead_before_one_night(door, who, counts, aliases, guest) -> None:
    of = made.house(4)
    ann = made.guest(of, CANARY)
    pk = _close(_night(of, ann))
    browser = door(who())
    answer = browser.get(f"/desk/abri/nuits/{pk}/")
    assert answer.status_code == counts
    assert (CANARY in answer.content.decode()) == aliases
    assert browser.get(f"/desk/abri/nuits/{pk}/liste/").status_code == (200 if aliases else 404)
    assert browser.get(f"/desk/abri/hotes/{ann.pk}/").status_code == guest
    assert JournalEntry.objects.filter(verb="guest.read").exists() == (guest == 200)


def test_a_night_of_last_month_shows_its_aliases_to_who_leads_alone(door) -> None:
    of = made.house(4)
    pk = _close(_night(of, made.guest(of, CANARY), days=30))
    Guest.objects.update(since_at=timezone.now() - timedelta(days=31))
    found = {}
    for name, who in (("keeper", made.keeper()), ("leader", made.leader())):
        browser = door(who)
        found[name] = (
            CANARY in _html(browser, f"/desk/abri/nuits/{pk}/"),
            CANARY in _html(browser, "/desk/abri/hotes/"),
        )
    assert found == {"keeper": (False, False), "leader": (True, True)}


def test_list_says_what_was_counted_and_no_alias(door) -> None:
    of = made.house(4)
    for who in (made.guest(of, CANARY), None):
        held = _night(of, who)
    _close(held)
    told = _html(door(made.lead()), "/desk/abri/")
    assert "50,0 %" in told
    assert CANARY not in told


def test_a_house_is_written_furnished_and_opened_wider_when_it_is_cold(door) -> None:
    browser, day = door(made.lead()), timezone.localdate()
    made.keeper()
    typed = {
        "name": "Abri neuf", "kind": "night", "team": "prevention", "place": "", "opens_at": "20:00",
        "closes_at": "08:00", "since": day.isoformat(), "lines": "5", "actions": "2.4.01",
    }  # fmt: skip
    assert browser.post("/desk/abri/maisons/nouvelle/", typed).status_code == 302
    of = House.objects.get()
    acts = f"/desk/abri/maisons/{of.pk}/acte/"
    until = (day + timedelta(days=10)).isoformat()
    for act, more in (
        ("lits", {"count": 3, "word": "H", "room": "Haut", "sex": "m", "since": day.isoformat()}),
        ("grand-froid", {"beds": 2, "since": day.isoformat(), "until": until, "why": "−6 °C"}),
    ):
        assert browser.post(f"{acts}{act}/", more).status_code == 302
    assert [b.code for b in Bed.objects.all()] == ["H 1", "H 2", "H 3", "Froid 4", "Froid 5"]
    told = _html(browser, f"/desk/abri/maisons/{of.pk}/")
    assert "5 lits cette nuit" in told and "−6 °C" in told and "2.4.01" in told
    plan = ColdPlan.objects.get()
    browser.post(f"{acts}finir-plan/", {"row": plan.pk, "on": day.isoformat()})
    plan.refresh_from_db()
    assert plan.until_date == day
    assert set(Bed.objects.filter(plan=plan).values_list("until_date", flat=True)) == {day}


@pytest.mark.parametrize(
    ("act", "typed", "words"),
    [
        ("ouvrir", {"since": "2026-11-01", "until": ""}, "déjà ouverte"),
        ("lits", {"count": 900, "since": "2026-11-01"}, "200"),
        ("grand-froid", {"beds": 2, "since": "2026-12-10", "until": "2026-12-01", "why": "Gel à pierre fendre"}, "La fin vient après le début."),
        ("oter-lits", {"on": "2026-11-01"}, "Il manque ceci."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_house_is_said_beside_its_field(door, act, typed, words) -> None:
    of = made.house(2)
    answer = door(made.leader()).post(f"/desk/abri/maisons/{of.pk}/acte/{act}/", typed)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert words in told and "Erreur :" in told
    assert all(value in told for value in map(str, typed.values()) if len(value) > 5)
    assert Bed.objects.count() == 2


def test_who_keeps_a_house_does_not_set_it_up(door) -> None:
    of = made.house(2)
    for name in ("lits", "grand-froid", "ouvrir"):
        assert (
            door(made.keeper()).post(f"/desk/abri/maisons/{of.pk}/acte/{name}/").status_code == 404
        )
    assert (
        door(made.leader("street_work")).get(f"/desk/abri/maisons/{of.pk}/modifier/").status_code
        == 404
    )


def test_a_correction_is_a_new_row_and_the_old_one_stays(door) -> None:
    of, browser = made.house(4), door(made.keeper())
    ann, bea = made.guest(of, "Ann"), made.guest(of, "Bea")
    held = _night(of, ann)
    pk = _close(held)
    acts = f"/desk/abri/nuits/{pk}/acte/"
    refused = browser.post(f"{acts}ajouter/", {"alias": "Inconnue au bataillon", "why": "Oubliée"})
    assert "ne connaît personne" in refused.content.decode()
    assert 'value="Oubliée"' in refused.content.decode()
    for act, typed in (
        ("ajouter", {"alias": "bea", "why": "Oubliée"}),
        ("reprendre", {"row": held.pk, "why": "Ce n’était pas elle"}),
        ("services", {"service": "meal", "delta": 3, "why": "Le carnet"}),
    ):
        assert browser.post(f"{acts}{act}/", typed).status_code == 302
    rows = list(OpeningCount.objects.values_list("revision", "slept", "meals", "why"))
    assert rows == [(1, 1, 0, ""), (2, 2, 0, "Oubliée"), (3, 1, 0, "Ce n’était pas elle"),
                    (4, 1, 3, "Le carnet")]  # fmt: skip
    assert "Le carnet" in _html(browser, f"/desk/abri/nuits/{pk}/")
    assert Stay.objects.get(guest=bea).state == "in"


def test_guests_are_known_better_joined_and_excluded_for_a_time(door) -> None:
    of, day = made.house(4), timezone.localdate()
    ann, double, person = made.guest(of, "Ann"), made.guest(of, "Anna"), persons.person()
    _night(of, double)
    acts = f"/desk/abri/hotes/{ann.pk}/acte/"
    keeper = door(made.keeper())
    assert keeper.post(f"{acts}lier/", {"person_ref": person.reference}).status_code == 302
    assert keeper.post(f"{acts}reunir/", {"other": "anna"}).status_code == 302
    ann.refresh_from_db()
    assert (ann.person_id, Stay.objects.get().guest_id) == (person.pk, ann.pk)
    typed = {
        "house": of.pk, "since": day.isoformat(), "until": (day + timedelta(days=6)).isoformat(),
        "reason": "Coups", "decided_by": "Réunion", "hearing": "heard",
    }  # fmt: skip
    refused = keeper.post(f"{acts}exclure/", typed)
    assert "c’est à qui dirige" in refused.content.decode()
    assert door(made.leader()).post(f"{acts}exclure/", typed).status_code == 302
    assert Exclusion.objects.get().guest_id == ann.pk
    assert "Coups" in _html(keeper, f"/desk/abri/hotes/{ann.pk}/")
    assert "Coups" in _html(keeper, f"/desk/abri/maisons/{of.pk}/")


def test_each_page_costs_the_same_with_one_row_and_with_three(door, queries_of) -> None:
    of = made.house(9)
    ann = made.guest(of, "Ann")
    pk = _close(_night(of, ann))
    browser = door(made.leader())
    paths = [
        "/desk/abri/", f"/desk/abri/maisons/{of.pk}/", f"/desk/abri/nuits/{pk}/",
        f"/desk/abri/nuits/{pk}/liste/", "/desk/abri/hotes/", f"/desk/abri/hotes/{ann.pk}/",
    ]  # fmt: skip
    before = [queries_of(browser, path) for path in paths]
    for days in (1, 2, 3):
        _close(_night(of, ann, days=days))
        given = {"by": made.HOUSE, "at": timezone.now(), "why": "Oubli"}
        who = made.guest(of)
        stays.take_in(house=of.pk, day=made.tonight(of), arrival=stays.Arrival(who.mark), **given)
        made.house(2)
        stays.exclude(
            guest=who.pk, house=of.pk, since=timezone.localdate(), until=timezone.localdate(),
            reason="Coup", decided_by="Équipe", hearing="later", by=made.HOUSE, at=timezone.now(),
        )  # fmt: skip
    assert [queries_of(browser, path) for path in paths] == before
    assert before == [11, 11, 11, 7, 6, 11]
