"""The waiting room: announced, called, received; tickets alone on screens; nothing told at the door."""

import pytest
from tests.factories.agenda import (
    NOW,
    TODAY,
    announced,
    appointment,
    later,
    leader,
    reception,
    room,
)
from tests.factories.requests import agent

from beffroi.acts.agenda import queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import ArrivalState, NextStep
from beffroi.acts.agenda.models import Arrival
from beffroi.acts.agenda.permissions import arrivals_visible_to
from beffroi.acts.agenda.services import AlreadyMoved, NotExpected
from beffroi.acts.agenda.workflow import ARRIVAL_MOVES
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db

ACTS = {
    "call": agenda.call, "call_again": agenda.call, "receive": agenda.receive,
    "finish": agenda.finish, "leave": agenda.leave, "come_back": agenda.come_back,
}  # fmt: skip
WAY_TO = {
    "announced": (), "called": ("call",), "received": ("receive",), "done": ("receive", "finish"),
    "gone": ("leave",),
}  # fmt: skip


@pytest.mark.parametrize("key", list(ARRIVAL_MOVES))
@pytest.mark.parametrize("state", ArrivalState.values)
def test_move_starts_from_its_sources_alone(state: str, key: str) -> None:
    desk, mine = reception(), agent()
    made = announced(desk, worker=int(mine.ref))
    for step in WAY_TO[state]:
        ACTS[step](arrival=made.pk, by=mine, at=later(1))
    made.refresh_from_db()
    assert made.state == state
    # One service calls and calls again: the table says which of both it is.
    sources = {s for k in ("call", "call_again") for s in ARRIVAL_MOVES[k].sources}
    allowed = sources if key.startswith("call") else set(ARRIVAL_MOVES[key].sources)
    if state in allowed:
        ACTS[key](arrival=made.pk, by=mine, at=later(2))
        made.refresh_from_db()
        assert made.state == ARRIVAL_MOVES[key].target
    else:
        with pytest.raises(AlreadyMoved):
            ACTS[key](arrival=made.pk, by=mine, at=later(2))


def test_reason_comes_before_the_order_of_arrival() -> None:
    desk = reception()
    first, second, third = (announced(desk, at=later(n)) for n in range(3))
    agenda.prioritise(arrival=third.pk, reason="Avec un nourrisson", by=desk, at=later(3))
    with pytest.raises(InvalidInput):
        agenda.prioritise(arrival=second.pk, reason=" ", by=desk, at=later(3))
    shown = queries.waiting_room(arrivals_visible_to(desk), TODAY)
    assert [a.ticket for a in shown] == [third.ticket, first.ticket, second.ticket]


def test_receiving_keeps_the_appointment_even_one_marked_missed() -> None:
    desk, mine, local = reception(), agent(), room()
    on_time = appointment(mine, 1, room=local.pk)
    late = appointment(mine, 2, room=local.pk)
    agenda.miss(reference=late.reference, next_step=NextStep.CALL, by=mine, at=later(2.5))
    for made in (on_time, late):
        there = agenda.announce_expected(
            reference=made.reference, desk="reception", by=desk, at=later(3)
        )
        agenda.receive(arrival=there.pk, by=mine, at=later(3))
        made.refresh_from_db()
        assert (made.state, made.next_step) == ("kept", "")


def test_person_who_announced_herself_is_not_missed() -> None:
    mine = agent()
    made = appointment(mine, 1)
    agenda.announce_herself(reference=made.reference.lower(), at=later(1))
    with pytest.raises(WrongState, match="elle est venue"):
        agenda.miss(reference=made.reference, next_step=NextStep.CALL, by=mine, at=later(2))


def test_reference_of_her_request_announces_her_too() -> None:
    made = appointment(agent(), 1, subject_ref="DEM-2026-00001")
    there = agenda.announce_herself(reference=" dem-2026-00001 ", at=NOW)
    assert (there.appointment, there.announced_by, there.desk.key) == (made, "herself", "aid")


