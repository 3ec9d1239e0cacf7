"""Hours, absences, permanences and turns: when somebody is there, and who holds what."""

from datetime import date, time, timedelta

import pytest
from tests.factories.agenda import NOW, TODAY, appointment, later, leader, permanence
from tests.factories.requests import agent

from beffroi.acts.agenda import planning_queries as planning
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AbsenceKind
from beffroi.acts.agenda.models import Duty, Hold
from beffroi.acts.agenda.services import NotFree
from beffroi.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def _hours(worker, weekday, start, end, since=TODAY - timedelta(days=90)):
    return agenda.add_hours(
        worker=int(worker.ref), weekday=weekday, from_time=time(start), until_time=time(end),
        since=since, by=worker, at=NOW,
    )  # fmt: skip


def _away(worker, day, start, end, kind=AbsenceKind.AWAY):
    return agenda.add_absence(
        worker=int(worker.ref), starts_at=planning.moment(day, time(start)),
        ends_at=planning.moment(day, time(end)), by=worker, at=NOW, kind=kind,
    )  # fmt: skip


def _there(worker, day=TODAY, days=1):
    from django.utils import timezone

    found = planning.presence([int(worker.ref)], day, days)[int(worker.ref)]
    return [
        (timezone.localtime(p.starts_at).strftime("%d %H:%M"), timezone.localtime(p.ends_at).strftime("%H:%M"))
        for p in found
    ]  # fmt: skip


def test_presence_is_hours_more_extras_less_absences() -> None:
    mine = agent()
    _hours(mine, 1, 9, 12), _hours(mine, 1, 13, 16)
    _away(mine, TODAY, 10, 11), _away(mine, TODAY, 17, 18, AbsenceKind.THERE)
    assert _there(mine) == [("24 09:00", "10:00"), ("24 11:00", "12:00"), ("24 13:00", "16:00"), ("24 17:00", "18:00")]  # fmt: skip


def test_nobody_is_there_on_a_legal_holiday() -> None:
    mine = agent()
    _hours(mine, 4, 9, 12)
    assert _there(mine, date(2026, 12, 25)) == []
    assert _there(mine, date(2026, 12, 18)) == [("18 09:00", "12:00")]


def test_presence_keeps_brussels_hours_across_the_change_of_the_clock() -> None:
    mine = agent()
    _hours(mine, 0, 9, 10, since=date(2026, 1, 1))
    assert _there(mine, date(2026, 10, 19), 14) == [("19 09:00", "10:00"), ("26 09:00", "10:00")]


def test_hours_that_overlap_are_refused() -> None:
    mine = agent()
    row = _hours(mine, 1, 9, 12)
    with pytest.raises(InvalidInput, match="déjà écrites"):
        _hours(mine, 1, 11, 13)
    agenda.end_hours(hours=row.pk, until=TODAY - timedelta(days=1), by=mine, at=NOW)
    assert _hours(mine, 1, 11, 13, since=TODAY).weekday == 1


def test_free_times_are_spread_and_never_taken() -> None:
    mine = agent()
    for day in range(5):
        _hours(mine, day, 9, 12)
    taken = appointment(mine, 24, at=NOW)
    found = planning.free_times(int(mine.ref), NOW, 45, most=3)
    assert found == [NOW, later(24.75), later(47.5)]
    assert all(abs((one - taken.starts_at).total_seconds()) >= 45 * 60 for one in found)


def test_duty_takes_the_time_of_its_worker() -> None:
    mine, other, chief = agent(), agent(), leader()
    week = TODAY + timedelta(days=7)
    duty = agenda.give_duty(permanence=permanence().pk, day=week, worker=int(mine.ref), by=chief, at=NOW)  # fmt: skip
    with pytest.raises(NotFree):
        appointment(mine, 7 * 24)
    agenda.give_duty(permanence=duty.permanence_id, day=week, worker=int(other.ref), by=chief, at=NOW)  # fmt: skip
    assert appointment(mine, 7 * 24).state == "confirmed"
    assert list(Duty.objects.values_list("worker_id", flat=True)) == [int(other.ref)]
    agenda.drop_duty(duty=Duty.objects.get().pk, by=chief, at=NOW)
    assert (Duty.objects.count(), Hold.objects.count()) == (0, 1)


def test_duty_is_refused_on_another_day_to_a_stranger_or_to_whom_is_taken() -> None:
    mine, chief, posted = agent(), leader(), permanence()
    week = TODAY + timedelta(days=7)
    appointment(mine, 7 * 24)
    given = {"permanence": posted.pk, "by": chief, "at": NOW}
    with pytest.raises(InvalidInput, match="n’a pas lieu ce jour-là"):
        agenda.give_duty(day=week + timedelta(days=1), worker=int(mine.ref), **given)
    with pytest.raises(InvalidInput, match="ne travaille pas"):
        agenda.give_duty(day=week, worker=int(agent("social_worker", "debts").ref), **given)
    with pytest.raises(NotFree):
        agenda.give_duty(day=week, worker=int(mine.ref), **given)
    with pytest.raises(NotAllowed):
        agenda.give_duty(day=week, worker=int(mine.ref), **{**given, "by": mine})
    assert Duty.objects.count() == 0


def test_ended_permanence_gives_back_the_turns_after_it() -> None:
    mine, chief, posted = agent(), leader(), permanence()
    for weeks in (1, 2):
        agenda.give_duty(
            permanence=posted.pk, day=TODAY + timedelta(weeks=weeks), worker=int(mine.ref),
            by=chief, at=NOW,
        )  # fmt: skip
    agenda.end_permanence(permanence=posted.pk, until=TODAY + timedelta(days=8), by=chief, at=NOW)
    assert list(Duty.objects.values_list("date", flat=True)) == [TODAY + timedelta(weeks=1)]
    assert Hold.objects.count() == 1
