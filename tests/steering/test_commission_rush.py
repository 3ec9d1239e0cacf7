"""Several browsers give an opinion on one point at once: one is written, the others are told."""

from django.test import TransactionTestCase
from tests.factories.commission import ON_THE_DAY, change, commission, held_meeting, meeting, point
from tests.factories.steering import plan
from tests.frozen import FlushesFrozen
from tests.threads import database_for_threads, in_threads

from beffroi.steering import services as steering
from beffroi.steering.enums import ChangeState
from beffroi.steering.models import AgendaPoint, ChangeRequest
from beffroi.steering.services.base import AlreadyMoved


def _written(pk: int) -> tuple[str, str, str]:
    asked = ChangeRequest.objects.get()
    return asked.state, asked.opinion, AgendaPoint.objects.get(pk=pk).opinion


class Rush(FlushesFrozen, TransactionTestCase):
    def test_one_opinion_of_four_given_at_once_is_written(self) -> None:
        plan()
        row = meeting(commission())
        put = point(row, kind="change", change=change())
        held_meeting(row)

        def give(opinion: str) -> str:
            try:
                steering.give_opinion(
                    point=AgendaPoint.objects.get(pk=put.pk), opinion=opinion, **ON_THE_DAY
                )
            except AlreadyMoved:
                return ""
            return opinion

        words = {"favourable": "Favorable", "unfavourable": "Défavorable"}
        with database_for_threads():
            given = in_threads(give, [*words, *words], threads=4)
            (found,) = in_threads(_written, [put.pk])
        (won,) = filter(None, given)
        assert found == (ChangeState.SEEN, words[won], won)
