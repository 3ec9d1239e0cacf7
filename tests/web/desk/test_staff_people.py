"""Which agent is which person, and who else reads a sealed address: the two pages that say it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.factories.people import HOUSE, NOW, address, agent, person, tie

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.people import services as people
from beffroi.people.models import AddressKeeper, Person, StaffPerson

pytestmark = pytest.mark.django_db
PAGE = "/desk/personnes/agents/"
BORN = date(1984, 3, 12)
CANARY = "Impasse du Canari 77"
STAFF_ROLES = {Role.ADMINISTRATOR, Role.DIRECTOR_GENERAL, Role.PRIVACY_OFFICER}


def _asked(who, mine: Person, **more: str) -> dict[str, str]:
    given = {"agent": who.ref, "link": "self", "number": mine.reference, "born": BORN.isoformat()}
    return {**given, **more}


@pytest.mark.parametrize("role", sorted(Role))
def test_page_of_agents_opens_to_those_who_answer_for_the_house(door, role: str) -> None:
    status = door(agent(role, "aid")).get(PAGE).status_code
    assert status == (200 if role in STAFF_ROLES else 404)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_agent_said_to_be_a_person_no_longer_opens_her_nor_her_kin(door, role: str) -> None:
    worker, mine, sister = agent(), person("Goffaux", "Chloé", BORN), person("Goffaux", "Ninon")
    tie(mine, "sibling", sister)
    hers = door(worker)
    files = [f"/desk/personnes/{one.reference}/" for one in (mine, sister)]
    assert [hers.get(path).status_code for path in files] == [200, 200]
    chief = door(agent(role, ""))
    assert chief.post(PAGE, _asked(worker, mine))["Location"] == PAGE
    assert [hers.get(path).status_code for path in files] == [404, 404]
    assert [door(agent()).get(path).status_code for path in files] == [200, 200]
    assert "Goffaux Chloé" in chief.get(PAGE).content.decode()
    row = JournalEntry.objects.get(verb="person.staff_link")
    assert (row.subject_ref, row.detail) == (mine.reference, {"agent": worker.ref, "link": "self"})


def test_number_of_somebody_else_names_nobody(door) -> None:
    worker, mine = agent(), person("Goffaux", "Chloé", BORN)
    chief = door(agent(Role.ADMINISTRATOR, ""))
    for wrong in ({"born": "1984-03-13"}, {"number": "P99999999"}, {"number": "85.07.30-033.28"}):
        answer = chief.post(PAGE, _asked(worker, mine, **wrong))
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "Personne n’a ce numéro et cette date de naissance ici." in html
        assert "Chloé" not in html
    assert StaffPerson.objects.count() == 0


def test_agent_is_one_person_at_most(door) -> None:
    worker, one, other = agent(), person("Un", "A", BORN), person("Deux", "B", BORN)
    chief = door(agent(Role.ADMINISTRATOR, ""))
    chief.post(PAGE, _asked(worker, one))
    answer = chief.post(PAGE, _asked(worker, other))
    assert (answer.status_code, StaffPerson.objects.count()) == (422, 1)
    assert chief.post(PAGE, _asked(worker, other, link="close")).status_code == 302
    assert StaffPerson.objects.count() == 2


def test_link_is_taken_back_with_a_reason_and_not_by_the_agent_herself(door) -> None:
    chief, other, mine = agent(Role.PRIVACY_OFFICER, ""), agent(), person("Goffaux", "Chloé", BORN)
    hers = person("Anders", "Eve", BORN)
    people.link_staff(agent=int(other.ref), reference=mine.reference, by=HOUSE, at=NOW)
    people.link_staff(agent=int(chief.ref), reference=hers.reference, by=HOUSE, at=NOW)
    client = door(chief)
    html = client.get(PAGE).content.decode()
    assert ("Anders" in html, "Fermée à vous" in html) == (False, True)
    assert client.get(f"{PAGE}{chief.ref}/{hers.reference}/").status_code == 404
    end = f"{PAGE}{other.ref}/{mine.reference}/"
    assert end in html
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "Un homonyme"})["Location"] == PAGE
    assert [row.agent_id for row in StaffPerson.objects.all()] == [int(chief.ref)]
    assert JournalEntry.objects.get(verb="person.staff_unlink").reason == "Un homonyme"


def test_somebody_an_agent_is_close_to_is_not_named(door) -> None:
    close, friend = agent(), person("Anders", "Eve", BORN)
    people.link_staff(
        agent=int(close.ref), reference=friend.reference, link="close", by=HOUSE, at=NOW
    )
    client = door(agent(Role.ADMINISTRATOR, ""))
    html = client.get(PAGE).content.decode()
    html += client.get(f"{PAGE}{close.ref}/{friend.reference}/").content.decode()
    assert ("Anders" in html, friend.reference in html) == (False, True)


def test_list_of_agents_costs_the_same_for_one_and_three_rows(door, queries_of) -> None:
    client = door(agent(Role.ADMINISTRATOR, ""))

    def known() -> None:
        people.link_staff(agent=int(agent().ref), reference=person().reference, by=HOUSE, at=NOW)

    known()
    one = queries_of(client, PAGE)
    known()
    known()
    assert (queries_of(client, PAGE), one <= 14) == (one, True)


def test_second_reader_is_named_on_the_page_and_reads_until_her_day(door) -> None:
    keeper, who = agent(), person("Quintanilha", "Clo", BORN)
    pk = address(who, CANARY, "Canariville", by=keeper, sealed="Violences : il la cherche.")
    page = f"/desk/personnes/{who.reference}/"
    readers = f"{page}adresses/{pk}/lecteurs/"
    client, other = door(keeper), agent()
    assert readers in client.get(page).content.decode()
    assert door(other).get(readers).status_code == 404
    until = timezone.localdate() + timedelta(days=10)
    asked = {"agent": other.ref, "reason": "Elle remplace Claire.", "until": until.isoformat()}
    assert client.post(readers, {**asked, "until": ""}).status_code == 422
    assert client.post(readers, asked)["Location"] == readers
    assert "Elle remplace Claire." in client.get(readers).content.decode()
    assert CANARY in door(other).get(page).content.decode()
    assert CANARY not in door(agent()).get(page).content.decode()
    officer = door(agent(Role.PRIVACY_OFFICER, "")).get("/desk/journal/").content.decode()
    assert ("Elle remplace Claire." in officer, CANARY in officer) == (True, False)
    end = f"{readers}{other.ref}/"
    assert client.post(end, {"reason": "Claire est revenue."})["Location"] == page
    assert CANARY not in door(other).get(page).content.decode()
    assert [row.agent_id for row in AddressKeeper.objects.all()] == [int(keeper.ref)]


def test_readers_of_an_address_that_is_not_sealed_are_all(door) -> None:
    who = person()
    pk = address(who)
    page = f"/desk/personnes/{who.reference}/"
    answer = door(agent()).get(f"{page}adresses/{pk}/lecteurs/")
    assert (answer.status_code, answer["Location"]) == (302, page)
