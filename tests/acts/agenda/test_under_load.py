"""Many hands at the same moment: one time is taken once, one ticket is given once."""

from django.test import TransactionTestCase
from tests.factories.agenda import NOW, appointment, later, meeting, reception, room
from tests.factories.requests import agent, team
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.models import Arrival, Hold
from beffroi.acts.agenda.services import NotFree


def _count(_nothing: object = None) -> int:
    return Hold.objects.count()


def _tickets(_nothing: object = None) -> list[int]:
    return list(Arrival.objects.order_by("number").values_list("number", flat=True))


class AgendaUnderLoad(FlushesJournal, TransactionTestCase):
    def test_twelve_take_one_worker_and_one_does(self) -> None:
        mine = agent()

        def take(number: int) -> bool:
            try:
                agenda.make_appointment(
                    meeting=meeting(mine, 24 + number / 20), by=mine, at=NOW, confirmed=True
                )
            except NotFree:
                return False
            return True

        with database_for_threads():
            won = in_threads(take, range(12))
            (held,) = in_threads(_count, [None])
        assert (sum(won), held) == (1, 1)

    def test_twelve_workers_take_one_room_and_one_does(self) -> None:
        local = room().pk
        workers = [agent() for _n in range(12)]

        def take(number: int) -> bool:
            who = workers[number]
            try:
                agenda.make_appointment(
                    meeting=meeting(who, 24, room=local), by=who, at=NOW, confirmed=True
                )
            except NotFree:
                return False
            return True

        with database_for_threads():
            won = in_threads(take, range(12))
            (held,) = in_threads(_count, [None])
        assert (sum(won), held) == (1, 1)

    def test_crossed_moves_of_two_appointments_end_with_two_times(self) -> None:
        mine, other = agent(), agent()
        one, two = appointment(mine, 24), appointment(other, 24)

        def move(number: int) -> bool:
            mover, ref = ((mine, one.reference), (other, two.reference))[number % 2]
            try:
                agenda.move(
                    reference=ref, starts_at=later(48 + number), why="Échange", by=mover, at=NOW
                )
            except agenda.AlreadyMoved:
                return False
            return True

        with database_for_threads():
            won = in_threads(move, range(10))
            (held,) = in_threads(_count, [None])
        assert (sum(won), held) == (2, 2)

    def test_tickets_have_no_gap_and_no_double(self) -> None:
        desk = reception()
        team("aid")

        def announce(number: int) -> str:
            return agenda.announce(
                desk="reception", team="aid", name=f"Personne {number}", by=desk, at=NOW
            ).ticket

        with database_for_threads():
            tickets = in_threads(announce, range(24))
            (numbers,) = in_threads(_tickets, [None])
        assert len(set(tickets)) == 24
        assert numbers == list(range(1, 25))

    def test_person_and_desk_announce_at_once_and_it_is_one_arrival(self) -> None:
        mine, desk = agent(), reception()
        made = appointment(mine, 2, room=room().pk)

        def announce(number: int) -> str:
            if number % 2:
                return agenda.announce_herself(reference=made.reference, at=NOW).ticket
            return agenda.announce_expected(
                reference=made.reference, desk="reception", by=desk, at=NOW
            ).ticket

        with database_for_threads():
            tickets = in_threads(announce, range(12))
            (numbers,) = in_threads(_tickets, [None])
        assert (set(tickets), numbers) == ({"A-01"}, [1])
