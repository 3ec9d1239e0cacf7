from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.core.dates import add_months, add_working_days, is_working_day, next_working_day

DAYS = st.dates(date(2019, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_or_the_last_of_the_month(start, months, end) -> None:
    assert add_months(start, months) == end


def test_working_days_skip_weekends_and_legal_holidays() -> None:
    assert not is_working_day(date(2026, 7, 21))
    assert not is_working_day(date(2026, 11, 22))
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert add_working_days(date(2026, 4, 2), 5) == date(2026, 4, 10)


@given(DAYS, st.integers(1, 30))
def test_add_working_days_counts_working_days_only(day: date, count: int) -> None:
    end = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)
