"""Recoveries: kept back within the law, paid back once, waived by a decision, never below zero."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.payments import (
    FRIDAY,
    NOW,
    SYSTEM,
    director,
    exported,
    finance,
    house,
    order,
    person,
    prepared,
    report,
)

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Claim, LedgerEntry
from beffroi.acts.payments.services.booking import pay_lines
from beffroi.core.errors import InvalidInput, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def _claim(who: str, amount: str = "300.00", means: str = "retained") -> Claim:
    total = Decimal(amount)
    ref = payments.open_claim(
        person_ref=who, amount=total, owner_kind="decision", owner_ref="DEC-9",
        subject_ref="DOS-9", label="Trop-perçu", by=SYSTEM, at=NOW, means=means,
        instalments=payments.equal_instalments(total, Decimal("120"), date(2026, 11, 1)),
    )  # fmt: skip
    return Claim.objects.get(reference=ref)


def test_retention_never_takes_more_than_the_law_leaves(tmp_path: Path) -> None:
    who = person()
    claim = _claim(who)
    order(who)
    run = exported(tmp_path / "a.xml")
    line = run.lines.get()
    assert (line.gross, line.retained, line.amount) == (
        Decimal("893.65"), Decimal("89.36"), Decimal("804.29"),
    )  # fmt: skip
    claim.refresh_from_db()
    assert claim.balance == Decimal("210.64")
    pay_lines(run.lines.all(), on=FRIDAY, by=SYSTEM, at=NOW)
    kinds = sorted(LedgerEntry.objects.values_list("kind", "amount"))
    assert kinds == [
        ("claim", Decimal("300.00")), ("paid", Decimal("804.29")),
        ("retained", Decimal("89.36")), ("sent", Decimal("804.29")),
    ]  # fmt: skip


def test_refused_payment_gives_its_retention_back(tmp_path: Path) -> None:
    who = person()
    claim = _claim(who)
    order(who)
    run = exported(tmp_path / "a.xml")
    line = run.lines.get()
    payments.read_bank_file(
        name="r", content=report(run.reference, "20261127", [(line.end_to_end_id, "AC04")]),
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    claim.refresh_from_db()
    assert (claim.balance, claim.state) == (Decimal("300.00"), "open")
    assert set(LedgerEntry.objects.values_list("kind", flat=True)) == {
        "claim", "sent", "retained", "rejected", "unretained",
    }  # fmt: skip


def test_claim_paid_meanwhile_voids_the_approval(tmp_path: Path) -> None:
    from tests.factories.payments import approved

    who = person()
    claim = _claim(who)
    order(who)
    run = approved()
    payments.note_receipt(
        reference=claim.reference, amount=Decimal("280"), on=FRIDAY, source_ref="R-1",
        by=finance(), at=NOW,
    )  # fmt: skip
    with pytest.raises(payments.ChangedSince):
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
    again = payments.refresh_run(reference=run.reference, by=director(), at=NOW)
    assert again.lines.get().retained == 0


def test_rent_paid_to_a_landlord_is_left_whole() -> None:
    who = person()
    _claim(who)
    landlord = payments.add_third_party(name="Logis montois", by=SYSTEM, at=NOW)
    payments.add_account(
        third_party_ref=landlord, iban="BE71096123456769", holder="Logis", since=FRIDAY,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    payee = payments.Payee(third_party_ref=landlord, communication="+++010/8068/17183+++")
    order(who, payee=payee, amount=Decimal("450.00"))
    line = prepared().lines.get()
    assert (line.amount, line.retained, line.iban) == (Decimal("450.00"), 0, "BE71096123456769")
    assert (line.structured, line.words) == ("010806817183", "")


def test_receipts_and_waiver_settle_it_once() -> None:
    claim = _claim(person(), means="transfer")
    by = finance()
    pay = {"reference": claim.reference, "on": FRIDAY, "by": by, "at": NOW}
    payments.note_receipt(amount=Decimal("100.10"), source_ref="R-1", **pay)
    with pytest.raises(WrongState):
        payments.note_receipt(amount=Decimal("100.10"), source_ref="R-1", **pay)
    with pytest.raises(InvalidInput):
        payments.note_receipt(amount=Decimal("199.91"), source_ref="R-2", **pay)
    payments.waive(
        reference=claim.reference, amount=Decimal("199.90"), decision_ref="DEC-10",
        why="Équité", by=by, at=NOW,
    )  # fmt: skip
    claim.refresh_from_db()
    assert (claim.balance, claim.state) == (0, "settled")
    with pytest.raises(WrongState):
        payments.note_receipt(amount=Decimal("0.01"), source_ref="R-3", **pay)


def test_instalments_must_make_the_amount() -> None:
    with pytest.raises(InvalidInput):
        payments.open_claim(
            person_ref=person(), amount=Decimal("300"), owner_kind="decision", owner_ref="D",
            subject_ref="S", label="x", by=SYSTEM, at=NOW,
            instalments=[payments.Instalment(FRIDAY, Decimal("299"))],
        )  # fmt: skip