@pytest.mark.parametrize("wrong", ["", "RV-000000", "DEM-2026-00002", "tomorrow", "cancelled"])
def test_door_says_the_same_of_every_reference_that_opens_nothing(wrong: str) -> None:
    mine = agent()
    tomorrow, cancelled = appointment(mine, 24), appointment(mine, 1)
    agenda.cancel(reference=cancelled.reference, why="Malade", by=mine, at=NOW)
    typed = {"tomorrow": tomorrow.reference, "cancelled": cancelled.reference}.get(wrong, wrong)
    before = JournalEntry.objects.count()
    with pytest.raises(NotExpected) as refused:
        agenda.announce_herself(reference=typed, at=NOW)
    assert str(refused.value) == str(NotExpected())
    assert (Arrival.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_announced_again_she_keeps_her_ticket_and_her_place() -> None:
    mine = agent()
    made = appointment(mine, 1)
    one = agenda.announce_herself(reference=made.reference, at=NOW)
    agenda.leave(arrival=one.pk, by=mine, at=later(0.2))
    two = agenda.announce_herself(reference=made.reference, at=later(0.5))
    assert (two.pk, two.ticket, two.state, two.since_at) == (one.pk, "A-01", "announced", NOW)


def test_screen_shows_tickets_and_rooms_and_nothing_else() -> None:
    desk, mine, local = reception(), agent(), room()
    waits = announced(desk, name="Zénobie Canari", subject_ref="DEM-2026-00009")
    called = announced(desk, name="Zénobie Canari", worker=int(mine.ref))
    agenda.call(arrival=called.pk, by=mine, at=later(1), room=local.pk)
    announced(reception("other_desk"))
    shown = queries.screen(["reception"], TODAY)
    assert [[t.ticket for t in some] for some in shown] == [[called.ticket], [waits.ticket]]
    assert shown[0][0].room == local.name
    assert [leak for leak in ("Canari", "DEM-", "aid") if leak in repr(shown)] == []


def test_worker_who_calls_somebody_nobody_had_takes_her_and_the_desk_does_not() -> None:
    desk, mine = reception(), agent()
    one, two = announced(desk), announced(desk)
    agenda.call(arrival=one.pk, by=mine, at=later(1))
    agenda.call(arrival=two.pk, by=desk, at=later(1))
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.worker_id, two.worker_id) == (int(mine.ref), None)
    with pytest.raises(WrongState, match="à qui vous la confiez"):
        agenda.receive(arrival=two.pk, by=desk, at=later(2))
    agenda.give_arrival(arrival=two.pk, to=int(mine.ref), by=desk, at=later(2))
    agenda.receive(arrival=two.pk, by=desk, at=later(2))
    two.refresh_from_db()
    assert (two.state, two.worker_id) == ("received", int(mine.ref))


def test_only_a_desk_or_a_leader_announces_and_gives() -> None:
    desk, mine, chief = reception(), agent(), leader()
    there = announced(desk)
    with pytest.raises(NotAllowed):
        announced(mine)
    with pytest.raises(NotAllowed):
        agenda.announce(desk="reception", team="aid", name="X", by=reception("other_desk"), at=NOW)
    with pytest.raises(NotAllowed):
        agenda.give_arrival(arrival=there.pk, to=int(mine.ref), by=mine, at=NOW)
    agenda.give_arrival(arrival=there.pk, to=int(mine.ref), by=chief, at=NOW)
    there.refresh_from_db()
    assert there.worker_id == int(mine.ref)


def test_arrival_without_a_name_or_anything_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        announced(reception(), name=" ")
    assert set(refused.value.fields) == {"name"}


def test_journal_knows_of_whom_and_not_by_what_name() -> None:
    mine = agent()
    made = appointment(mine, 1, subject_ref="DEM-2026-00001", name="Zénobie Canari")
    agenda.announce_herself(reference=made.reference, at=NOW)
    rows = JournalEntry.objects.filter(subject_ref="DEM-2026-00001")
    assert list(rows.order_by("pk").values_list("verb", flat=True)) == [
        "appointment.make", "arrival.announce",
    ]  # fmt: skip
    told = [f"{row.actor_label} {row.reason} {row.detail}" for row in JournalEntry.objects.all()]
    assert [line for line in told if "Canari" in line] == []
