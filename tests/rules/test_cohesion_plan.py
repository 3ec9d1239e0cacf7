"""The money of a cohesion plan: worked examples of real communes, and both sides of each limit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.rules.cohesion_plan import (
    UnknownYear,
    justify,
    justify_art20,
    regime,
    regime_by_key,
    report_due,
)

_NAMES = ("own_share_min", "total_to_justify", "due", "own_paid", "unused")
money = st.decimals(0, 10_000_000, places=2)


def _come_to(subsidy: str, eligible: str, year: int = 2022) -> tuple[str, ...]:
    done = justify(Decimal(subsidy), Decimal(eligible), year)
    return tuple(str(getattr(done, name)) for name in _NAMES)


@pytest.mark.parametrize(
    ("subsidy", "eligible", "expected"),
    [
        # Ourthe 2022, published.
        ("87000.00", "162000.00", ("21750.00", "108750.00", "87000.00", "75000.00", "0.00")),
        # Marche-en-Famenne 2022, published; justified to the cent.
        ("108307.08", "135383.85", ("27076.77", "135383.85", "108307.08", "27076.77", "0.00")),
        # Attert, published; justified to the cent.
        ("16406.04", "20507.55", ("4101.51", "20507.55", "16406.04", "4101.51", "0.00")),
        ("80000.00", "100000.00", ("20000.00", "100000.00", "80000.00", "20000.00", "0.00")),
        ("90000.00", "100000.00", ("22500.00", "112500.00", "80000.00", "20000.00", "10000.00")),
        ("90000.00", "0.00", ("22500.00", "112500.00", "0.00", "0.00", "90000.00")),
        # One cent under what is wanted: the subsidy gives way by 0.8 of a cent, rounded.
        ("80000.00", "99999.99", ("20000.00", "100000.00", "79999.99", "20000.00", "0.01")),
        # Half a cent goes up: a quarter of 0.02 is 0.005.
        ("0.02", "0.03", ("0.01", "0.03", "0.02", "0.01", "0.00")),
        ("0.00", "50.00", ("0.00", "0.00", "0.00", "50.00", "0.00")),
    ],
)
def test_justify_comes_to_the_cent(subsidy: str, eligible: str, expected: tuple[str, ...]) -> None:
    assert _come_to(subsidy, eligible) == expected


@pytest.mark.parametrize("year", [2019, 2027, 0, 10_000, -1])
def test_justify_of_a_year_without_regime_is_refused(year: int) -> None:
    with pytest.raises(UnknownYear, match=f"no regime is known for {year}"):
        justify(Decimal(1), Decimal(1), year)


def test_justify_of_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        justify(Decimal(-1), Decimal(1), 2022)


@given(money, money, st.sampled_from([2020, 2024, 2025, 2026]))
def test_justify_shares_all_that_is_spent_and_all_that_is_granted(
    subsidy: Decimal, eligible: Decimal, year: int
) -> None:
    done = justify(subsidy, eligible, year)
    assert done.due + done.own_paid == eligible
    assert done.due + done.unused == subsidy
    assert 0 <= done.due <= min(subsidy, eligible)
    # The own share is never under a quarter of what is due, but for the cent it is rounded by.
    assert done.own_paid >= done.due / 4 - Decimal("0.0125")


def test_justify_says_from_which_year_a_value_is_not_verified() -> None:
    rates = {year: regime_by_key(year)["pcs_own_share_rate"] for year in (2024, 2025)}
    assert {year: (one.value, one.is_verified) for year, one in rates.items()} == {
        2024: ("0.25", True), 2025: ("0.25", False),
    }  # fmt: skip
    assert not justify(Decimal(1), Decimal(1), 2024).is_verified  # the underspend rule


def test_regime_says_what_was_not_read() -> None:
    before, after = regime_by_key(2024), regime_by_key(2025)
    assert before["pcs_commission_mandatory"].value is True
    assert after["pcs_commission_mandatory"].value is False
    assert {one.key for one in regime(2025) if one.value is None} == {
        "pcs_activity_report", "pcs_council_approval", "pcs_advance_rate", "pcs_subsidy_floor",
        "pcs_project_lead_least_fte",
    }  # fmt: skip
    assert {one.key for one in regime(2024) if not one.is_verified} == {
        "pcs_underspend_rule", "pcs_commission_least_meetings", "pcs_advance_rate",
        "pcs_project_lead_least_fte", "pcs_art20_alert_days",
    }  # fmt: skip


def test_reports_leave_by_the_last_day_of_march() -> None:
    assert report_due(2021) == date(2022, 3, 31)


def test_article_20_has_no_own_share() -> None:
    assert justify_art20(Decimal("5000.00"), Decimal("4999.99")) == Decimal("4999.99")
    assert justify_art20(Decimal("5000.00"), Decimal("6000.00")) == Decimal("5000.00")
