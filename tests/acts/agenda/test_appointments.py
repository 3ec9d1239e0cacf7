"""An appointment: its states and moves, the time it takes, and what follows when it is missed."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.agenda import NOW, TODAY, appointment, later, leader, meeting, room
from tests.factories.requests import agent

from beffroi.acts.agenda import planning_queries as planning
from beffroi.acts.agenda import queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AppointmentState, NextStep
from beffroi.acts.agenda.models import Appointment, Hold
from beffroi.acts.agenda.services import AlreadyMoved, NotFree
from beffroi.acts.agenda.workflow import APPOINTMENT_MOVES
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db

ACTS = {
    "confirm": lambda r, by, at: agenda.confirm(reference=r, by=by, at=at),
    "move": lambda r, by, at: agenda.move(
        reference=r, starts_at=at + timedelta(days=7), why="Train supprimé", by=by, at=at
    ),
    "keep": lambda r, by, at: agenda.keep(reference=r, by=by, at=at),
    "miss": lambda r, by, at: agenda.miss(reference=r, next_step=NextStep.CALL, by=by, at=at),
    "keep_after_all": lambda r, by, at: agenda.keep_after_all(
        reference=r, why="Elle était au guichet 2", by=by, at=at
    ),
    "cancel": lambda r, by, at: agenda.cancel(reference=r, why="Malade", by=by, at=at),
}
WAY_TO = {
    "offered": (), "confirmed": ("confirm",), "moved": ("move",), "kept": ("confirm", "keep"),
    "missed": ("confirm", "miss"), "cancelled": ("cancel",),
}  # fmt: skip


@pytest.mark.parametrize("key", list(APPOINTMENT_MOVES))
@pytest.mark.parametrize("state", AppointmentState.values)
def test_move_starts_from_its_sources_alone(state: str, key: str) -> None:
    mine = agent()
    made = appointment(mine, 1, confirmed=False)
    at = later(2)
    for step in WAY_TO[state]:
        ACTS[step](made.reference, mine, at)
    made.refresh_from_db()
    assert made.state == state
    moves = made.moves.count()
    if state in APPOINTMENT_MOVES[key].sources:
        ACTS[key](made.reference, mine, at)
        made.refresh_from_db()
        assert made.state == APPOINTMENT_MOVES[key].target
        assert list(made.moves.values_list("move", flat=True))[moves:] == [key]
    else:
        with pytest.raises(AlreadyMoved):
            ACTS[key](made.reference, mine, at)
        made.refresh_from_db()
        assert (made.state, made.moves.count()) == (state, moves)


def test_acts_cover_the_table_of_moves() -> None:
    assert set(ACTS) == set(APPOINTMENT_MOVES)


@pytest.mark.parametrize("state", AppointmentState.values)
def test_time_is_held_while_the_appointment_stands_or_was_kept(state: str) -> None:
    mine = agent()
    made = appointment(mine, 1, confirmed=False)
    for step in WAY_TO[state]:
        ACTS[step](made.reference, mine, later(2))
    held = Hold.objects.filter(appointment=made).exists()
    assert held == (state in ("offered", "confirmed", "kept"))


@pytest.mark.parametrize(("hours", "free"), [(24, False), (24.5, False), (23.5, False), (24.75, True), (23.25, True)])  # fmt: skip
def test_worker_is_at_one_place_at_a_time(hours: float, free: bool) -> None:
    mine = agent()
    appointment(mine, 24)
    if free:
        assert appointment(mine, hours).state == "confirmed"
    else:
        with pytest.raises(NotFree, match="n’est pas libre"):
            appointment(mine, hours)


def test_room_receives_one_meeting_at_a_time() -> None:
    mine, other, local = agent(), agent(), room()
    appointment(mine, 24, room=local.pk)
    with pytest.raises(NotFree, match=local.name):
        appointment(other, 24.25, room=local.pk)
    assert appointment(other, 24.25, room=room().pk).worker_id == int(other.ref)


def test_refused_appointment_leaves_nothing() -> None:
    mine = agent()
    appointment(mine, 24)
    before = (Appointment.objects.count(), JournalEntry.objects.count())
    with pytest.raises(NotFree):
        appointment(mine, 24)
    assert (Appointment.objects.count(), JournalEntry.objects.count()) == before


@pytest.mark.postgresql
def test_database_itself_refuses_an_overlap() -> None:
    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("SQLite holds it in the transaction of the service")
    mine, other, local = agent(), agent(), room()
    one = appointment(mine, 24, room=local.pk)
    two = appointment(other, 48)
    hold = {"starts_at": one.starts_at, "ends_at": one.ends_at}
    for taken in ({"worker_id": int(mine.ref)}, {"worker_id": int(other.ref), "room": local}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.filter(appointment=two).update(**hold, **taken)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": -1}, "starts_at"), ({"minutes": 4}, "minutes"), ({"minutes": 481}, "minutes"),
        ({"where": " "}, "where"), ({"name": " "}, "name"),
    ],
)  # fmt: skip
def test_appointment_needs_a_time_to_come_a_place_and_somebody(change, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        appointment(agent(), **change)
    assert set(refused.value.fields) == {field}


def test_appointment_is_refused_while_the_worker_is_away_or_outside_her_hours() -> None:
    mine = agent()
    day = TODAY + timedelta(days=1)
    agenda.add_hours(
        worker=int(mine.ref), weekday=2, from_time=time(9), until_time=time(12), since=TODAY,
        by=mine, at=NOW,
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="en dehors de ses heures"):
        appointment(mine, 28)
    made = appointment(mine, 24)
    agenda.add_absence(
        worker=int(mine.ref), starts_at=planning.moment(day, time(10, 30)),
        ends_at=planning.moment(day, time(18)), by=mine, at=NOW,
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="n’est pas là"):
        appointment(mine, 25)
    assert list(planning.holds_between(planning.day_of(day)).values_list("appointment", flat=True)) == [made.pk]  # fmt: skip


def test_move_keeps_both_times_and_why() -> None:
    mine, chief = agent(), leader()
    old = appointment(mine, 24, phone="0470 00 00 01", interpreter="ukrainien")
    new = agenda.move(reference=old.reference, starts_at=later(24.5), why="Bus", by=chief, at=NOW)
    old.refresh_from_db()
    assert (old.state, old.moved_to, new.state) == ("moved", new, "offered")
    assert (new.phone, new.interpreter, new.name) == (old.phone, old.interpreter, old.name)
    last = old.moves.last()
    assert (last.why, last.by_ref, last.at) == ("Bus", chief.ref, NOW)


def test_move_to_a_time_that_is_taken_changes_nothing() -> None:
    mine = agent()
    old, taken = appointment(mine, 24), appointment(mine, 48)
    with pytest.raises(NotFree):
        agenda.move(reference=old.reference, starts_at=taken.starts_at, why="Bus", by=mine, at=NOW)
    old.refresh_from_db()
    assert (old.state, Hold.objects.count(), Appointment.objects.count()) == ("confirmed", 2, 2)


@pytest.mark.parametrize("act", ["move", "cancel", "keep_after_all"])
def test_change_without_a_reason_is_refused(act: str) -> None:
    mine = agent()
    made = appointment(mine, 1)
    if act == "keep_after_all":
        agenda.miss(reference=made.reference, next_step=NextStep.CALL, by=mine, at=later(2))
    more = {"starts_at": later(72)} if act == "move" else {}
    with pytest.raises(InvalidInput):
        getattr(agenda, act)(reference=made.reference, why=" ", by=mine, at=later(2), **more)


def test_missed_appointment_needs_a_next_step_and_changes_nothing_else() -> None:
    mine = agent()
    made = appointment(mine, 1, subject_ref="DEM-2026-00001")
    with pytest.raises(InvalidInput, match="reprenez contact"):
        agenda.miss(reference=made.reference, next_step="", by=mine, at=later(2))
    agenda.miss(reference=made.reference, next_step=NextStep.CALL, by=mine, at=later(2))
    follow = queries.to_follow_up(Appointment.objects.all(), int(mine.ref))
    assert [a.reference for a in follow] == [made.reference]
    agenda.next_step_done(reference=made.reference, by=mine, at=later(3))
    assert list(follow.all()) == []
    with pytest.raises(WrongState):
        agenda.next_step_done(reference=made.reference, by=mine, at=later(3))
    written = set(JournalEntry.objects.filter(subject_ref="DEM-2026-00001").values_list("verb", flat=True))  # fmt: skip
    assert written == {"appointment.make", "appointment.miss", "appointment.next_step_done"}


def test_nobody_is_missed_before_the_time_nor_kept_before_the_day() -> None:
    mine = agent()
    made = appointment(mine, 24)
    with pytest.raises(WrongState, match="pas encore commencé"):
        agenda.miss(reference=made.reference, next_step=NextStep.CALL, by=mine, at=later(23))
    with pytest.raises(WrongState, match="encore à venir"):
        agenda.keep(reference=made.reference, by=mine, at=later(1))


def test_time_the_person_chose_replaces_the_one_before() -> None:
    mine = agent()
    first = agenda.keep_chosen(
        meeting=meeting(mine, 24, subject_ref="DEM-2026-00001"), by=mine, at=NOW
    )
    second = agenda.keep_chosen(
        meeting=meeting(mine, 24.25, subject_ref="DEM-2026-00001"), by=mine, at=later(1)
    )
    first.refresh_from_db()
    assert (first.state, first.moved_to, second.state) == ("moved", second, "confirmed")
    assert queries.of_subject("DEM-2026-00001") == second
    assert queries.of_subject("") is None
    ended = agenda.cancel_of_subject(
        subject_ref="DEM-2026-00001", why="Demande retirée", by=mine, at=later(2)
    )
    assert (ended, Hold.objects.count()) == (1, 0)


def test_worker_of_another_team_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ne travaille pas dans cette équipe"):
        agenda.make_appointment(
            meeting=meeting(agent("social_worker", "debts"), team="aid"), by=leader("aid"), at=NOW
        )
    with pytest.raises(NotAllowed):
        agenda.make_appointment(meeting=meeting(agent()), by=agent(), at=NOW)
