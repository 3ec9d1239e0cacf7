"""No cent is lost: shares, months split by days, plans, brackets, whatever the amounts."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.rules.allocation import allocate, split_by_days
from beffroi.rules.amounts import euros, in_words, number, percent
from beffroi.rules.brackets import BadScale, Bracket, Scale, charge, scale_from
from beffroi.rules.debts import Debt, plan
from beffroi.rules.seizure import Facts, seizable
from beffroi.rules.transit_housing import is_free

CENT = Decimal("0.01")
AMOUNTS = st.integers(0, 10_000_000).map(lambda cents: cents * CENT)
WEIGHTS = st.lists(st.integers(0, 10**6).map(Decimal), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_shares_sum_to_the_whole_and_miss_the_exact_part_by_less_than_a_cent(
    total: Decimal, weights: list[Decimal]
) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < CENT
        for part, weight in zip(parts, weights, strict=True)
    )


@given(AMOUNTS, st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(1, 30))
def test_month_cut_in_two_sums_to_the_whole(monthly: Decimal, day: date, cut: int) -> None:
    length = monthrange(day.year, day.month)[1]
    last = min(cut, length - 1)
    spans = [
        (day.replace(day=1), day.replace(day=last)),
        (day.replace(day=last + 1), day.replace(day=length)),
    ]
    parts = split_by_days(monthly, day, spans)
    assert sum(parts) == monthly
    assert abs(parts[0] - monthly * last / length) < CENT


@given(
    st.lists(st.tuples(st.integers(1, 500_000), st.integers(0, 2)), min_size=1, max_size=6),
    st.integers(20_00, 5000_00),
)
def test_plan_pays_each_creditor_in_full_and_the_urgent_ones_first(
    owed: list[tuple[int, int]], monthly: int
) -> None:
    debts = [Debt(str(i), cents * CENT, rank) for i, (cents, rank) in enumerate(owed)]
    total = sum((one.amount for one in debts), Decimal(0))
    if total / (monthly * CENT) > 590:
        return
    found = plan(debts, monthly * CENT, date(2026, 1, 31))
    assert [sum(one.parts[i] for one in found) for i in range(len(debts))] == [
        one.amount for one in debts
    ]
    assert {one.total for one in found[:-1]} <= {monthly * CENT}
    assert 0 < found[-1].total <= monthly * CENT
    for rank in {one.rank for one in debts}:
        urgent = [i for i, one in enumerate(debts) if one.rank < rank]
        later = [i for i, one in enumerate(debts) if one.rank >= rank]
        left = {i: debts[i].amount for i in urgent}
        for one in found:
            for i in urgent:
                left[i] -= one.parts[i]
            assert not any(left.values()) or not any(one.parts[i] for i in later)


@given(AMOUNTS, AMOUNTS, st.integers(0, 6))
def test_seizable_part_grows_with_income_and_never_passes_it(
    income: Decimal, more: Decimal, children: int
) -> None:
    day = date(2025, 6, 1)
    low = seizable(Facts(day, work=income, children=children)).amount
    high = seizable(Facts(day, work=income + more, children=children)).amount
    assert 0 <= low <= high <= income + more


@given(AMOUNTS, st.lists(st.integers(1, 10**6), min_size=1, max_size=8, unique=True))
def test_income_falls_in_the_bracket_that_holds_it(income: Decimal, bounds: list[int]) -> None:
    uppers = [bound * CENT for bound in sorted(bounds)]
    brackets = [
        {"below": str(upper), "rate": str(rate)} for rate, upper in enumerate(uppers, start=1)
    ]
    content = {"brackets": [*brackets, {"below": None, "rate": str(len(uppers) + 1)}]}
    found = charge(scale_from("Essai", content, "essai", "read"), income, {})
    assert found.amount == 1 + sum(upper <= income for upper in uppers)


@pytest.mark.parametrize(
    ("brackets", "why"),
    [
        ((Bracket(Decimal(1), None, Decimal(1)),), "does not start at"),
        ((Bracket(Decimal(0), Decimal(5), Decimal(1)),), "must have no end"),
        ((), "must have no end"),
        (
            (Bracket(Decimal(0), None, Decimal(1)), Bracket(Decimal(0), None, Decimal(2))),
            "has no end",
        ),
        (
            (Bracket(Decimal(0), Decimal(0), Decimal(1)), Bracket(Decimal(0), None, Decimal(2))),
            "is empty",
        ),
    ],
)
def test_scale_that_leaves_an_income_out_is_refused(
    brackets: tuple[Bracket, ...], why: str
) -> None:
    with pytest.raises(BadScale, match=why):
        Scale("Essai", brackets)


def test_scale_with_an_act_nobody_knows_is_refused() -> None:
    content = {
        "brackets": [{"below": None, "rate": "1"}],
        "modifiers": [{"fact": "x", "label": "X", "act": "divide", "by": "2"}],
    }
    with pytest.raises(BadScale, match="unknown act divide"):
        scale_from("Essai", content, "essai", "read")


def test_scale_keeps_within_its_least_and_most() -> None:
    content = {
        "brackets": [{"below": "10.00", "rate": "1.00"}, {"below": None, "rate": "9.00"}],
        "modifiers": [{"fact": "extra", "label": "Suppléments", "act": "plus_each", "by": "0.50"}],
        "least": "2.00",
        "most": "9.50",
    }
    scale = scale_from("Essai", content, "essai", "read")
    given_to = [
        charge(scale, Decimal(income), {"extra": extra}).amount
        for income, extra in (("0.00", 0), ("9.99", 3), ("10.00", 1), ("10.00", 2))
    ]
    assert given_to == [Decimal("2.00"), Decimal("2.50"), Decimal("9.50"), Decimal("9.50")]


def test_stay_before_another_is_free_up_to_its_eve() -> None:
    taken = [(date(2026, 2, 1), date(2026, 7, 31))]
    assert is_free(date(2026, 1, 1), date(2026, 1, 31), taken)
    assert not is_free(date(2026, 1, 1), date(2026, 2, 1), taken)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (euros(Decimal("1314.2")), "1\u202f314,20\u00a0€"),
        (euros(Decimal("5.0890")), "5,089\u00a0€"),
        (euros(Decimal("-0.5")), "-0,50\u00a0€"),
        (percent(Decimal("0.2000")), "20\u00a0%"),
        (percent(Decimal("0.0175")), "1,75\u00a0%"),
        (percent(Decimal(1)), "100\u00a0%"),
        (number(Decimal("3.50")), "3,5"),
        (number(2000), "2\u202f000"),
        (in_words(date(2026, 3, 1)), "1er mars 2026"),
        (in_words(date(2026, 8, 31)), "31 août 2026"),
    ],
)
def test_figures_are_written_in_french(found: str, expected: str) -> None:
    assert found == expected
