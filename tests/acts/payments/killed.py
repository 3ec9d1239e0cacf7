"""Runs payments month after month in a child that is killed again and again, beside a small bank.

`python tests/acts/payments/killed.py OUTBOX KILLS SEED WHAT`, on the database of BEFFROI_DATABASE
where orders already run. The bank takes each file it sees once by its message identifier, as banks
do, pays it, and answers with a statement. Prints what the bank paid, as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
FIRST = date(2026, 1, 1)


class Bank:
    """Pays each file once and says so in a statement."""

    def __init__(self, outbox: Path) -> None:
        self.outbox, self.answers = outbox, outbox / "statements"
        self.answers.mkdir(exist_ok=True)
        self.seen: set[str] = set()
        self.paid: list[tuple[str, str]] = []

    def look(self) -> None:
        """Takes the files that are whole: those that have their final name."""
        for path in sorted(self.outbox.glob("*.xml")):
            if path.name in self.seen:
                continue
            tree = etree.parse(str(path))
            ident = tree.findtext(f".//{PAIN}MsgId")
            if ident in self.seen:
                continue
            self.seen |= {path.name, ident}
            self._pay(ident, tree)

    def _pay(self, ident: str, tree: etree._ElementTree) -> None:
        from tests.factories.payments import movement, statement

        lines = [
            (
                one.findtext(f"{PAIN}PmtId/{PAIN}EndToEndId"),
                one.findtext(f"{PAIN}Amt/{PAIN}InstdAmt"),
            )
            for one in tree.iter(f"{PAIN}CdtTrfTxInf")
        ]
        self.paid += lines
        amounts = [Decimal(amount) for _key, amount in lines]
        content = statement(
            [movement(a, end_to_end=key) for (key, _), a in zip(lines, amounts, strict=True)],
            -sum(amounts), ident=ident,
        )  # fmt: skip
        aside = self.answers / f"{ident}.part"
        aside.write_bytes(content)
        aside.replace(self.answers / f"{ident}.camt")


def work(outbox: Path, months: int | None) -> None:
    """Prepares, has approved, sends and books month after month, from wherever things stand."""
    from beffroi.acts.payments.models import Run

    while True:
        done = Run.objects.filter(state="booked").count()
        if months is not None and done >= months:
            return
        _one_month(outbox, date(FIRST.year + done // 12, done % 12 + 1, 1))


def _one_month(outbox: Path, month: date) -> None:
    from django.contrib.auth import get_user_model

    from beffroi.accounts.queries import actor_for
    from beffroi.acts.payments import services as payments
    from beffroi.acts.payments.models import Run
    from beffroi.acts.payments.periods import month_end
    from beffroi.acts.payments.run_queries import lines_hash
    from beffroi.core.dates import next_working_day

    agents = get_user_model().objects.order_by("pk")
    one, other = (actor_for(agent, date(2026, 11, 24)) for agent in agents[:2])
    at = datetime(month.year, month.month, 20, 8, tzinfo=UTC)
    run = Run.objects.filter(state__in=["draft", "approved", "exported"]).first()
    if run is None:
        run = payments.prepare_run(
            through=month_end(month),
            execution=next_working_day(month.replace(day=25)),
            by=one,
            at=at,
        )
    if run.state == "draft":
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=at)
    payments.export_run(
        reference=run.reference, path=outbox / f"{run.reference}.xml", by=one, at=at
    )
    answer = outbox / "statements" / f"{run.reference}.camt"
    while not answer.exists():
        time.sleep(0.002)
    payments.read_bank_file(name=answer.name, content=answer.read_bytes(), by=one, at=at)


def child(outbox: Path, months: int | None, backend: Path) -> int:
    """Forks a process that works, and gives its number."""
    pid = os.fork()
    if pid:
        return pid
    status = 0
    try:
        from django.db import connection

        _connect(connection)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.write_text(str(cursor.fetchone()[0]))
        work(outbox, months)
    except Exception as error:
        status = 1
        if months is not None:
            print(error, file=sys.stderr)
    finally:
        os._exit(status)


def _connect(connection: object) -> None:
    """A server whose backend was killed takes a moment to recover."""
    from django.db.utils import OperationalError

    for _try in range(200):
        try:
            connection.ensure_connection()  # type: ignore[attr-defined]
            return
        except OperationalError:
            time.sleep(0.05)


def attack(outbox: Path, kills: int, seed: int, what: str) -> Bank:
    """Kills the worker, or the backend of its database, `kills` times at random moments."""
    chance, bank, backend = random.Random(seed), Bank(outbox), outbox / "backend"
    longest = 0.6
    for _kill in range(kills):
        backend.unlink(missing_ok=True)
        pid = child(outbox, None, backend)
        until = time.monotonic() + chance.uniform(0.0, longest)
        while time.monotonic() < until:
            bank.look()
            time.sleep(0.001)
        if what == "backend" and backend.exists():
            os.kill(int(backend.read_text()), signal.SIGKILL)
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        bank.look()
    return bank


def finish(outbox: Path, bank: Bank, months: int) -> None:
    """Lets the work go on undisturbed until `months` are booked."""
    pid = child(outbox, months, outbox / "backend")
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        bank.look()
        time.sleep(0.002)


def main(outbox: Path, kills: int, seed: int, what: str) -> None:
    """Attacks, lets the month under way end, and tells what the bank did."""
    import django

    django.setup()
    from django.db import connection

    bank = attack(outbox, kills, seed, what)
    _connect(connection)
    from beffroi.acts.payments.models import Run

    months = Run.objects.filter(state="booked").count() + 1
    connection.close()
    finish(outbox, bank, months)
    print(json.dumps({"months": months, "paid": bank.paid}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
