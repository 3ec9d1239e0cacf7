"""The clocks of the procedure, on both sides of months, years and holidays."""

from datetime import date

import pytest

from beffroi.rules.procedure import OutsideParameters, UnknownEvent, deadlines


@pytest.mark.parametrize(
    ("event", "day", "what", "due"),
    [
        ("request_received", date(2026, 3, 2), "receipt", date(2026, 3, 2)),
        ("request_received", date(2026, 3, 2), "decision", date(2026, 4, 1)),
        ("request_received", date(2026, 1, 31), "decision", date(2026, 3, 2)),
        ("request_received", date(2024, 1, 31), "decision", date(2024, 3, 1)),
        ("request_received", date(2026, 3, 2), "late_interest", date(2026, 4, 17)),
        ("not_competent", date(2026, 4, 30), "transfer", date(2026, 5, 5)),
        ("not_competent", date(2026, 4, 30), "referral", date(2026, 5, 8)),
        ("decision_taken", date(2026, 12, 28), "notification", date(2027, 1, 5)),
        ("decision_taken", date(2026, 12, 28), "first_payment", date(2027, 1, 12)),
        ("decision_taken", date(2026, 12, 28), "late_interest", date(2027, 1, 13)),
        ("notification_sent", date(2026, 11, 30), "appeal", date(2027, 2, 28)),
        ("ris_granted", date(2026, 3, 31), "piis", date(2026, 6, 30)),
        ("ris_granted", date(2024, 2, 29), "review", date(2025, 2, 28)),
        ("medical_cover_decided", date(2026, 3, 2), "mediprima_notice", date(2026, 4, 16)),
        ("heating_delivery", date(2026, 3, 2), "heating_claim", date(2026, 5, 1)),
        ("sanction_piis_repeat", date(2026, 3, 2), "repeat_window", date(2027, 3, 2)),
    ],
)
def test_deadline_falls_on(event: str, day: date, what: str, due: date) -> None:
    assert {d.what: d.due_date for d in deadlines(event, day)}[what] == due


def test_deadlines_of_a_request_are_all_there_nearest_first() -> None:
    due = deadlines("request_received", date(2026, 3, 2))
    assert [d.what for d in due] == ["register", "receipt", "decision", "late_interest"]


def test_notification_delay_says_that_it_is_not_verified() -> None:
    due = deadlines("decision_taken", date(2026, 3, 2))
    assert {d.what: d.is_verified for d in due} == {
        "notification": False, "first_payment": True, "late_interest": True,
    }  # fmt: skip


def test_unknown_event_is_an_error() -> None:
    with pytest.raises(UnknownEvent):
        deadlines("tea_served", date(2026, 3, 2))


def test_day_before_every_rule_is_an_error() -> None:
    with pytest.raises(OutsideParameters):
        deadlines("medical_cover_decided", date(2010, 1, 1))
