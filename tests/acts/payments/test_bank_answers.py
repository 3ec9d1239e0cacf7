"""What the bank answers is read strictly, matched, and booked once."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.payments import (
    HOUSE_IBAN,
    KBO,
    NOW,
    SYSTEM,
    exported,
    finance,
    house,
    movement,
    order,
    person,
    prepared,
    report,
    statement,
)

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.bank.answers import UnreadableFile, read
from beffroi.acts.payments.models import BankEntry, BankReturn, Claim, Due, LedgerEntry, RunLine
from beffroi.core.errors import InvalidInput, WrongState

pytestmark = pytest.mark.django_db
PAY = Decimal("893.65")


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def _read(content: bytes, name: str = "a.xml"):
    return payments.read_bank_file(name=name, content=content, by=SYSTEM, at=NOW)


def _outcomes() -> list[str]:
    return list(BankEntry.objects.order_by("pk").values_list("outcome", flat=True))


def _ledger() -> dict[str, int]:
    kinds = list(LedgerEntry.objects.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}


def test_statement_books_each_payment_once(tmp_path: Path) -> None:
    order()
    run = exported(tmp_path / "a.xml")
    line = run.lines.get()
    content = statement([movement(PAY, end_to_end=line.end_to_end_id)], -PAY)
    file = _read(content)
    run.refresh_from_db()
    assert (run.state, Due.objects.get().state) == ("booked", "paid")
    assert _read(content, "again.xml") == file
    other = statement([movement(PAY, end_to_end=line.end_to_end_id)], -PAY, ident="S2")
    _read(other)
    assert _outcomes() == ["paid", "already"]
    assert _ledger() == {"sent": 1, "paid": 1}


def test_batch_booked_as_a_whole(tmp_path: Path) -> None:
    order()
    order()
    run = exported(tmp_path / "a.xml")
    batch = f"{run.reference}-20261127"
    _read(statement([movement(PAY * 2, batch=batch)], -PAY * 2))
    assert [due.state for due in Due.objects.all()] == ["paid", "paid"]
    assert _outcomes() == ["paid"]


def test_other_amount_is_not_matched(tmp_path: Path) -> None:
    order()
    line = exported(tmp_path / "a.xml").lines.get()
    _read(statement([movement(PAY + 1, end_to_end=line.end_to_end_id)], -PAY - 1))
    assert _outcomes() == ["unmatched"]
    assert Due.objects.get().state == "sent"


def test_refused_payment_waits_for_somebody_then_leaves_again(tmp_path: Path) -> None:
    order()
    order()
    run = exported(tmp_path / "a.xml")
    bad, _good = run.lines.order_by("end_to_end_id")
    _read(report(run.reference, "20261127", [(bad.end_to_end_id, "AC04")]))
    bad.refresh_from_db()
    assert (bad.state, bad.due.state) == ("rejected", "payable")
    task = BankReturn.objects.get()
    assert (task.reason_code, task.treated_at) == ("AC04", None)
    with pytest.raises(InvalidInput):
        prepared()
    payments.treat_return(return_id=task.pk, note="Nouveau compte reçu", by=finance(), at=NOW)
    again = prepared().lines.get()
    assert again.end_to_end_id == f"{KBO}D{bad.due_id:010d}N02"
    assert _ledger() == {"sent": 2, "rejected": 1}
    with pytest.raises(WrongState):
        payments.treat_return(return_id=task.pk, note="Encore", by=finance(), at=NOW)


def test_payment_that_comes_back_is_payable_again(tmp_path: Path) -> None:
    order()
    line = exported(tmp_path / "a.xml").lines.get()
    out = movement(PAY, end_to_end=line.end_to_end_id, reference="A")
    back = movement(
        PAY, end_to_end=line.end_to_end_id, credit=True, returned=True, reason="AC04", reference="B"
    )
    _read(statement([back, out], Decimal(0)))
    line.refresh_from_db()
    assert (line.state, Due.objects.get().state) == ("returned", "payable")
    assert _ledger() == {"sent": 1, "paid": 1, "returned": 1}


def test_repayment_finds_its_recovery() -> None:
    claim = _claim()
    _read(
        statement(
            [movement(Decimal("50"), credit=True, structured=claim.communication)], Decimal(50)
        )
    )
    claim.refresh_from_db()
    assert (claim.balance, claim.state) == (Decimal("50.00"), "open")
    assert _ledger() == {"claim": 1, "receipt": 1}


def test_repayment_above_what_is_left_is_not_taken() -> None:
    claim = _claim()
    _read(
        statement(
            [movement(Decimal("150"), credit=True, structured=claim.communication)], Decimal(150)
        )
    )
    claim.refresh_from_db()
    assert (claim.balance, _outcomes()) == (Decimal("100.00"), ["unmatched"])


def _claim() -> Claim:
    from datetime import date

    ref = payments.open_claim(
        person_ref=person(), amount=Decimal("100.00"), owner_kind="decision", owner_ref="DEC-9",
        subject_ref="DOS-9", label="Trop-perçu d’octobre", by=SYSTEM, at=NOW,
        instalments=payments.equal_instalments(Decimal(100), Decimal(30), date(2026, 12, 1)),
    )  # fmt: skip
    return Claim.objects.get(reference=ref)


def test_client_money_never_enters() -> None:
    payments.set_house_account(
        iban="BE71096123456769", holder="Compte de gestion", enterprise_number=KBO, label="Tiers",
        kind="client_money", by=SYSTEM, at=NOW,
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="argent de tiers"):
        _read(statement([], Decimal(0), iban="BE71096123456769"))
    with pytest.raises(InvalidInput, match="médiation"):
        order(owner_kind="debt_mediation")
    with pytest.raises(InvalidInput, match="aidée"):
        payments.add_account(
            person_ref=person(account=False), iban="BE71096123456769", holder="X",
            since=NOW.date(), by=SYSTEM, at=NOW,
        )  # fmt: skip
    assert _ledger() == {}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&b;</Document>"""
GOOD = statement([movement(PAY, end_to_end="X")], -PAY)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not xml", b"<Document/>", BOMB, GOOD[:-30],
        BOMB.replace(b'"aaaa"', b'SYSTEM "file:///etc/passwd"'),
        GOOD.replace(b"camt.053.001.08", b"camt.099.001.08"),
        GOOD.replace(b'Ccy="EUR"', b'Ccy="USD"', 1),
        GOOD.replace(b"893.65", b"893.655"),
        GOOD.replace(b"893.65", b"-1"),
        GOOD.replace(b"DBIT", b"XXXX"),
        GOOD.replace(b"OPBD", b"XXXX"),
        GOOD.replace(b"999106.35", b"999106.36"),
        GOOD.replace(b"<BookgDt><Dt>2026-11-27", b"<BookgDt><Dt>2026-13-27"),
    ],
)  # fmt: skip
def test_file_that_does_not_hold_is_refused_whole(content: bytes) -> None:
    read(GOOD)
    with pytest.raises(UnreadableFile):
        read(content)


def test_statement_of_an_unknown_account_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ne connaît pas"):
        _read(GOOD.replace(HOUSE_IBAN.encode(), b"BE71096123456769"))
    assert RunLine.objects.count() == 0
