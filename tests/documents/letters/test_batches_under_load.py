"""Several workers on one batch at the same moment: each letter once, no number skipped."""

from django.test import TransactionTestCase
from tests.factories import letters as factory
from tests.factories.letters import clock
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.core.actors import system_actor
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.services import writing


class BatchUnderLoad(FlushesJournal, TransactionTestCase):
    def test_six_workers_write_each_letter_once(self) -> None:
        printed, writing._print = writing._print, lambda _letter: None
        self.addCleanup(setattr, writing, "_print", printed)
        letters.load_templates(at=factory.NOW)
        batch = factory.open_batch(18)

        def work(_number: int) -> int:
            return letters.run_batch(batch=batch, by=system_actor("worker"), clock=clock)

        def found(_nothing: object) -> list[tuple[str, int]]:
            rows = Letter.objects.order_by("reference")
            return list(rows.values_list("reference", "batch_item__position"))

        with database_for_threads():
            done = in_threads(work, range(6))
            (rows,) = in_threads(found, [None])
        assert sum(done) == 18
        assert [reference for reference, _position in rows] == [
            f"L26-{n:06d}" for n in range(1, 19)
        ]
        assert sorted(position for _reference, position in rows) == list(range(1, 19))
