"""Entries that may be one person: proposed, dismissed, merged without losing a row, undone."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from tests.factories.people import HOUSE, NOW, address, agent, household, person, tie

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import queries
from beffroi.people import services as people
from beffroi.people.fiction import fictional_niss
from beffroi.people.models import Merge, Person, PossibleDuplicate
from beffroi.people.retention import anonymise_due
from beffroi.people.services import Identity

pytestmark = pytest.mark.django_db
BORN = date(1984, 3, 12)


def _proposed() -> set[tuple[int, int]]:
    rows = PossibleDuplicate.objects.filter(dismissed_at__isnull=True)
    return set(rows.values_list("first_id", "second_id"))


@pytest.mark.parametrize(
    ("last", "first", "born", "found"),
    [
        ("Goffeaux", "Chloé", BORN, True), ("Chloé", "Goffaux", BORN, True),
        ("Goffaux", "Chloé", date(1984, 12, 3), True), ("Goffaux", "Chloé", None, True),
        ("Goffaux", "Chloé", date(1971, 1, 1), False), ("Goffaux", "Bernard", BORN, False),
        ("Peeters", "Chloé", BORN, False),
    ],
)  # fmt: skip
def test_entry_like_another_is_proposed_at_once(last, first, born, found) -> None:
    one = person("Goffaux", "Chloé", BORN)
    other = person(last, first, born)
    assert _proposed() == ({(one.pk, other.pk)} if found else set())


def test_twins_share_a_day_and_a_name_and_are_not_proposed() -> None:
    person("Goffaux", "Chloé", BORN)
    person("Goffaux", "Maxime", BORN)
    assert _proposed() == set()


def test_same_number_open_twice_is_proposed_whatever_the_names() -> None:
    one, other = person("Goffaux"), person("Peeters", "Koen")
    for who in (one, other):
        people.add_identifier(
            reference=who.reference, kind="niss", value=fictional_niss(BORN), by=HOUSE, at=NOW
        )
    row = PossibleDuplicate.objects.get()
    assert (row.first_id, row.second_id, row.score) == (one.pk, other.pk, 1.0)
    assert row.reasons == ["same_number"]


def test_nightly_search_finds_what_came_in_bulk_and_says_it_once() -> None:
    people.enter_many(
        persons=[
            Identity("Goffaux", "Chloé", birth_date=BORN), Identity("Goffeaux", "Chloé", birth_date=BORN),
            Identity("Peeters", "Koen", birth_date=BORN),
        ],
        by=HOUSE, at=NOW,
    )  # fmt: skip
    assert (people.find_duplicates(at=NOW), people.find_duplicates(at=NOW)) == (1, 0)


def test_dismissed_pair_stays_dismissed_with_its_reason() -> None:
    one, other = person("Goffaux", "Chloé", BORN), person("Goffeaux", "Chloé", BORN)
    given = {"first": other.reference, "second": one.reference, "by": agent(), "at": NOW}
    with pytest.raises(InvalidInput):
        people.dismiss_duplicate(why=" ", **given)
    people.dismiss_duplicate(why="Cousines.", **given)
    assert (_proposed(), people.find_duplicates(at=NOW)) == (set(), 0)
    with pytest.raises(WrongState):
        people.dismiss_duplicate(why="Encore.", **given)


def _rows() -> dict[str, list[dict]]:
    kept = ("Merge", "PossibleDuplicate", "PersonToken", "BarredPerson", "Person")
    return {
        m.__name__: list(m.objects.order_by("pk").values())
        for m in apps.get_app_config("people").get_models()
        if m.__name__ not in kept
    }


def _whole(kept: Person, other: Person) -> None:
    mother = person()
    for who in (kept, other):
        address(who)
        tie(who, "parent", mother)
        household((who, "reference"))
        people.add_contact(
            reference=who.reference, kind="mobile", value="0470001234", by=HOUSE, at=NOW
        )


def test_merge_moves_no_row_and_its_undoing_gives_everything_back() -> None:
    kept, other = person("Goffaux", "Chloé"), person("Goffeaux", "Clo", BORN, gender="f")
    _whole(kept, other)
    rows, before = _rows(), list(Person.objects.order_by("pk").values("last_name", "birth_date"))
    done = people.merge(
        kept=kept.reference, absorbed=other.reference, why="Même carte.", take=["birth", "gender"],
        by=agent(), at=NOW,
    )  # fmt: skip
    assert _rows() == rows
    assert queries.person_named(other.reference).pk == kept.pk
    assert queries.brief(kept.pk).birth_date == BORN
    assert [b.word for b in queries.ties_of(kept.pk)] == ["parent", "parent"]
    assert queries.same_ids(kept.pk) == {kept.pk, other.pk}
    people.undo_merge(merge_id=done.pk, why="Deux cousines.", by=agent(), at=NOW)
    assert _rows() == rows
    assert list(Person.objects.order_by("pk").values("last_name", "birth_date")) == before
    assert queries.person_named(other.reference).pk == other.pk


def test_undoing_keeps_what_was_written_since() -> None:
    kept, other = person("Goffaux", "Chloé"), person("Goffeaux", "Clo", BORN)
    done = people.merge(
        kept=kept.reference, absorbed=other.reference, why="Même.", take=["birth", "name"],
        by=HOUSE, at=NOW,
    )  # fmt: skip
    now = queries.person_named(kept.reference)
    people.change_identity(
        reference=kept.reference, version=now.version, by=HOUSE, at=NOW,
        identity=Identity("Goffaux-Lambert", "Chloé", birth_date=BORN),
    )  # fmt: skip
    people.undo_merge(merge_id=done.pk, why="Erreur.", by=HOUSE, at=NOW)
    kept.refresh_from_db()
    assert (kept.last_name, kept.birth_date) == ("Goffaux-Lambert", None)


def test_merge_twice_or_of_one_is_refused_and_chains_are_followed() -> None:
    one, two, three = person("Aaa"), person("Bbb"), person("Ccc")
    done = {"why": "Même.", "by": HOUSE, "at": NOW}
    people.merge(kept=two.reference, absorbed=one.reference, **done)
    with pytest.raises(WrongState):
        people.merge(kept=two.reference, absorbed=one.reference, **done)
    people.merge(kept=three.reference, absorbed=two.reference, **done)
    assert queries.person_named(one.reference).pk == three.pk
    assert queries.same_ids(three.pk) == {one.pk, two.pk, three.pk}


@pytest.mark.parametrize("role", sorted(Role))
def test_merge_is_for_the_social_service(role) -> None:
    one, other, by = person("Aaa"), person("Bbb"), agent(role, "aid")
    allowed = role in {"social_worker", "team_leader"}
    try:
        people.merge(kept=one.reference, absorbed=other.reference, why="Même.", by=by, at=NOW)
    except NotAllowed:
        assert not allowed
    assert Merge.objects.exists() == allowed


def test_person_untouched_for_ten_years_is_emptied_with_what_she_absorbed(monkeypatch) -> None:
    old = NOW - timedelta(days=4_000)
    kept, other, fresh = person("Goffaux", at=old), person("Peeters", at=old), person("Lambert")
    address(kept, at=old)
    people.merge(kept=kept.reference, absorbed=other.reference, why="Même.", by=HOUSE, at=old)
    from beffroi.people import hooks

    monkeypatch.setattr(hooks, "_holders", [lambda ids, at: frozenset({other.pk})])
    assert anonymise_due(NOW) == 0
    monkeypatch.setattr(hooks, "_holders", [])
    assert anonymise_due(NOW) == 2
    assert set(Person.objects.values_list("last_name", flat=True)) == {"—", fresh.last_name}
    assert kept.addresses.count() == 0
    assert people.search_persons(words="goffaux", by=HOUSE, at=NOW) == []
