"""Persons at the desk: search, page, entry, card, both versions, seals, duplicates."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.people import HOUSE, NOW, address, agent, household, person, tie
from tests.people.test_eid import NISS, _card

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.people import services as people
from beffroi.people.models import Person

pytestmark = pytest.mark.django_db
SEARCH = "/desk/personnes/"
BORN = date(1984, 3, 12)
CANARY = "Impasse du Canari 77"


def _page(who: Person, name: str = "desk:person", **more) -> str:
    return reverse(name, kwargs={"reference": who.reference, **more})


def _read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_search_goes_by_the_body_and_shows_the_nearest_first(door) -> None:
    one, _other = person("Goffaux", "Chloé", BORN), person("Goffin", "Luc")
    client = door(agent())
    html = client.post(SEARCH, {"mots": "gofo chloe"}).content.decode()
    rows = html.partition("<tbody>")[2]
    assert rows.index(one.reference) < rows.find("Goffin") or "Goffin" not in rows
    assert one.reference in rows
    assert one.reference not in client.get(SEARCH, {"mots": "goffaux"}).content.decode()


def test_search_by_htmx_gives_the_list_alone(door) -> None:
    one = person("Goffaux", "Chloé", BORN)
    answer = door(agent()).post(SEARCH, {"mots": "goffaux"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert one.reference in html
    assert "<html" not in html


def test_whole_number_leads_straight_to_the_person(door) -> None:
    one = person("Goffaux")
    answer = door(agent()).post(SEARCH, {"mots": one.reference})
    assert answer["Location"] == _page(one)


def test_page_is_journalled_and_not_found_for_relatives_and_strangers(door) -> None:
    me, who, mine = agent(), person("Goffaux", "Chloé", BORN), person()
    tie(mine, "sibling", who)
    assert "Goffaux Chloé" in _read(door(me), _page(who))
    assert JournalEntry.objects.filter(verb="person.read", actor_ref=me.ref).count() == 1
    people.link_staff(agent=int(me.ref), reference=mine.reference, by=me, at=NOW)
    client = door(me)
    for one in (who, mine):
        assert client.get(_page(one)).status_code == 404
        assert client.get(_page(one, "desk:person_edit")).status_code == 404
        answer = client.post(_page(one, "desk:person_act", act="contact"), {"kind": "mobile", "value": "0470001234"})  # fmt: skip
        assert answer.status_code == 404
        assert one.reference not in client.post(SEARCH, {"mots": one.last_name}).content.decode()
    assert door(agent(Role.EDITOR, "")).get(_page(who)).status_code == 404
    assert client.get("/desk/personnes/P26999999/").status_code == 404


def test_page_of_a_friend_does_not_name_the_relative_of_the_agent(door) -> None:
    me, mine = agent(), person("Zwartveld", "Soi")
    friend = person("Quintanilha", "Clo")
    household((friend, "reference"))
    one, two = person("Onderdonck", "Un"), person("Onderdonck", "Deux")
    tie(mine, "sibling", one)
    tie(one, "sibling", two)
    tie(two, "friend", friend)
    people.link_staff(agent=int(me.ref), reference=mine.reference, by=me, at=NOW)
    html = _read(door(me), _page(friend))
    assert "Quintanilha" in html
    assert "Onderdonck" not in html
    assert "Onderdonck" in _read(door(agent()), _page(friend))


def test_sealed_address_is_on_no_page_of_another_agent(door) -> None:
    keeper, who, mate = agent(), person("Quintanilha", "Clo", BORN), person("Quintanilha", "Clo")
    household((who, "reference"), (mate, "child"))
    pk = address(who, CANARY, "Canariville", by=keeper, sealed="Violences graves.")
    pages = [
        _page(who), _page(mate), _page(who, "desk:person_edit"),
        reverse("desk:duplicate", args=[who.reference, mate.reference]), "/desk/personnes/doublons/",
    ]  # fmt: skip
    assert CANARY in _read(door(keeper), _page(who))
    for by in (agent(), agent(Role.TEAM_LEADER), agent(Role.RECEPTION)):
        client = door(by)
        html = "".join(_read(client, page) for page in pages)
        html += client.post(SEARCH, {"mots": "quintanilha"}).content.decode()
        assert (CANARY in html or "Canariville" in html, "Adresse protégée" in html) == (
            False,
            True,
        )
        assert client.get(_page(who, "desk:person_address", pk=pk)).status_code == 404
    officer = door(agent(Role.PRIVACY_OFFICER, ""))
    assert CANARY not in _read(officer, "/desk/journal/")


def test_leader_sees_a_sealed_address_once_with_a_reason(door) -> None:
    who = person()
    pk = address(who, CANARY, by=agent(), sealed="Violences graves.")
    path = _page(who, "desk:person_seal", pk=pk)
    leader = door(agent(Role.TEAM_LEADER))
    assert CANARY not in leader.post(path, {"reason": "vite"}).content.decode()
    answer = leader.post(path, {"reason": "Visite urgente à 14 h"})
    assert CANARY in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert door(agent()).post(path, {"reason": "Visite urgente à 14 h"}).status_code == 404


def _identity(who: Person, **more) -> dict:
    return {
        "last_name": who.last_name, "first_name": who.first_name, "lang": "fr", "version": 1,
        "birth_precision": "unknown", "gender": "", "nationality": "", **more,
    }  # fmt: skip


def test_second_browser_is_shown_both_versions_then_decides(door) -> None:
    who = person("Dubois", "Marie")
    path = _page(who, "desk:person_edit")
    assert door(agent()).post(path, _identity(who, first_name="Maria")).status_code == 302
    second = door(agent())
    answer = second.post(path, _identity(who, first_name="Marie-Ange"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ("Maria" in html, 'value="Marie-Ange"' in html) == (True, True)
    assert 'name="version" value="2"' in html
    who.refresh_from_db()
    assert who.first_name == "Maria"
    again = second.post(path, _identity(who, first_name="Marie-Ange", version=2))
    who.refresh_from_db()
    assert (again.status_code, who.first_name) == (302, "Marie-Ange")


def test_card_fills_the_entry_which_an_agent_confirms(door) -> None:
    client = door(agent(Role.RECEPTION))
    file = SimpleUploadedFile("carte.eid", _card())
    html = client.post(reverse("desk:person_eid"), {"file": file}).content.decode()
    assert f'value="{NISS}"' in html
    assert Person.objects.count() == 0
    given = {
        "last_name": "Goffaux", "first_name": "Chloé", "birth_date": "1984-03-12", "niss": NISS,
        "birth_precision": "day", "lang": "fr", "street": "Rue de la Clé 12",
        "postal_code": "7000", "locality": "Mons", "from_card": "True",
    }  # fmt: skip
    answer = client.post(reverse("desk:person_new"), given)
    who = Person.objects.get()
    assert answer["Location"] == _page(who)
    assert (who.identifiers.get().source, who.addresses.get().source) == ("eid", "eid")
    bad = client.post(reverse("desk:person_new"), given | {"niss": "84031200112"})
    assert (bad.status_code, Person.objects.count()) == (422, 1)


def test_file_that_is_no_card_is_refused_on_its_page(door) -> None:
    file = SimpleUploadedFile("carte.eid", b"<html></html>")
    answer = door(agent()).post(reverse("desk:person_eid"), {"file": file})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


ACTS = {
    "adresse": {"kind": "main", "locality": "Mons", "country": "BE"},
    "menage": {"role": "reference"},
    "lien": {"word": "sibling"},
    "contact": {"kind": "mobile", "value": "0470 00 12 34"},
    "numero": {"kind": "foreigner", "value": "1234567", "source": "document"},
    "nom": {"kind": "birth", "last_name": "Lambert"},
    "etat-civil": {"status": "single", "source": "declared"},
    "langue": {"code": "ar", "level": "mother", "needs_interpreter": "on"},
    "consentement": {"purpose": "sms", "given_date": "2026-01-01", "proof": "oral"},
    "representant": {"kind": "lawyer", "scope": "procedure", "name": "Me X"},
    "deces": {},
}


@pytest.mark.parametrize("act", list(ACTS))
def test_each_act_of_the_page_is_done_and_journalled(door, act) -> None:
    from beffroi.web.desk.people.act_forms import FORMS

    assert set(ACTS) == set(FORMS)
    who, other, client = person(), person(), door(agent())
    before = JournalEntry.objects.filter(kind="write").count()
    given = ACTS[act] | ({"other": other.reference} if act == "lien" else {})
    path = _page(who, "desk:person_act", act=act)
    if act != "deces":
        assert client.post(path, {}).status_code == 422
    assert client.post(path, given)["Location"] == _page(who)
    assert JournalEntry.objects.filter(kind="write").count() > before
    _read(client, _page(who))


def test_what_lasts_is_ended_on_a_day(door) -> None:
    who, client = person(), door(agent())
    pk = address(who, since=date(2020, 1, 1))
    home = household((who, "reference"), since=date(2020, 1, 1))
    for what, key in (("adresse", pk), ("menage", int(home[1:]))):
        path = _page(who, "desk:person_end", what=what, pk=key)
        assert client.post(path, {"until": "2019-01-01"}).status_code == 422
        assert client.post(path, {"until": "2026-01-01"}).status_code == 302
    assert who.addresses.get().until_date == who.memberships.get().until_date == date(2026, 1, 1)


def test_two_entries_are_compared_merged_and_separated(door) -> None:
    one, other = person("Goffaux", "Chloé"), person("Goffeaux", "Chloé", BORN)
    client = door(agent())
    pair = [one.reference, other.reference]
    assert "12 mars 1984" in _read(client, reverse("desk:duplicate", args=pair))
    assert one.reference in _read(client, "/desk/personnes/doublons/")
    decide = reverse("desk:duplicate_decide", args=pair)
    assert client.post(decide, {"answer": "one", "why": ""}).status_code == 302
    assert Person.objects.filter(merged_into__isnull=False).count() == 0
    client.post(decide, {"answer": "one", "why": "Même carte.", "take": ["birth"]})
    assert client.get(_page(other))["Location"] == _page(one)
    assert "12 mars 1984" in _read(client, _page(one))
    merged = one.merges.get()
    client.post(reverse("desk:merge_undo", args=[merged.pk]), {"why": "Deux cousines."})
    assert "Goffeaux" in _read(client, _page(other))


def test_page_costs_the_same_for_one_and_three_of_everything(door, queries_of) -> None:
    who, client = person("Goffaux", "Chloé", BORN), door(agent())

    def grow() -> None:
        other = person(born=date(1990, 1, 1))
        tie(who, "friend", other)
        household((who, "unrelated"), (other, "unrelated"))
        address(who, since=date(2020, 1, 1), until=date(2020, 2, 1), kind="factual")
        people.add_contact(
            reference=who.reference, kind="email", value=f"a{other.pk}@exemple.test", by=HOUSE,
            at=NOW,
        )  # fmt: skip

    grow()
    first = queries_of(client, _page(who))
    grow()
    grow()
    assert queries_of(client, _page(who)) == first
    assert first == 35


def test_search_costs_the_same_for_one_and_three_found(door) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = door(agent()), []
    for number in (1, 2):
        for _n in range(number):
            address(person("Goffaux", "Chloé"))
        with CaptureQueriesContext(connection) as seen:
            client.post(SEARCH, {"mots": "goffaux chloé"})
        counts.append(sum("SAVEPOINT" not in q["sql"] for q in seen))
    assert counts[0] == counts[1]
