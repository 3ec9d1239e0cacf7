"""Dates as Belgian law counts them: calendar days, working days, legal holidays."""

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=64)
def _legal_holidays(year: int) -> frozenset[date]:
    import holidays  # slow to load, and most commands ask for no holiday

    return frozenset(holidays.country_holidays("BE", years=year))


def is_legal_holiday(day: date) -> bool:
    """This function will say whether `day` is a legal holiday in Belgium."""
    return day in _legal_holidays(day.year)


def is_working_day(day: date) -> bool:
    """This function will say whether `day` is from Monday to Friday and not a legal holiday."""
    return day.weekday() < 5 and day not in _legal_holidays(day.year)


def next_working_day(day: date) -> date:
    """This function will give `day` itself or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """This function will count `count` working days after `day`, which itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def add_months(day: date, count: int) -> date:
    """This function will give the same day `count` months later, or the last day of that month."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
