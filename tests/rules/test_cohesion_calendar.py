"""The road of a year's reports, counted backwards from 31 March and the real councils."""

from datetime import date

import pytest

from beffroi.rules.cohesion_calendar import report_calendar
from beffroi.rules.cohesion_plan import UnknownYear

_COUNCILS = [date(2026, 1, 27), date(2026, 2, 24), date(2026, 3, 24), date(2026, 4, 21)]


def _days(today: date, councils=_COUNCILS) -> dict[str, str]:
    found = report_calendar(2025, councils, today)
    return {step.what: step.by_date.isoformat() for step in found.steps}


def test_calendar_goes_back_from_the_last_council_before_31_march() -> None:
    assert _days(date(2026, 1, 5)) == {
        "remind": "2026-01-15", "freeze": "2026-01-31", "commission": "2026-02-14",
        "accounts": "2026-02-15", "college": "2026-03-01", "warn_14": "2026-03-17",
        "warn_7": "2026-03-24", "council": "2026-03-24", "warn_1": "2026-03-30", "send": "2026-03-31",
    }  # fmt: skip


def test_early_council_brings_commission_and_college_forward() -> None:
    found = _days(date(2026, 1, 5), [date(2026, 2, 24), date(2026, 4, 21)])
    assert (found["council"], found["college"], found["commission"]) == (
        "2026-02-24", "2026-02-16", "2026-02-01",
    )  # fmt: skip


def test_council_on_the_day_itself_can_still_vote() -> None:
    found = report_calendar(2025, [date(2026, 3, 31)], date(2026, 3, 31))
    assert (found.council_date, found.is_impossible) == (date(2026, 3, 31), False)


@pytest.mark.parametrize(
    ("today", "councils"),
    [
        (date(2026, 3, 25), _COUNCILS),
        (date(2026, 1, 5), []),
        (date(2026, 1, 5), [date(2026, 4, 1)]),
    ],
)
def test_calendar_without_a_council_left_is_impossible(today: date, councils: list[date]) -> None:
    found = report_calendar(2025, councils, today)
    assert (found.council_date, found.is_impossible) == (None, True)
    assert "council" not in {step.what for step in found.steps}


def test_steps_come_in_their_order() -> None:
    steps = report_calendar(2025, _COUNCILS, date(2026, 1, 5)).steps
    assert [one.by_date for one in steps] == sorted(one.by_date for one in steps)


def test_year_without_regime_has_no_calendar() -> None:
    with pytest.raises(UnknownYear):
        report_calendar(2027, _COUNCILS, date(2028, 1, 5))
