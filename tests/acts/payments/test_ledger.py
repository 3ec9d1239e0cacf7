"""The ledger is written once, always in balance; the State's part is claimed month by month."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.factories.payments import FRIDAY, NOW, exported, finance, house, order

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import LedgerEntry, RefundClaim, RunLine
from beffroi.acts.payments.services import ledger
from beffroi.core.errors import WrongState

pytestmark = pytest.mark.django_db
POSTING = ledger.Posting("sent", "line", "X1", Decimal("10.00"), "Essai")
RATE = {"rate": "0.55", "basis": "taux de base", "verified": True}


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def test_entry_is_never_changed_nor_taken_away() -> None:
    ledger.write([POSTING], on=FRIDAY, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.all().delete()
    assert LedgerEntry.objects.get().amount == Decimal("10.00")


def test_same_source_is_booked_once() -> None:
    ledger.write([POSTING], on=FRIDAY, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.write([POSTING], on=FRIDAY, at=NOW)


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_amount_is_above_zero(amount: str) -> None:
    bad = ledger.Posting("sent", "line", "X1", Decimal(amount), "Essai")
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.write([bad], on=FRIDAY, at=NOW)


def test_client_money_is_no_source() -> None:
    bad = ledger.Posting("sent", "client", "X1", Decimal("1.00"), "Essai")
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.write([bad], on=FRIDAY, at=NOW)


def test_line_that_left_is_never_changed(tmp_path: Path) -> None:
    order()
    exported(tmp_path / "a.xml")
    for change in ({"amount": 1}, {"iban": "BE71096123456769"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RunLine.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        RunLine.objects.all().delete()


def _paid(tmp_path: Path, **facts: object) -> None:
    order(**facts)
    run = exported(tmp_path / "a.xml")
    payments.book_run(reference=run.reference, on=FRIDAY, by=finance(), at=NOW)


def test_refund_claims_what_was_paid_once(tmp_path: Path) -> None:
    _paid(tmp_path, refund_facts=RATE)
    claim = payments.draw_refund(month=date(2026, 11, 1), by=finance(), at=NOW)
    assert (claim.paid_total, claim.claimed_total) == (Decimal("893.65"), Decimal("491.51"))
    payments.send_refund(month=date(2026, 11, 1), by=finance(), at=NOW)
    with pytest.raises(WrongState):
        payments.draw_refund(month=date(2026, 11, 1), by=finance(), at=NOW)
    later = payments.draw_refund(month=date(2026, 12, 1), by=finance(), at=NOW)
    assert later.claimed_total == 0
    assert LedgerEntry.objects.filter(kind="refund").count() == 1


def test_refund_without_a_rate_is_not_guessed(tmp_path: Path) -> None:
    _paid(tmp_path)
    claim = payments.draw_refund(month=date(2026, 11, 1), by=finance(), at=NOW)
    assert (claim.claimed_total, claim.unknown_total) == (0, Decimal("893.65"))
    with pytest.raises(WrongState, match="taux"):
        payments.send_refund(month=date(2026, 11, 1), by=finance(), at=NOW)
    assert RefundClaim.objects.get().state == "drawn"


def test_book_twice_books_once(tmp_path: Path) -> None:
    order()
    run = exported(tmp_path / "a.xml")
    by = finance()
    assert payments.book_run(reference=run.reference, on=FRIDAY, by=by, at=NOW) == 1
    assert payments.book_run(reference=run.reference, on=FRIDAY, by=by, at=NOW) == 0
    assert LedgerEntry.objects.filter(kind="paid").count() == 1


def test_cash_is_handed_over_once(tmp_path: Path) -> None:
    payee = payments.Payee(cash_reason="Sans compte, urgence")
    order(payee=payee)
    line = exported(tmp_path / "a.xml").lines.get()
    assert list(tmp_path.iterdir()) == []
    payments.pay_cash(line=line.end_to_end_id, on=FRIDAY, by=finance(), at=NOW)
    with pytest.raises(WrongState):
        payments.pay_cash(line=line.end_to_end_id, on=FRIDAY, by=finance(), at=NOW)
    assert [e.kind for e in LedgerEntry.objects.all()] == ["cash"]
