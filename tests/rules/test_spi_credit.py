"""What is left of the socio-professional exemptions: days worked, six years, once in a life."""

from datetime import date, timedelta

import pytest

from beffroi.rules.series import OutsideParameters
from beffroi.rules.spi_credit import Use, credits_on

START = date(2020, 1, 6)


def general(day: date, *uses: Use):
    return credits_on(day, uses)["general"]


def test_credit_is_whole_before_any_work() -> None:
    credit = general(START)
    assert (credit.is_open, credit.days_left, credit.ends_on) == (True, 1095, None)


def test_only_days_worked_use_the_credit() -> None:
    job = Use("general", START, date(2020, 12, 31), worked_days=180)
    assert general(date(2021, 6, 1), job).days_left == 915


def test_credit_stands_still_between_two_jobs() -> None:
    jobs = [
        Use("general", START, date(2020, 1, 31), 20),
        Use("general", date(2023, 5, 1), date(2023, 5, 31), 22),
    ]
    assert [general(day, *jobs).days_left for day in (date(2020, 2, 1), date(2023, 5, 1), date(2023, 6, 1))] == [
        1075, 1075, 1053,
    ]  # fmt: skip


def test_last_day_of_credit_is_used_and_the_next_is_closed() -> None:
    long = Use("general", START, START + timedelta(days=1093))
    after = START + timedelta(days=1094)
    assert (general(after, long).days_left, general(after, long).is_open) == (1, True)
    longer = Use("general", START, START + timedelta(days=1094))
    closed = general(after + timedelta(days=1), longer)
    assert (closed.days_left, closed.is_open, closed.why) == (
        0,
        False,
        "les 1095 jours sont utilisés",
    )


def test_window_of_six_years_closes_what_is_left() -> None:
    job = Use("general", START, date(2020, 1, 10), 5)
    assert general(date(2026, 1, 5), job).is_open
    closed = general(date(2026, 1, 6), job)
    assert (closed.is_open, closed.ends_on) == (False, date(2026, 1, 5))


def test_period_that_straddles_the_day_never_announces_too_much() -> None:
    job = Use("general", START, date(2020, 3, 31), worked_days=10)
    assert general(START + timedelta(days=3), job).days_left == 1092
    assert general(date(2020, 3, 1), job).days_left == 1085


@pytest.mark.parametrize(
    ("opened_on", "is_open"), [(date(2024, 6, 14), True), (date(2024, 6, 15), False)]
)
def test_student_must_be_under_25_when_the_right_opens(opened_on: date, is_open: bool) -> None:
    found = credits_on(
        date(2025, 1, 1), [], opened_on=opened_on, birth_date=date(1999, 6, 15),
        piis_until=date(2026, 6, 30),
    )["student"]  # fmt: skip
    assert found.is_open == is_open


def test_student_exemption_lasts_as_long_as_the_project() -> None:
    def on(day: date):
        return credits_on(
            day, [], opened_on=date(2022, 9, 1), birth_date=date(2003, 1, 1),
            piis_until=date(2025, 6, 30),
        )["student"]  # fmt: skip

    assert [on(day).is_open for day in (date(2025, 6, 30), date(2025, 7, 1))] == [True, False]


def test_student_uses_nothing_of_the_ordinary_credit() -> None:
    uses = [Use("student", date(2022, 9, 1), date(2025, 6, 30))]
    assert general(date(2025, 7, 1), *uses).days_left == 1095


def test_student_with_unknown_birth_date_is_closed_and_says_why() -> None:
    found = credits_on(date(2025, 1, 1), [], opened_on=date(2024, 1, 1))["student"]
    assert (found.is_open, "n’est pas connue" in found.why) == (False, True)


def test_shortage_job_lasts_three_months_once_in_a_life() -> None:
    use = Use("shortage_job", date(2024, 1, 15), date(2024, 2, 1))
    days = [date(2024, 1, 15), date(2024, 4, 14), date(2024, 4, 15), date(2040, 1, 1)]
    assert [credits_on(day, [use])["shortage_job"].is_open for day in days] == [
        True, True, False, False,
    ]  # fmt: skip


def test_artist_has_three_years() -> None:
    years = [Use("artist", date(year, 1, 1), date(year, 12, 31)) for year in (2020, 2021, 2022)]
    assert [credits_on(day, years)["artist"].is_open for day in (date(2022, 12, 31), date(2023, 1, 1))] == [
        True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "gift", "start": START, "end": START},
        {"kind": "general", "start": START, "end": START - timedelta(days=1)},
        {"kind": "general", "start": START, "end": START, "worked_days": 2},
    ],
)
def test_impossible_use_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError):
        Use(**wrong)


def test_day_without_rules_is_refused() -> None:
    with pytest.raises(OutsideParameters):
        credits_on(date(2014, 9, 30), [])
