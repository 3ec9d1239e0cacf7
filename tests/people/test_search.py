"""What is typed finds the person: misspelled, turned round, without accents, by date or number."""

from datetime import date

import pytest
from tests.factories.people import HOUSE, NOW, address, agent, person

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import NotAllowed
from beffroi.people import services as people
from beffroi.people.dates import born
from beffroi.people.fiction import fictional_niss
from beffroi.people.names import sound, tokens

pytestmark = pytest.mark.django_db
BORN = date(1984, 3, 12)
TODAY = date(2026, 11, 24)


def _found(words: str, by=HOUSE) -> list[str]:
    return [f.reference for f in people.search_persons(words=words, by=by, at=NOW)]


@pytest.fixture
def crowd() -> None:
    for last, first in (
        ("Peeters", "Koen"), ("Dubois", "Jean"), ("Lambert", "Anne"), ("El Idrissi", "Samira"),
        ("Fontaine", "Luc"), ("Conti", "Rosa"), ("Vandamme", "Bart"), ("Nguyen", "Thi"),
    ):  # fmt: skip
        person(last, first, date(1960, 1, 2))


@pytest.mark.parametrize(
    "typed",
    [
        "Goffaux Chloé", "chloe goffaux", "GOFFAUX", "gofo chloe", "Goffeaux", "Gofaux Chloé",
        "Gofafux chloé", "Goffaxu", "Goff", "goffaux 1984", "goffaux née le 12 mars 1984",
        "chloé goffaux 12/03/84",
    ],
)  # fmt: skip
def test_name_is_found_however_it_is_typed(crowd, typed) -> None:
    who = person("Goffaux", "Chloé", BORN)
    assert _found(typed)[:1] == [who.reference]


@pytest.mark.parametrize(
    ("last", "typed"),
    [
        ("De Smet", "desmet"), ("Desmet", "de smet"), ("Vanden Berghe", "vandenberghe"),
        ("Vandenberghe", "van den berghe"), ("D'Haese", "dhaese"), ("Dhaese", "d’haese"),
        ("Öztürk", "ozturk"), ("Çelik", "celik"), ("Thijs", "Tys"), ("Philippart", "Filipar"),
        ("Aït Ali", "aitali"), ("Kowalski", "kovalski"), ("Le", "le"),
    ],
)  # fmt: skip
def test_name_joined_parted_or_written_as_it_sounds_is_found(crowd, last, typed) -> None:
    who = person(last, "Alix", BORN)
    assert _found(typed)[:1] == [who.reference]


@pytest.mark.parametrize(
    "typed",
    ["12/03/1984", "12-3-84", "12.03.1984", "1984-03-12", "12 mars 1984", "120384", "12031984"],
)
def test_birth_date_is_read_as_people_write_it(crowd, typed) -> None:
    who = person("Goffaux", "Chloé", BORN)
    assert _found(typed) == [who.reference]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("3/4/25", {date(1925, 4, 3), date(2025, 4, 3)}), ("31/02/1984", set()),
        ("1er mai 1990", {date(1990, 5, 1)}), ("5 mei 1990", {date(1990, 5, 5)}),
        ("12/03/84", {date(1984, 3, 12)}),
    ],
)  # fmt: skip
def test_date_is_read_in_each_century_it_may_mean(typed, days) -> None:
    assert born(typed, TODAY)[0].days == days


def test_reference_niss_and_telephone_find_her_at_once(crowd) -> None:
    who, niss = person("Goffaux", "Chloé"), fictional_niss(BORN)
    add = {"reference": who.reference, "by": HOUSE, "at": NOW}
    people.add_identifier(kind="niss", value=niss, **add)
    people.add_contact(kind="mobile", value="0470 00 12 34", **add)
    shown = f"{niss[:2]}.{niss[2:4]}.{niss[4:6]}-{niss[6:9]}.{niss[9:]}"
    for typed in (who.reference, who.reference.lower(), niss, shown, "0470/00.12.34"):
        assert _found(typed) == [who.reference]


def test_nothing_like_it_finds_nobody(crowd) -> None:
    assert [_found(t) for t in ("", "  ", "xqzvk", "99999999999", "%", "'; --", "\x00")] == [[]] * 7


def test_result_shows_name_year_and_town_and_no_more(crowd) -> None:
    who = person("Goffaux", "Chloé", BORN)
    address(who, "Rue de Nimy 5", "Jemappes")
    (found,) = people.search_persons(words="goffaux", by=HOUSE, at=NOW)[:1]
    assert (found.last_name, found.birth_year, found.locality) == ("Goffaux", 1984, "Jemappes")
    assert "Nimy" not in repr(found)
    assert "1984-03" not in repr(found)


def test_search_journals_whom_it_showed_and_not_what_was_typed() -> None:
    who, by = person("Goffaux", "Chloé"), agent(Role.RECEPTION)
    assert _found("goffeaux canari", by) == [who.reference]
    row = JournalEntry.objects.get(verb="list.read")
    assert (row.detail, row.actor_ref) == ({"references": [who.reference]}, by.ref)
    assert "canari" not in str(vars(row))


@pytest.mark.parametrize("role", sorted(Role))
def test_search_is_for_reception_and_the_social_service(role) -> None:
    who, by = person("Goffaux", "Chloé"), agent(role)
    if role in {"reception", "social_worker", "team_leader"}:
        assert _found("goffaux", by) == [who.reference]
    else:
        with pytest.raises(NotAllowed):
            _found("goffaux", by)


def test_merged_entry_finds_the_person_kept_and_says_under_which_name() -> None:
    kept, absorbed = person("Goffaux", "Chloé", BORN), person("Quintanilha", "Clo", BORN)
    people.merge(
        kept=kept.reference, absorbed=absorbed.reference, why="Même carte.", by=HOUSE, at=NOW
    )
    (found,) = people.search_persons(words="quintanilha", by=HOUSE, at=NOW)
    assert (found.reference, found.known_as) == (kept.reference, "Quintanilha Clo")


def test_words_and_sounds_of_names() -> None:
    assert tokens("Van den Berghe") == ["berghe", "vanden", "denberghe", "vandenberghe"]
    pairs = (("thijs", "tys"), ("goffaux", "gofo"), ("jacobs", "jakobs"), ("renard", "renar"))
    assert [(a, b) for a, b in pairs if sound(a) != sound(b)] == []
