"""Shares of a month by days add up to the month, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.rules.prorata import due_from, due_until, largest_remainder, split_month


def test_month_without_a_cut_is_whole() -> None:
    (whole,) = split_month(Decimal("1314.20"), date(2025, 2, 1))
    assert (whole.start, whole.end, whole.days, whole.amount) == (
        date(2025, 2, 1), date(2025, 2, 28), 28, Decimal("1314.20"),
    )  # fmt: skip


def test_month_cut_in_two_gives_days_and_cents() -> None:
    shares = split_month(Decimal("876.13"), date(2025, 1, 1), [date(2025, 1, 11)])
    assert [(one.days, one.amount) for one in shares] == [
        (10, Decimal("282.62")), (21, Decimal("593.51")),
    ]  # fmt: skip


def test_due_from_and_due_until_share_the_month() -> None:
    assert due_from(Decimal("310.00"), date(2025, 1, 31)) == Decimal("10.00")
    assert due_until(Decimal("310.00"), date(2025, 1, 30)) == Decimal("300.00")
    assert due_from(Decimal("310.00"), date(2025, 1, 1)) == Decimal("310.00")
    assert due_until(Decimal("310.00"), date(2025, 1, 31)) == Decimal("310.00")


@given(
    st.decimals(0, 5000, places=2),
    st.dates(date(2019, 1, 1), date(2030, 12, 1)),
    st.lists(st.integers(1, 28), max_size=5),
)
def test_shares_always_add_up_to_the_month(amount: Decimal, month: date, cuts: list[int]) -> None:
    shares = split_month(amount, month, [month.replace(day=cut) for cut in cuts])
    assert sum(one.amount for one in shares) == amount
    assert sum(one.days for one in shares) == (shares[-1].end - shares[0].start).days + 1
    exact = [amount * one.days / sum(s.days for s in shares) for one in shares]
    assert all(abs(one.amount - e) < Decimal("0.01") for one, e in zip(shares, exact, strict=True))


def test_start_outside_the_month_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-03-01 is outside 2025-02"):
        split_month(Decimal("10.00"), date(2025, 2, 1), [date(2025, 3, 1)])


def test_parts_of_a_cent_are_refused() -> None:
    with pytest.raises(ValueError, match="has parts of a cent"):
        split_month(Decimal("10.001"), date(2025, 2, 1))


def test_weights_that_add_up_to_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        largest_remainder(Decimal("10.00"), [0, 0])
