"""Entering and changing a person: names, dates, numbers, who is found by what."""

from datetime import date

import pytest
from tests.factories.people import HOUSE, NOW, address, agent, household, person, tie

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.versions import EditConflict
from beffroi.people import queries
from beffroi.people import services as people
from beffroi.people.fiction import fictional_bis, fictional_niss
from beffroi.people.models import Address, Identifier, Person
from beffroi.people.services import Identity

pytestmark = pytest.mark.django_db
BORN = date(1984, 3, 12)


def _found(words: str) -> list[str]:
    return [f.reference for f in people.search_persons(words=words, by=HOUSE, at=NOW)]


def test_person_is_entered_with_her_reference_and_her_row_in_the_journal() -> None:
    who = person("Dubois", "Marie", BORN)
    assert who.reference.startswith("P26")
    assert (who.birth_precision, who.version) == ("day", 1)
    row = JournalEntry.objects.get(verb="person.add")
    assert (row.object_kind, row.subject_ref) == ("person", who.reference)


@pytest.mark.parametrize(
    ("precision", "kept"), [("year", date(1984, 1, 1)), ("month", date(1984, 3, 1))]
)
def test_birth_that_is_not_wholly_known_stands_as_the_first(precision, kept) -> None:
    who = person(born=BORN, birth_precision=precision)
    assert (who.birth_date, who.birth_precision) == (kept, precision)
    assert queries.brief(who.pk).age_on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"last": " "}, "last_name"), ({"last": "…"}, "last_name"),
        ({"born": date(2030, 1, 1)}, "birth_date"), ({"gender": "z"}, "gender"),
        ({"nationality": "Belge"}, "nationality"), ({"lang": "xx"}, "lang"),
    ],
)  # fmt: skip
def test_entry_that_cannot_be_is_refused_beside_its_field(more, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        person(**({"last": "Dubois"} | more))
    assert set(refused.value.fields) == {field}
    assert Person.objects.count() == 0


def test_persons_are_entered_by_reception_and_social_service_alone() -> None:
    done = set()
    for role in Role:
        by = agent(role, "aid")
        try:
            people.add_person(last_name="Dubois", first_name="Marie", by=by, at=NOW)
        except NotAllowed:
            continue
        done.add(str(role))
    assert done == {"reception", "social_worker", "team_leader"}
    with pytest.raises(NotAllowed):
        people.add_person(last_name="X", first_name="", by=person_actor("AID"), at=NOW)


def test_name_that_changes_stays_among_the_former_and_still_finds_her() -> None:
    who = person("Vandenberghe", "Els", BORN)
    people.change_identity(
        reference=who.reference, version=1, by=HOUSE, at=NOW,
        identity=Identity("Lambert", "Els", birth_date=BORN),
    )  # fmt: skip
    assert queries.names_of(who.pk) == ["Lambert Els", "Vandenberghe Els"]
    assert _found("vandenberghe") == _found("lambert") == [who.reference]


def test_second_change_from_the_same_version_is_shown_both() -> None:
    who = person("Dubois", "Marie", BORN)
    given = {"reference": who.reference, "version": 1, "by": HOUSE, "at": NOW}
    people.change_identity(identity=Identity("Dubois", "Maria", birth_date=BORN), **given)
    with pytest.raises(EditConflict) as refused:
        people.change_identity(identity=Identity("Dubois", "Marie-Ange", birth_date=BORN), **given)
    said = refused.value
    assert said.version == 2
    assert [(d.field, d.yours, d.theirs) for d in said.differences] == [
        ("first_name", "Marie-Ange", "Maria")
    ]
    assert Person.objects.get().first_name == "Maria"


def test_niss_is_checked_and_tells_nothing_of_her() -> None:
    who = person("Dubois", "Marie")
    add = {"reference": who.reference, "kind": "niss", "by": HOUSE, "at": NOW}
    with pytest.raises(InvalidInput):
        people.add_identifier(value="84031200112", **add)
    people.add_identifier(value=fictional_niss(BORN), **add)
    who.refresh_from_db()
    assert (who.birth_date, who.gender) == (None, "")
    assert queries.social_number(who.pk) == fictional_niss(BORN)


def test_niss_ends_the_bis_that_was_open_and_both_find_her() -> None:
    who = person("Kovalenko", "Olena", BORN)
    bis, niss = fictional_bis(BORN), fictional_niss(BORN)
    add = {"reference": who.reference, "by": HOUSE, "at": NOW}
    people.add_identifier(kind="niss", value=bis, since=date(2023, 1, 1), **add)
    people.add_identifier(kind="niss", value=niss, since=date(2025, 5, 1), **add)
    rows = Identifier.objects.values_list("kind", "value", "until_date")
    assert set(rows) == {("bis", bis, date(2025, 5, 1)), ("niss", niss, None)}
    assert _found(bis) == _found(niss) == [who.reference]


def test_tie_is_kept_once_and_read_both_ways() -> None:
    mother, child = person("Haddad", "Lina"), person("Haddad", "Sami")
    tie(child, "parent", mother)
    assert [(b.word, b.other.id) for b in queries.ties_of(child.pk)] == [("parent", mother.pk)]
    assert [(b.word, b.other.id) for b in queries.ties_of(mother.pk)] == [("child", child.pk)]
    with pytest.raises(WrongState):
        tie(mother, "child", child)


def test_household_is_read_on_a_day() -> None:
    one, other = person("Goffin", "Chantal"), person("Goffin", "Luc")
    reference = household((one, "reference"), (other, "partner"), since=date(2020, 1, 1))
    people.leave_household(
        household=reference, reference=other.reference, until=date(2024, 6, 30), by=HOUSE, at=NOW
    )
    before = [m.person.id for m in queries.members_on(one.pk, date(2024, 6, 30))]
    after = [m.person.id for m in queries.members_on(one.pk, date(2024, 7, 1))]
    assert (before, after) == ([one.pk, other.pk], [one.pk])


def test_new_address_ends_the_former_of_its_kind() -> None:
    who = person()
    address(who, "Rue A 1", since=date(2020, 1, 1))
    address(who, "Boîte postale 9", since=date(2021, 1, 1), kind="correspondence")
    address(who, "Rue B 2", since=date(2024, 1, 1))
    rows = Address.objects.order_by("pk").values_list("street", "until_date")
    assert list(rows) == [
        ("Rue A 1", date(2024, 1, 1)), ("Boîte postale 9", None), ("Rue B 2", None),
    ]  # fmt: skip
    assert queries.address_lines(who, None)[0] == "Boîte postale 9"
    assert queries.address_lines(who, None, kinds=("main",)) == ["Rue B 2", "7000 Mons"]
