"""A month cut into parts makes the whole, to the cent, however it is cut."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.acts.payments.enums import Periodicity
from beffroi.acts.payments.periods import Period, clip, month_end, parts_of_month, share_of_month

RHYTHMS = (Periodicity.MONTHLY, Periodicity.FORTNIGHTLY, Periodicity.WEEKLY)
MONTHS = st.dates(date(2019, 1, 1), date(2035, 12, 31)).map(lambda day: day.replace(day=1))
AMOUNTS = st.decimals("0.01", "99999.99", places=2)


@given(MONTHS, AMOUNTS, st.sampled_from(RHYTHMS))
def test_parts_of_a_month_make_the_whole(month: date, monthly: Decimal, rhythm: str) -> None:
    parts = parts_of_month(month, rhythm)
    assert sum(share_of_month(monthly, part) for part in parts) == monthly
    assert [parts[0].start, parts[-1].end] == [month, month_end(month)]
    follows = zip(parts, parts[1:], strict=False)
    assert all((b.start - a.end).days == 1 for a, b in follows)


@given(MONTHS, AMOUNTS, st.sets(st.integers(1, 27), max_size=12))
def test_month_cut_on_any_days_makes_the_whole(
    month: date, monthly: Decimal, cuts: set[int]
) -> None:
    ends = [month.replace(day=day) for day in sorted(cuts)] + [month_end(month)]
    starts = [month] + [end.replace(day=end.day + 1) for end in ends[:-1]]
    shares = [share_of_month(monthly, Period(a, b)) for a, b in zip(starts, ends, strict=True)]
    assert sum(shares) == monthly
    assert min(shares) >= 0


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        ("monthly", [(1, 30)]),
        ("fortnightly", [(1, 15), (16, 30)]),
        ("weekly", [(1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30)]),
    ],
)
def test_parts_of_november_2026(rhythm: str, days: list[tuple[int, int]]) -> None:
    parts = parts_of_month(date(2026, 11, 5), rhythm)
    assert [(part.start.day, part.end.day) for part in parts] == days


def test_share_of_the_last_ten_days() -> None:
    period = Period(date(2026, 11, 21), date(2026, 11, 30))
    assert share_of_month(Decimal("893.65"), period) == Decimal("297.88")
    first = Period(date(2026, 11, 1), date(2026, 11, 20))
    assert share_of_month(Decimal("893.65"), first) == Decimal("595.77")


def test_clip_outside_gives_nothing() -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert clip(november, date(2026, 12, 1), None) is None
    assert clip(november, date(2026, 11, 10), date(2026, 11, 12)) == Period(
        date(2026, 11, 10), date(2026, 11, 12)
    )


def test_once_has_no_parts() -> None:
    with pytest.raises(ValueError, match="no parts"):
        parts_of_month(date(2026, 11, 1), "once")
