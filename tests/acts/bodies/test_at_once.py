"""Many close the same vote at the same moment: one wins, the others get words they can use."""

from django.test import TransactionTestCase
from tests.factories.council import EVENING, council, opened, submit
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.models import Item, Result
from beffroi.acts.bodies.services import Totals
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import Refusal


def _found(ref: str) -> tuple[int, str, int]:
    decided = JournalEntry.objects.filter(verb="council_item.decide", object_ref=ref).count()
    return Result.objects.count(), Item.objects.get(reference=ref).state, decided


class VotesAtOnce(FlushesJournal, TransactionTestCase):
    def test_one_vote_is_kept_and_the_others_are_told(self) -> None:
        house = council()
        ref = submit()
        row = opened(house, [ref])

        def record(number: int) -> str:
            totals = Totals(9, 0, 0) if number % 2 else Totals(0, 9, 0)
            try:
                bodies.record_vote(
                    sitting=row.reference, item=ref, totals=totals, by=house.secretary, at=EVENING
                )
            except Refusal as refused:
                return str(refused)
            return ""

        with database_for_threads():
            said = in_threads(record, range(50), threads=10)
            (found,) = in_threads(_found, [ref])
        told = [words for words in said if words]
        assert (len(told), found) == (49, (1, "decided", 1))
        assert all("Rouvrez la page" in words for words in told)
