"""Whom an agent may open: never herself nor her relatives; and what a sealed address shows."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.factories.people import HOUSE, NOW, address, agent, household, person, tie

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import hooks, permissions, queries
from beffroi.people import services as people
from beffroi.people.export import export_person
from beffroi.people.models import AddressKeeper, Person, StaffPerson
from beffroi.people.rights import everything_about
from beffroi.people.services import AddressDraft, UnknownPerson

pytestmark = pytest.mark.django_db
CANARY = "Impasse du Canari 77"
TOWN = "Canariville"


def _opens(by, who: Person) -> bool:
    try:
        people.read_person(reference=who.reference, by=by, at=NOW)
    except UnknownPerson:
        return False
    return True


def _as(by, who: Person, link: str = "self") -> None:
    people.link_staff(agent=int(by.ref), reference=who.reference, link=link, by=by, at=NOW)


@pytest.mark.parametrize("role", sorted(Role))
def test_person_opens_to_reception_and_the_social_service_alone(role) -> None:
    who = person()
    assert _opens(agent(role, "aid"), who) == (
        role in {"reception", "social_worker", "team_leader"}
    )


def test_person_is_not_opened_by_herself_with_a_secret_of_a_request() -> None:
    assert not _opens(person_actor("AID-2026-00001"), person())


def test_agent_opens_neither_herself_nor_those_up_to_two_ties_away() -> None:
    me = agent()
    mine, mother, sister, nephew, far, stranger = (person() for _n in range(6))
    tie(mine, "parent", mother)
    tie(mother, "child", sister)
    tie(sister, "child", nephew)
    tie(nephew, "spouse", far)
    _as(me, mine)
    shut = {p.pk for p in (mine, mother, sister)}
    assert permissions.barred_persons(me) == shut
    everybody = {mine, mother, sister, nephew, far, stranger}
    assert {p.pk for p in everybody if not _opens(me, p)} == shut
    assert (
        set(permissions.persons_visible_to(me).values_list("pk", flat=True))
        == {p.pk for p in everybody} - shut
    )
    assert _opens(agent(), mine)


def test_former_partner_and_housemate_and_declared_friend_stay_shut() -> None:
    me = agent()
    mine, former, mate, friend = (person() for _n in range(4))
    bond = tie(mine, "spouse", former)
    people.end_tie(reference=mine.reference, tie=bond, until=date(2026, 1, 1), by=HOUSE, at=NOW)
    household((mine, "reference"), (mate, "unrelated"))
    _as(me, mine)
    _as(me, friend, "close")
    assert permissions.barred_persons(me) == {p.pk for p in (mine, former, mate, friend)}


def test_housemate_who_left_opens_again() -> None:
    me, mine, mate = agent(), person(), person()
    home = household((mine, "reference"), (mate, "unrelated"), since=date(2024, 1, 1))
    _as(me, mine)
    assert not _opens(me, mate)
    people.leave_household(
        household=home, reference=mate.reference, until=date(2025, 1, 1), by=HOUSE, at=NOW
    )
    assert _opens(me, mate)


def test_tie_entered_after_the_declaration_shuts_at_once_in_merged_entries_too() -> None:
    me, mine, cousin, twin = agent(), person(), person(), person()
    _as(me, mine)
    people.merge(kept=twin.reference, absorbed=cousin.reference, why="Même.", by=HOUSE, at=NOW)
    assert _opens(me, twin)
    tie(mine, "cousin", twin)
    assert [_opens(me, p) for p in (twin, cousin)] == [False, False]


def test_barred_person_is_in_no_list_nor_act() -> None:
    me, mine = agent(), person("Quintanilha", "Clo")
    _as(me, mine)
    assert people.search_persons(words="quintanilha", by=me, at=NOW) == []
    assert people.search_persons(words=mine.reference, by=me, at=NOW) == []
    with pytest.raises(UnknownPerson):
        people.add_contact(
            reference=mine.reference, kind="mobile", value="0470001234", by=me, at=NOW
        )
    with pytest.raises(UnknownPerson):
        people.add_tie(
            reference=person().reference, other=mine.reference, word="friend", by=me, at=NOW
        )


def test_declaration_is_hers_or_the_direction_s_and_not_hers_to_take_back() -> None:
    me, other, chief = agent(), agent(), agent(Role.DIRECTOR_GENERAL, "")
    mine = person()
    given = {"agent": int(me.ref), "reference": mine.reference, "at": NOW}
    with pytest.raises(NotAllowed):
        people.link_staff(by=other, **given)
    people.link_staff(by=chief, **given)
    with pytest.raises(WrongState):
        people.link_staff(by=chief, **given)
    for by in (me, other):
        with pytest.raises(NotAllowed):
            people.unlink_staff(reason="Erreur", by=by, **given)
    with pytest.raises(InvalidInput):
        people.unlink_staff(reason=" ", by=chief, **given)
    people.unlink_staff(reason="Homonyme", by=chief, **given)
    assert (StaffPerson.objects.count(), _opens(me, mine)) == (0, True)


def test_declaration_is_not_taken_back_by_the_other_account_of_one_person_nor_by_her_kin() -> None:
    me, chief, sister = agent(), agent(Role.DIRECTOR_GENERAL, ""), agent(Role.ADMINISTRATOR, "")
    mine = person()
    _as(me, mine)
    _as(chief, mine)
    _as(sister, mine, "close")
    for by in (chief, sister):
        with pytest.raises(NotAllowed):
            people.unlink_staff(
                agent=int(me.ref), reference=mine.reference, reason="Homonyme", by=by, at=NOW
            )
    assert not _opens(me, mine)


@pytest.fixture
def sealed() -> tuple:
    keeper, who = agent(), person("Quintanilha", "Clo")
    pk = address(
        who, CANARY, TOWN, by=keeper, sealed="Violences : il la cherche.", since=date(2026, 1, 1)
    )
    return keeper, who, pk


def _everything(who: Person, by) -> str:
    people.read_person(reference=who.reference, by=by, at=NOW)
    parts = [
        queries.address_lines(who, by), queries.address_lines(who, by, day=NOW.date()),
        export_person(who.reference, by), everything_about(who.reference, by),
        [vars(f) if hasattr(f, "__dict__") else repr(f)
         for f in people.search_persons(words="quintanilha", by=by, at=NOW)],
    ]  # fmt: skip
    return json.dumps(parts, default=str, ensure_ascii=False)


def test_sealed_address_is_read_by_its_keeper_and_masked_to_all_others(sealed) -> None:
    keeper, who, _pk = sealed
    assert CANARY in _everything(who, keeper)
    assert TOWN in _everything(who, keeper)
    for by in (agent(), agent(team_key="debts"), agent(Role.TEAM_LEADER), agent(Role.RECEPTION)):
        said = _everything(who, by)
        assert (CANARY in said, TOWN in said, "Adresse protégée" in said) == (False, False, True)
    assert queries.address_lines(who, None) == ["Adresse protégée"]
    assert queries.address_lines(who, HOUSE) == ["Adresse protégée"]
    assert TOWN not in json.dumps(export_person(who.reference))


def test_sealed_address_is_in_no_row_of_the_journal(sealed) -> None:
    keeper, who, pk = sealed
    leader = agent(Role.TEAM_LEADER)
    people.open_sealed_address(
        reference=who.reference, address=pk, reason="Visite urgente à 14 h", by=leader, at=NOW
    )
    people.change_address(
        reference=who.reference, address=pk, version=1, since=None, until=None, by=keeper, at=NOW,
        draft=AddressDraft(locality=TOWN, street=CANARY, box="3"),
    )  # fmt: skip
    rows = [json.dumps(row, default=str) for row in JournalEntry.objects.values()]
    assert [row for row in rows if "Canari" in row or "cherche" in row] == []


def test_sealed_address_is_read_by_the_agents_of_the_file(sealed, monkeypatch) -> None:
    _keeper, who, _pk = sealed
    worker = agent()
    monkeypatch.setattr(hooks, "_file_agents", [lambda ids: {who.pk: frozenset({worker.ref})}])
    assert CANARY in queries.address_lines(who, worker)
    assert queries.address_lines(who, agent()) == ["Adresse protégée"]


def test_merge_unseals_nothing_and_the_correspondence_address_serves(sealed) -> None:
    _keeper, who, _pk = sealed
    kept = person()
    people.merge(kept=kept.reference, absorbed=who.reference, why="Même.", by=HOUSE, at=NOW)
    assert queries.address_lines(kept, agent()) == ["Adresse protégée"]
    address(kept, "Rue de Bouzanton 1", kind="correspondence")
    assert queries.address_lines(kept, agent())[0] == "Rue de Bouzanton 1"


def test_seal_opens_to_a_leader_with_a_reason_once_and_to_nobody_else(sealed) -> None:
    _keeper, who, pk = sealed
    given = {"reference": who.reference, "address": pk, "at": NOW}
    leader, reason = agent(Role.TEAM_LEADER), "Visite urgente à 14 h"
    for by in (agent(), agent(Role.RECEPTION), agent(Role.EDITOR, ""), person_actor("X")):
        with pytest.raises(NotAllowed):
            people.open_sealed_address(reason=reason, by=by, **given)
    with pytest.raises(InvalidInput):
        people.open_sealed_address(reason="vite", by=leader, **given)
    assert JournalEntry.objects.filter(verb="person.address_open").count() == 0
    assert CANARY in people.open_sealed_address(reason=reason, by=leader, **given)
    row = JournalEntry.objects.get(verb="person.address_open")
    assert (row.kind, row.actor_ref, row.reason) == ("read", leader.ref, reason)
    assert queries.address_lines(who, leader) == ["Adresse protégée"]


def test_masked_address_is_neither_changed_nor_ended_nor_unsealed(sealed) -> None:
    _keeper, who, pk = sealed
    given = {"reference": who.reference, "address": pk, "by": agent(), "at": NOW}
    draft = AddressDraft(locality="Mons")
    for act in (
        lambda: people.change_address(version=1, draft=draft, since=None, until=None, **given),
        lambda: people.end_address(until=NOW.date(), **given),
        lambda: people.unseal_address(reason="Plus de danger", **given),
        lambda: people.name_keeper(agent=1, reason="Remplacement", until=NOW.date(), **given),
        lambda: people.remove_keeper(agent=1, reason="Remplacement", **given),
    ):
        with pytest.raises(NotAllowed):
            act()


def _name(sealed: tuple, who_reads, **more) -> None:
    keeper, who, pk = sealed
    given = {
        "reference": who.reference, "address": pk, "agent": int(who_reads.ref), "by": keeper,
        "at": timezone.now(), "reason": "Elle remplace Claire.", "until": timezone.localdate(),
    }  # fmt: skip
    people.name_keeper(**{**given, **more})


def test_keeper_named_by_a_keeper_reads_it_until_the_day_said(sealed) -> None:
    _keeper, who, _pk = sealed
    other = agent()
    _name(sealed, other)
    assert CANARY in queries.address_lines(who, other)
    row = JournalEntry.objects.get(verb="person.address_keeper")
    until = timezone.localdate().isoformat()
    assert (row.reason, row.detail) == (
        "Elle remplace Claire.", {"agent": other.ref, "until": until},
    )  # fmt: skip
    yesterday = timezone.localdate() - timedelta(days=1)
    AddressKeeper.objects.filter(agent_id=other.ref).update(until_date=yesterday)
    assert queries.address_lines(who, other) == ["Adresse protégée"]
    _name(sealed, other)
    assert CANARY in queries.address_lines(who, other)


def test_second_reader_is_somebody_who_opens_the_person_for_a_reason_and_a_time(sealed) -> None:
    keeper, who, _pk = sealed
    kin, other, outside = agent(), agent(), agent(Role.FINANCE_DIRECTOR, "")
    _as(kin, who, "close")
    yesterday = timezone.localdate() - timedelta(days=1)
    for reader, wrong in (
        (kin, {}), (outside, {}), (other, {"agent": 0}), (other, {"reason": "x"}),
        (other, {"until": yesterday}),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            _name(sealed, reader, **wrong)
    with pytest.raises(WrongState):
        _name(sealed, keeper)
    assert [row.agent_id for row in AddressKeeper.objects.all()] == [int(keeper.ref)]


def test_second_reader_taken_back_reads_it_no_more(sealed) -> None:
    keeper, who, pk = sealed
    other = agent()
    _name(sealed, other)
    given = {"reference": who.reference, "address": pk, "by": keeper, "at": NOW}
    with pytest.raises(InvalidInput):
        people.remove_keeper(agent=int(other.ref), reason=" ", **given)
    people.remove_keeper(agent=int(other.ref), reason="Claire est revenue.", **given)
    assert queries.address_lines(who, other) == ["Adresse protégée"]
    with pytest.raises(WrongState):
        people.remove_keeper(agent=int(other.ref), reason="Claire est revenue.", **given)
    assert JournalEntry.objects.filter(verb="person.address_keeper_end").count() == 1
