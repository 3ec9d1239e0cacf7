"""Two at once on the same run: one wins, the other gets words she can use, and money leaves once."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import TransactionTestCase
from tests.factories.payments import (
    FRIDAY,
    NOVEMBER,
    NOW,
    SYSTEM,
    approved,
    director,
    finance,
    house,
    order,
    prepared,
)
from tests.factories.requests import agent
from tests.frozen import FlushesFrozen
from tests.threads import database_for_threads, in_threads

from beffroi.accounts.enums import Role
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Due, LedgerEntry, Run, RunLine, RunMove
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import Refusal


def _moves(_nothing: object) -> list[str]:
    return list(RunMove.objects.order_by("pk").values_list("move", flat=True))


@pytest.mark.django_db(transaction=True)
class TwoAtOnce(FlushesFrozen, TransactionTestCase):
    def setUp(self) -> None:
        house()
        for _rank in range(3):
            order()

    def test_two_prepare_the_same_month_and_one_wins(self) -> None:
        people = [finance(), director(), agent(Role.PRESIDENT, ""), finance()]

        def prepare(who) -> str:
            try:
                run = payments.prepare_run(through=NOVEMBER, execution=FRIDAY, by=who, at=NOW)
            except Refusal as refused:
                return str(refused)
            return f"won {run.reference}"

        with database_for_threads():
            said = sorted(in_threads(prepare, people, threads=4))
            [held] = in_threads(
                lambda _: (Run.objects.count(), RunLine.objects.count(),
                           list(Due.objects.values_list("state", flat=True))), [0],
            )  # fmt: skip
        words = "Rien ne peut partir : aucune échéance n’est libre jusqu’à cette date."
        assert [line.startswith(words) for line in said] == [True, True, True, False], said
        assert said[-1].startswith("won PAI-2026-")
        assert held == (1, 3, ["in_run"] * 3)

    def test_two_approve_the_same_run_and_one_wins(self) -> None:
        run = prepared(by=finance())
        seen = lines_hash(run)

        def approve(who) -> str:
            try:
                payments.approve_run(reference=run.reference, seen_hash=seen, by=who, at=NOW)
            except Refusal as refused:
                return str(refused)
            return "won"

        with database_for_threads():
            said = in_threads(approve, [director(), agent(Role.PRESIDENT, "")], threads=2)
            [moves] = in_threads(_moves, [0])
            [written] = in_threads(
                lambda _: JournalEntry.objects.filter(verb="payments.approve").count(), [0]
            )
        [lost] = [words for words in said if words != "won"]
        assert lost.startswith(f"« Approuver » n’est plus possible pour {run.reference}.")
        assert (moves, written) == (["prepare", "approve"], 1)

    def test_one_approves_and_one_gives_up_and_one_wins(self) -> None:
        run = prepared(by=finance())
        seen = lines_hash(run)

        def approve(who) -> str:
            try:
                payments.approve_run(reference=run.reference, seen_hash=seen, by=who, at=NOW)
            except Refusal:
                return "refused"
            return "approved"

        def refresh(who) -> str:
            try:
                payments.refresh_run(reference=run.reference, by=who, at=NOW)
            except Refusal:
                return "refused"
            return "refreshed"

        acts = [(approve, director()), (refresh, finance())]
        with database_for_threads():
            said = in_threads(lambda one: one[0](one[1]), acts, threads=2)
            [state] = in_threads(lambda _: Run.objects.get().state, [0])
        assert (sorted(said), state) in (
            (["approved", "refused"], "approved"), (["refreshed", "refused"], "draft"),
            # The same lines drawn anew, then approved as they were seen.
            (["approved", "refreshed"], "approved"),
        )  # fmt: skip

    def test_two_send_the_same_run_and_money_leaves_once(self) -> None:
        run = approved()
        at = NOW + timedelta(minutes=10)

        def export(path: Path) -> bool:
            done = payments.export_run(reference=run.reference, path=path, by=SYSTEM, at=at)
            return done.again

        with TemporaryDirectory() as folder, database_for_threads():
            paths = [Path(folder) / f"{rank}.xml" for rank in range(4)]
            again = sorted(in_threads(export, paths, threads=4))
            files = {path.read_bytes() for path in paths}
            [held] = in_threads(
                lambda _: (_moves(0), LedgerEntry.objects.filter(kind="sent").count()), [0]
            )
        assert (again, len(files)) == ([False, True, True, True], 1)
        assert held == (["prepare", "approve", "export"], 3)
