"""Nobody sees nor receives herself or a relative: appointments, arrivals, whoever gives them."""

import pytest
from tests.factories import casework as files
from tests.factories.agenda import NOW, announced, appointment, leader, meeting, reception
from tests.factories.people import person, tie
from tests.factories.requests import agent

from beffroi.acts.agenda import permissions
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.people import services as people
from beffroi.people.models import Person

pytestmark = pytest.mark.django_db


def _family(who: Actor) -> tuple[Person, Person, Person]:
    """The agent as a person, her sister, and somebody who is nothing to her."""
    herself, sister, stranger = person("Lienard"), person("Vandersmissen"), person("Quaregnon")
    people.link_staff(agent=int(who.ref), reference=herself.reference, by=who, at=NOW)
    tie(herself, "sibling", sister)
    return herself, sister, stranger


def test_worker_makes_no_appointment_for_herself_nor_a_relative() -> None:
    mine = agent()
    herself, sister, stranger = _family(mine)
    for closed in (herself, sister):
        with pytest.raises(InvalidInput) as refused:
            appointment(mine, name="", person_ref=closed.reference)
        assert set(refused.value.fields) == {"person_ref"}
        with pytest.raises(InvalidInput) as refused:
            appointment(mine, name="", person=closed.pk)
        assert set(refused.value.fields) == {"worker"}
    made = appointment(mine, name="", person_ref=stranger.reference.lower())
    assert list(Appointment.objects.values_list("pk", "person_id")) == [(made.pk, stranger.pk)]


def test_unknown_person_is_refused_in_the_words_of_a_closed_one() -> None:
    mine = agent()
    herself, _sister, _stranger = _family(mine)
    said = set()
    for reference in (herself.reference, "P99999999"):
        with pytest.raises(InvalidInput) as refused:
            appointment(mine, name="", person_ref=reference)
        said.add(str(refused.value))
    assert len(said) == 1


def test_leader_gives_a_relative_to_another_worker_and_is_not_told_why() -> None:
    chief, mine, mate = leader(), agent(), agent()
    _herself, sister, _stranger = _family(mine)
    given = {"name": "", "person_ref": sister.reference, "team": "aid"}
    with pytest.raises(InvalidInput) as refused:
        agenda.make_appointment(meeting=meeting(mine, **given), by=chief, at=NOW)
    assert refused.value.fields == {
        "worker": "Cette personne ne peut pas être reçue par cet agent."
    }
    made = agenda.make_appointment(meeting=meeting(mate, **given), by=chief, at=NOW)
    with pytest.raises(InvalidInput):
        agenda.move(
            reference=made.reference, starts_at=made.starts_at, worker=int(mine.ref), why="Congé",
            by=chief, at=NOW,
        )  # fmt: skip
    assert list(Appointment.objects.values_list("worker_id", "state")) == [
        (int(mate.ref), "offered")
    ]


def test_appointment_and_arrival_of_a_relative_are_hidden_from_whoever_oversees_the_team() -> None:
    chief, mine, desk = leader(), agent(), reception("aid")
    _herself, sister, stranger = _family(chief)
    hidden = appointment(mine, 24, name="", person_ref=sister.reference)
    shown = appointment(mine, 48, name="", person_ref=stranger.reference)
    gone = announced(desk, name="", person=sister.pk)
    there = announced(desk, name="", person=stranger.pk)
    nameless = announced(desk)
    seen = permissions.appointments_visible_to
    assert set(seen(chief)) == {shown}
    assert set(seen(mine)) == {shown, hidden}
    assert set(permissions.arrivals_visible_to(chief)) == {there, nameless}
    assert set(permissions.arrivals_visible_to(desk)) == {there, nameless, gone}
    with pytest.raises(NotAllowed):
        agenda.read_appointment(reference=hidden.reference, by=chief, at=NOW)


def test_relative_in_the_waiting_room_is_neither_taken_nor_given() -> None:
    mine, desk = agent(), reception("aid")
    _herself, sister, _stranger = _family(mine)
    with pytest.raises(InvalidInput):
        announced(desk, name="", person=sister.pk, worker=int(mine.ref))
    waits = announced(desk, name="", person=sister.pk)
    with pytest.raises(InvalidInput):
        agenda.give_arrival(arrival=waits.pk, to=int(mine.ref), by=desk, at=NOW)
    for take in (agenda.call, agenda.receive):
        with pytest.raises(NotAllowed):
            take(arrival=waits.pk, by=mine, at=NOW)
    assert list(Arrival.objects.values_list("worker_id", "state")) == [(None, "announced")]


def test_number_of_a_file_is_known_for_whom_it_is() -> None:
    one = files.held()
    mine, chief = agent(team_key=files.TEAM), leader(files.TEAM)
    who = Person.objects.get(reference=one.person)
    made = appointment(chief, name="", subject_ref=one.number)
    assert made.person_id == who.pk
    people.link_staff(agent=int(mine.ref), reference=one.person, by=mine, at=NOW)
    with pytest.raises(InvalidInput) as refused:
        appointment(mine, 48, name="Une voisine", subject_ref=one.number.lower())
    assert set(refused.value.fields) == {"worker"}
    elsewhere = appointment(agent(team_key="debts"), name="Quelqu’un", subject_ref=one.number)
    assert elsewhere.person_id is None
