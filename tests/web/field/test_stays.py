"""A night on a phone: who is awaited, who comes in, what is refused, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import stays as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.stays.enums import HouseKind
from beffroi.acts.stays.models import (
    Guest,
    Handover,
    HealthNote,
    House,
    Incident,
    Opening,
    Refusal,
    Stay,
)
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
Door = Callable[..., Client]


def _in(of: House, who: Guest, days: int = 0) -> Stay:
    now = timezone.now()
    return made.night(of, who, made.tonight(of) - timedelta(days=days), at=now)


def _post(browser: Client, of: House, act: str, **typed: object) -> object:
    given = {"mark": uuid4(), "retour": f"/field/abri/{of.pk}/"} | typed
    return browser.post(f"/field/abri/{of.pk}/acte/{act}/", given)


def _text(browser: Client, of: House) -> str:
    return browser.get(f"/field/abri/{of.pk}/").content.decode()


def test_a_newcomer_gets_a_bed_with_nothing_but_an_alias(door: Door) -> None:
    of, browser = made.house(2), door(made.keeper())
    assert _post(browser, of, "nouveau", alias="Rico", sex="m", has_dog="on").status_code == 302
    held = Stay.objects.get()
    assert (held.guest.alias, held.guest.sex, held.with_dog, held.bed.code) == (
        "Rico",
        "m",
        True,
        "1",
    )
    told = _text(browser, of)
    assert "Rico a le lit 1." in told
    assert "1 lit libre" in told
    assert 'data-theme="dark"' in told


def test_a_touch_sent_twice_takes_one_bed(door: Door) -> None:
    of, browser, mark = made.house(2), door(made.keeper()), uuid4()
    for _n in range(2):
        _post(browser, of, "entrer", mark=mark)
    assert Stay.objects.count() == 1


def test_full_house_says_what_to_do_and_keeps_what_was_typed(door: Door) -> None:
    of, browser = made.house(1), door(made.keeper())
    _in(of, made.guest(of))
    answer = _post(browser, of, "nouveau", alias="Zoé aux clés", sex="f")
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "Il n’y a plus de lit" in told
    assert 'value="Zoé aux clés"' in told
    assert not Guest.objects.filter(alias="Zoé aux clés").exists()
    _post(browser, of, "refuser", reason="full", referred_to="Relais social")
    assert [(row.reason, row.referred_to) for row in Refusal.objects.all()] == [
        ("full", "Relais social")
    ]


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("nouveau", {"alias": " "}, "alias"),
        ("incident", {"severity": "3", "told": "", "done": "Appelé le 112"}, "told"),
        ("releve", {"text": ""}, "text"),
        ("sante", {"text": "Insuline au frigo", "days": "45"}, "days"),
        ("refuser", {"referred_to": "Relais social", "reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(door: Door, act, typed, field) -> None:
    of, browser = made.house(2), door(made.keeper())
    who = made.guest(of)
    _in(of, who)
    answer = _post(browser, of, act, guest=who.mark, **typed)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "Erreur :" in told
    assert all(value in told for value in typed.values() if len(value) > 4)
    assert not Incident.objects.exists() and not Handover.objects.exists()
    assert not HealthNote.objects.exists() and not Refusal.objects.exists()


def test_awaited_come_in_leave_and_come_back(door: Door) -> None:
    of, browser = made.house(2), door(made.keeper())
    ann = made.guest(of)
    _in(of, ann, days=1)
    assert _post(browser, of, "hier").status_code == 302
    kept = Stay.objects.get(state="expected")
    for move, state in (("arrive", "in"), ("leave", "left"), ("come_back", "in")):
        _post(browser, of, "deplacer", stay=kept.pk, move=move)
        kept.refresh_from_db()
        assert kept.state == state
    assert _post(browser, of, "deplacer", stay=kept.pk, move="take_back").status_code == 404


def test_a_day_is_counted_by_taps_and_closed(door: Door) -> None:
    of, browser = made.day_house(), door(made.keeper())
    ann = made.guest(of)
    _post(browser, of, "venir", guest=ann.mark)
    _post(browser, of, "nouveau", alias="Lili")
    _post(browser, of, "compter", count=10)
    _post(browser, of, "compter", count=-1)
    _post(browser, of, "service", service="meal", delta=1)
    _post(browser, of, "reprendre", guest=ann.mark)
    assert _post(browser, of, "clore").status_code == 302
    row = Opening.objects.get()
    assert (row.state, row.visits, row.visits_unnamed, row.meals) == ("closed", 10, 9, 1)
    assert "Corriger, en disant pourquoi" in _text(browser, of)


def test_the_book_is_read_by_the_next_team_and_health_stays_apart(door: Door) -> None:
    of, browser = made.house(2), door(made.keeper())
    ann = made.guest(of, "Momo")
    _in(of, ann)
    _post(browser, of, "releve", text="La clé du local est chez le concierge.")
    _post(browser, of, "incident", severity="2", told="Dispute au dortoir.", done="Séparés.")
    _post(browser, of, "sante", guest=ann.mark, text="Insuline au frigo", days="3")
    told = _text(door(made.keeper()), of)
    for words in ("La clé du local", "Dispute au dortoir.", "Insuline au frigo"):
        assert words in told
    assert [row.told for row in Incident.objects.all()] == ["Dispute au dortoir."]


def test_who_sees_a_night(door: Door) -> None:
    of = made.house(2)
    _in(of, made.guest(of, "Momo"))
    pages = {
        "hers": door(made.keeper()), "leader": door(made.leader()),
        "other team": door(made.keeper("street_work")), "plan": door(made.lead()),
        "stranger": door(agent(Role.SOCIAL_WORKER, "aid")),
    }  # fmt: skip
    found = {
        who: browser.get(f"/field/abri/{of.pk}/").status_code for who, browser in pages.items()
    }
    assert found == {"hers": 200, "leader": 200, "other team": 404, "plan": 404, "stranger": 404}
    assert JournalEntry.objects.filter(verb="stay.read", object_ref=str(of.pk)).count() == 2


def test_a_page_costs_the_same_with_one_guest_and_with_nine(door: Door, queries_of) -> None:
    of, browser = made.house(12), door(made.keeper())
    _in(of, made.guest(of))
    one = queries_of(browser, f"/field/abri/{of.pk}/")
    for n in range(8):
        who = made.guest(of)
        _in(of, who, days=n % 3)
    assert queries_of(browser, f"/field/abri/{of.pk}/") == one
    listed = queries_of(browser, "/field/abri/")
    made.house(2), made.day_house(), made.house(1, kind=HouseKind.TRANSIT)
    assert queries_of(browser, "/field/abri/") == listed
    assert (one, listed) == (20, 11)
