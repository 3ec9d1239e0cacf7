"""From an order to a file of the bank: prepared, seen by four eyes, sent once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from tests.factories.payments import (
    FRIDAY,
    KBO,
    NOVEMBER,
    NOW,
    SYSTEM,
    approved,
    director,
    exported,
    finance,
    house,
    iban,
    order,
    person,
    prepared,
)
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.bank import schema
from beffroi.acts.payments.models import Due, LedgerEntry, Order, PayeeAccount, Run, RunLine
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import services as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def test_prepare_takes_what_is_owed() -> None:
    order(since=date(2026, 11, 11))
    run = prepared()
    line = run.lines.get()
    assert (run.reference, run.state, run.line_count) == ("PAI-2026-0001", "draft", 1)
    assert run.total == line.amount == Decimal("595.77")
    assert line.end_to_end_id == f"{KBO}D{line.due_id:010d}N01"
    assert line.words == "CPAS de Mons Revenu d'integration 11/11-30/11/2026"
    assert Due.objects.get().state == "in_run"


def test_prepare_twice_pays_nobody_twice() -> None:
    order()
    prepared()
    with pytest.raises(InvalidInput):
        prepared()
    assert RunLine.objects.count() == 1


def test_export_writes_a_valid_file_and_books_it_once(tmp_path: Path) -> None:
    order()
    order(periodicity="weekly")
    run = exported(tmp_path / "a.xml")
    schema.validate(tmp_path / "a.xml")
    counted = schema.count(tmp_path / "a.xml")
    assert (counted.message_id, counted.count, counted.total) == (
        run.reference,
        7,
        Decimal("1787.30"),
    )
    assert run.state == "exported"
    again = payments.export_run(reference=run.reference, path=tmp_path / "b.xml", by=SYSTEM, at=NOW)
    assert again.again
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    assert LedgerEntry.objects.filter(kind="sent").count() == 7
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.xml", tmp_path / "b.xml"]


def test_run_sent_from_a_page_is_on_the_disk_when_the_page_commits(
    tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    order()
    with django_capture_on_commit_callbacks() as left:
        exported(tmp_path / "a.xml")
    flushed = [one for one in left if one.__name__ == "_checkpoint"]
    assert len(flushed) == (1 if connection.vendor == "sqlite" else 0)


def test_who_prepared_does_not_approve() -> None:
    order()
    who = finance()
    run = prepared(by=who)
    with pytest.raises(WrongState, match="quelqu’un d’autre"):
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=who, at=NOW)


def test_second_account_of_the_same_human_does_not_approve() -> None:
    order()
    who, other = finance(), director()
    Agent.objects.filter(pk=who.ref).update(first_name="Élodie", last_name="Mathieu-Roux")
    Agent.objects.filter(pk=other.ref).update(first_name="mathieu roux", last_name="ELODIE")
    run = prepared(by=who)
    with pytest.raises(WrongState, match="quelqu’un d’autre"):
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)


def _are_one_person(*agents) -> None:
    """Two entries of one person, merged; each account is said to be one of them."""
    one, other = person(account=False), person("Hadad", account=False)
    for who, ref in zip(agents, (one, other), strict=True):
        people.link_staff(agent=int(who.ref), reference=ref, by=SYSTEM, at=NOW)
    people.merge(kept=one, absorbed=other, why="Une seule", by=SYSTEM, at=NOW)


def test_two_accounts_said_to_be_one_person_are_one_pair_of_eyes() -> None:
    order()
    who, other = finance(), director()
    run = prepared(by=who)
    _are_one_person(who, other)
    with pytest.raises(WrongState, match="quelqu’un d’autre"):
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)


def test_two_agents_close_to_one_person_are_two_pairs_of_eyes() -> None:
    order()
    who, other, friend = finance(), director(), person("Amie", account=False)
    for one in (who, other):
        people.link_staff(agent=int(one.ref), reference=friend, link="close", by=SYSTEM, at=NOW)
    run = prepared(by=who)
    payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)


def test_approval_by_who_turns_out_to_be_the_same_person_does_not_leave(tmp_path: Path) -> None:
    order()
    who, other = finance(), director()
    run = prepared(by=who)
    payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)
    _are_one_person(who, other)
    with pytest.raises(WrongState, match="ne tient plus"):
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
    run.refresh_from_db()
    assert (run.state, run.is_stale, list(tmp_path.iterdir())) == ("draft", True, [])


def test_account_entered_by_another_account_of_the_same_person_is_not_confirmed() -> None:
    who, other, third = finance(), director(), finance()
    ref = person()
    payments.add_account(
        person_ref=ref, iban=iban(), holder="Lina Haddad", since=FRIDAY, why="Elle change",
        by=who, at=NOW,
    )  # fmt: skip
    row = PayeeAccount.objects.get(state="proposed")
    _are_one_person(who, other)
    with pytest.raises(WrongState, match="une autre personne"):
        payments.confirm_account(account=row.pk, by=other, at=NOW)
    assert payments.confirm_account(account=row.pk, by=third, at=NOW).state == "confirmed"


def test_same_function_does_not_approve() -> None:
    order()
    run = prepared(by=finance())
    with pytest.raises(WrongState, match="autre fonction"):
        payments.approve_run(
            reference=run.reference, seen_hash=lines_hash(run), by=finance(), at=NOW
        )


@pytest.mark.parametrize("role", [Role.DIRECTOR_GENERAL, Role.PRESIDENT])
def test_either_side_prepares_and_the_other_approves(role: str) -> None:
    order()
    run = prepared(by=agent(role, ""))
    done = payments.approve_run(
        reference=run.reference, seen_hash=lines_hash(run), by=finance(), at=NOW
    )
    assert done.state == "approved"


@pytest.mark.parametrize(
    "role", [Role.TEAM_LEADER, Role.SOCIAL_WORKER, Role.COUNCIL_MEMBER, Role.ADMINISTRATOR]
)
def test_others_see_no_run(role: str) -> None:
    order()
    run, who = prepared(), agent(role, "")
    with pytest.raises(NotAllowed):
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=who, at=NOW)
    with pytest.raises(NotAllowed):
        payments.prepare_run(through=NOVEMBER, execution=FRIDAY, by=who, at=NOW)


def test_approve_what_was_not_seen_is_refused() -> None:
    order()
    run = prepared()
    with pytest.raises(WrongState, match="n’est plus celui"):
        payments.approve_run(reference=run.reference, seen_hash="0" * 64, by=director(), at=NOW)
    assert Run.objects.get().state == "draft"


def test_export_without_approval_is_refused(tmp_path: Path) -> None:
    order()
    run = prepared()
    with pytest.raises(payments.RunMoved):
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
    assert list(tmp_path.iterdir()) == []


def _hold(ref: str) -> None:
    payments.hold(reference=ref, reason="À vérifier", since=date(2026, 11, 1), by=SYSTEM, at=NOW)


def _change(ref: str) -> None:
    payments.change_order(
        reference=ref, on=date(2026, 11, 16), amount=Decimal("500"), owner_ref="DEC-2",
        by=SYSTEM, at=NOW,
    )  # fmt: skip


def _end(ref: str) -> None:
    payments.end_order(reference=ref, on=date(2026, 11, 20), by=SYSTEM, at=NOW)


def _account(ref: str) -> None:
    from tests.factories.payments import iban

    payments.add_account(
        person_ref=Order.objects.get(reference=ref).person.reference, iban=iban(),
        holder="Autre", since=date(2026, 11, 20), by=SYSTEM, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("change", [_hold, _change, _end, _account])
def test_any_change_after_approval_voids_it(change, tmp_path: Path) -> None:
    ref = order()
    order()
    run = approved()
    change(ref)
    run.refresh_from_db()
    assert (run.state, run.is_stale, run.approved_by_ref) == ("draft", True, "")
    with pytest.raises(payments.RunMoved):
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
    assert [m.move for m in run.moves.order_by("pk")] == ["prepare", "approve", "void"]


def test_line_changed_behind_the_house_voids_the_approval(tmp_path: Path) -> None:
    order()
    run = approved()
    RunLine.objects.update(iban="BE71096123456769")
    with pytest.raises(payments.ChangedSince):
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
    run.refresh_from_db()
    assert (run.state, run.is_stale) == ("draft", True)
    assert list(tmp_path.iterdir()) == []


def test_refresh_takes_the_change_and_needs_new_eyes() -> None:
    ref = order()
    run = approved()
    _change(ref)
    run = payments.refresh_run(reference=run.reference, by=finance(), at=NOW)
    assert (run.state, run.is_stale, run.total) == ("draft", False, Decimal("696.83"))
    dues = Due.objects.exclude(state="cancelled").values_list("period_start__day", "amount")
    assert dict(dues) == {1: Decimal("446.83"), 16: Decimal("250.00")}


def test_cancel_frees_what_it_held() -> None:
    order()
    run = prepared()
    payments.cancel_run(reference=run.reference, why="Trop tôt", by=finance(), at=NOW)
    assert [due.state for due in Due.objects.all()] == ["payable"]
    assert prepared().line_count == 1


def test_person_without_account_waits_and_is_not_forgotten() -> None:
    ref = person(account=False)
    order(ref)
    order()
    assert prepared().line_count == 1
    from tests.factories.payments import iban

    account = payments.add_account(
        person_ref=ref, iban=iban(), holder="Lina", since=FRIDAY, by=SYSTEM, at=NOW
    )
    payments.confirm_account(account=account.pk, by=finance(), at=NOW)
    assert prepared().lines.get().person.reference == ref
