"""The State's part: the rate of the law, its article and status, the cost of a file once a year."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.factories.payments import FRIDAY, NOW, exported, finance, house, order
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.payments import refund_rates
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.enums import EntryReason
from beffroi.acts.payments.models import CentreRate, Order, RefundClaim, RefundLine
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules import state_refund

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
STANDARD = {"entry_reason": EntryReason.OTHER, "asked_on": "2025-02-01"}
SHUT_OUT = {"entry_reason": EntryReason.EXCLUDED, "asked_on": "2026-02-01"}


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


@pytest.fixture(autouse=True)
def _no_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refund_rates, "_project_readers", [])


def _centre(**more: Any) -> CentreRate:
    facts: dict[str, Any] = {
        "year": 2026, "two_years_before": Decimal(1200), "three_years_before": Decimal(1150),
        "last_rate": Decimal("0.70"), "by": finance(), "at": NOW,
    }  # fmt: skip
    return payments.set_centre_rate(**{**facts, **more})


def _pay(tmp_path: Path) -> None:
    run = exported(tmp_path / "a.xml")
    payments.book_run(reference=run.reference, on=FRIDAY, by=finance(), at=NOW)


def _drawn(month: date = NOVEMBER) -> RefundClaim:
    return payments.draw_refund(month=month, by=finance(), at=NOW)


def _rows() -> list[tuple[str, str, str, bool, str]]:
    return [
        (row.line.due.order.subject_ref, f"{row.rate}", row.reference, row.is_verified, f"{row.file_cost}")
        for row in RefundLine.objects.order_by("line__due__order__subject_ref", "pk")
    ]  # fmt: skip


def test_claim_takes_the_rate_of_the_law_to_the_cent(tmp_path: Path) -> None:
    _centre()
    order(subject_ref="D1", refund_facts=STANDARD)
    order(subject_ref="D2", refund_facts=SHUT_OUT, amount=Decimal("1340.47"))
    order(subject_ref="D3", refund_facts={**SHUT_OUT, "asked_on": "2026-07-01"}, amount=Decimal("1811.57"))  # fmt: skip
    order(subject_ref="D4", refund_facts={**SHUT_OUT, "entry_reason": EntryReason.DERIVED})
    _pay(tmp_path)
    claim = _drawn()
    centre, reform = "loi 26/05/2002 art. 32", "loi de compensation de la réforme du chômage"
    assert _rows() == [
        ("D1", "0.7000", centre, False, "0.00"),
        ("D2", "1.0000", reform, True, "1036.00"),
        ("D3", "0.8500", reform, False, "1036.00"),
        ("D4", "0.7000", centre, False, "0.00"),
    ]
    whole = state_refund.monthly_claim(
        [
            state_refund.Payment("D1", NOVEMBER, Decimal("893.65"), date(2025, 2, 1)),
            state_refund.Payment("D2", NOVEMBER, Decimal("1340.47"), date(2026, 2, 1), "excluded_unemployment"),
            state_refund.Payment("D3", NOVEMBER, Decimal("1811.57"), date(2026, 7, 1), "excluded_unemployment"),
            state_refund.Payment("D4", NOVEMBER, Decimal("893.65"), date(2026, 2, 1), "excluded_unemployment", False),
        ],
        Decimal("0.70"), ["D2", "D3"],
    )  # fmt: skip
    # 893,65 × 0,70 = 625,555 → 625,56 twice; 1340,47; 1811,57 × 0,85 = 1539,8345 → 1539,83; 2 × 1036.
    assert claim.claimed_total == whole.total == Decimal("6203.42")
    assert (claim.costs_total, claim.unknown_total) == (Decimal("2072.00"), 0)


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"asked_on": "2026-01-01"}, "Le motif d’entrée manque"),
        ({"entry_reason": "other"}, "Le jour de la demande manque."),
        ({"entry_reason": "elsewhere", "asked_on": "2026-02-01"}, "Le motif d’entrée manque"),
    ],
)
def test_rate_whose_fact_is_missing_is_not_guessed(facts: Any, lacks: str, tmp_path: Path) -> None:
    _centre()
    order(refund_facts=facts)
    _pay(tmp_path)
    claim = _drawn()
    row = RefundLine.objects.get()
    assert (row.rate, row.refund, row.basis.startswith(lacks)) == (None, None, True)
    assert (claim.claimed_total, claim.unknown_total) == (0, Decimal("893.65"))
    with pytest.raises(WrongState, match="taux"):
        payments.send_refund(month=NOVEMBER, by=finance(), at=NOW)


def test_centre_without_a_rate_claims_nothing_of_that_year(tmp_path: Path) -> None:
    _centre(year=2025)
    order(refund_facts=STANDARD)
    _pay(tmp_path)
    assert _drawn().unknown_total == Decimal("893.65")
    assert RefundLine.objects.get().basis == "Le taux du centre pour 2026 manque."
    _centre()
    assert _drawn().claimed_total == Decimal("625.56")


def test_before_2026_what_brought_her_changes_nothing(tmp_path: Path) -> None:
    _centre()
    order(refund_facts={"entry_reason": "", "asked_on": "2025-12-31"})
    _pay(tmp_path)
    assert _drawn().claimed_total == Decimal("625.56")


def test_equivalent_has_the_rate_of_its_own_law(tmp_path: Path) -> None:
    order(aid_kind="equivalent", article_code="831/33302-01", refund_facts={})
    _pay(tmp_path)
    assert _drawn().claimed_total == Decimal("893.65")
    assert _rows() == [
        ("DOS-2026-1", "1.0000", "loi 02/04/1965 art. 5 et 11 §2", False, "0.00")
    ]  # fmt: skip


def test_project_of_integration_adds_its_part(tmp_path: Path) -> None:
    _centre()
    refund_rates.add_project_reader(lambda files, month: frozenset({"D1"} & set(files)))
    order(subject_ref="D1", refund_facts=STANDARD)
    order(subject_ref="D2", refund_facts=STANDARD)
    _pay(tmp_path)
    _drawn()
    law = "loi 26/05/2002 art. 43/2"
    assert [row[:3] for row in _rows()] == [
        ("D1", "0.8000", law), ("D2", "0.7000", "loi 26/05/2002 art. 32"),
    ]  # fmt: skip


def test_file_cost_is_claimed_once_a_year(tmp_path: Path) -> None:
    _centre()
    order(subject_ref="D2", refund_facts=SHUT_OUT, since=date(2026, 10, 1))
    _pay(tmp_path)
    october = _drawn(date(2026, 10, 1))
    assert october.costs_total == Decimal("1036.00")
    payments.send_refund(month=date(2026, 10, 1), by=finance(), at=NOW)
    assert _drawn().costs_total == 0
    assert _drawn().claimed_total == Decimal("893.65")


def test_rate_decided_for_an_order_goes_before_the_law(tmp_path: Path) -> None:
    _centre()
    ref = order(refund_facts=STANDARD)
    _pay(tmp_path)
    who = {"reference": ref, "by": finance(), "at": NOW}
    with pytest.raises(InvalidInput):
        payments.complete_refund_facts(rate=Decimal("0.90"), **who)
    with pytest.raises(InvalidInput):
        payments.complete_refund_facts(**who)
    payments.complete_refund_facts(rate=Decimal("0.90"), basis="art. 33, étudiant", **who)
    assert _drawn().claimed_total == Decimal("804.29")
    payments.complete_refund_facts(entry_reason=EntryReason.OTHER, **who)
    assert _drawn().claimed_total == Decimal("625.56")
    assert Order.objects.get().refund_facts == {**STANDARD, "entry_reason": "other"}


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_LEADER, Role.PRIVACY_OFFICER])
def test_others_settle_no_rate(role: str) -> None:
    ref, by = order(refund_facts=STANDARD), agent(role, "aid")
    with pytest.raises(NotAllowed):
        _centre(by=by)
    with pytest.raises(NotAllowed):
        payments.complete_refund_facts(reference=ref, entry_reason=EntryReason.OTHER, by=by, at=NOW)
    assert (CentreRate.objects.count(), Order.objects.get().refund_facts) == (0, STANDARD)


def test_rate_of_a_year_claimed_does_not_change(tmp_path: Path) -> None:
    row = _centre(three_years_before=Decimal(1000), last_rate=Decimal("0.65"))
    assert (row.rate, row.is_verified) == (Decimal("0.70"), False)
    order(refund_facts=STANDARD)
    _pay(tmp_path)
    _drawn()
    payments.send_refund(month=NOVEMBER, by=finance(), at=NOW)
    with pytest.raises(WrongState, match="déjà introduit"):
        _centre(last_rate=Decimal("0.55"))
    assert CentreRate.objects.get().last_rate == Decimal("0.65")
