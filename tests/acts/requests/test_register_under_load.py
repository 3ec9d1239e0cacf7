"""Many openings at the same moment: no number is given twice, none is skipped."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import TransactionTestCase
from tests.factories.requests import NOW, draft, form
from tests.journal import FlushesJournal

from beffroi.acts.requests import services as requests
from beffroi.acts.requests.models import Request
from beffroi.core.actors import person_actor


class RegisterUnderLoad(FlushesJournal, TransactionTestCase):
    def test_numbers_are_gap_free_with_failures_among_them(self) -> None:
        service = form("question").service.key
        sent = draft("question", service=service)

        def send(number: int) -> None:
            try:
                requests.open_request(
                    draft=sent, nonce=f"page-{number}", by=person_actor("portail"), at=NOW
                )
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(send, range(24)))
        numbers = Request.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, 25))

    def test_one_page_sent_many_times_at_once_is_one_request(self) -> None:
        service = form("question").service.key
        sent = draft("question", service=service)

        def send(_number: int) -> str:
            try:
                return requests.open_request(
                    draft=sent, nonce="same-page", by=person_actor("portail"), at=NOW
                ).reference
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as threads:
            references = set(threads.map(send, range(12)))
        assert references == {"DEM-2026-00001"}
        assert Request.objects.count() == 1
