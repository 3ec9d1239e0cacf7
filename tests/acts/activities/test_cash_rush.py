"""Somebody pays while the cash of the day is being closed: the close counts it, or it is refused."""

import time
from decimal import Decimal
from unittest.mock import patch
from uuid import uuid4

from django.test import TransactionTestCase
from tests.factories import activities as gather
from tests.factories.activities import HOUSE, NOW, TODAY, participant
from tests.frozen import FlushesFrozen
from tests.threads import database_for_threads, in_threads

from beffroi.acts.activities import money_queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import CashDay, CashLine
from beffroi.core.errors import WrongState


def _slowly(*given: object) -> Decimal:
    found = _ASK(*given)
    time.sleep(0.4)
    return found


_ASK = money_queries.cash_of


def _cash(_nothing: str = "") -> tuple[Decimal, Decimal]:
    lines = sum((one.amount for one in CashLine.objects.all()), Decimal(0))
    return lines, CashDay.objects.get().expected


class Rush(FlushesFrozen, TransactionTestCase):
    def test_no_line_comes_into_a_cash_that_was_counted(self) -> None:
        of = gather.activity()
        activities.set_price(
            activity=of.pk, basis="session", amount=Decimal(2), since=TODAY, by=HOUSE, at=NOW
        )
        held, who = gather.session(of), participant()

        def act(what: str) -> str:
            try:
                if what == "close":
                    activities.close_cash(
                        team="houses", place=of.place_id, day=TODAY, counted=Decimal(0), by=HOUSE,
                        at=NOW,
                    )  # fmt: skip
                else:
                    time.sleep(0.15)
                    activities.charge(
                        mark=uuid4(), participant=who.pk, session=held.pk, method="cash", by=HOUSE,
                        at=NOW,
                    )  # fmt: skip
            except WrongState:
                return "refused"
            return what

        with (
            patch("beffroi.acts.activities.money_queries.cash_of", _slowly),
            database_for_threads(),
        ):
            told = in_threads(act, ["close", "pay"], threads=2)
            ((lines, expected),) = in_threads(_cash, [""])
        assert (told, lines, expected) == (["close", "refused"], 0, 0)
