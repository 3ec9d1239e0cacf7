"""Many openings at the same moment: no number is given twice, none is skipped."""

from django.db import transaction
from django.test import TransactionTestCase
from tests.factories.requests import NOW, draft, form
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.requests import services as requests
from beffroi.acts.requests.models import Request
from beffroi.core.actors import person_actor


class PowerCut(Exception):
    """Something fails after the number was given, before all is kept."""


def _numbers(_nothing: object = None) -> list[int]:
    return list(Request.objects.order_by("number").values_list("number", flat=True))


class RegisterUnderLoad(FlushesJournal, TransactionTestCase):
    def test_numbers_have_no_gap_though_every_third_opening_fails(self) -> None:
        sent = draft("question", service=form("question").service.key)

        def send(number: int) -> None:
            try:
                with transaction.atomic():
                    requests.open_request(
                        draft=sent, nonce=f"page-{number}", by=person_actor("portail"), at=NOW
                    )
                    if number % 3 == 0:
                        raise PowerCut
            except PowerCut:
                return

        with database_for_threads():
            in_threads(send, range(24))
            (numbers,) = in_threads(_numbers, [None])
        assert numbers == list(range(1, 17))

    def test_one_page_sent_many_times_at_once_is_one_request(self) -> None:
        sent = draft("question", service=form("question").service.key)

        def send(_number: int) -> str:
            return requests.open_request(
                draft=sent, nonce="same-page", by=person_actor("portail"), at=NOW
            ).reference

        with database_for_threads():
            references = in_threads(send, range(12))
            (numbers,) = in_threads(_numbers, [None])
        assert (set(references), numbers) == ({"DEM-2026-00001"}, [1])
