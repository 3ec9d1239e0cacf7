"""How long payments take at the size of a large CPAS: a run from end to end, and a file alone.

With SQLite everything happens in this process: its own time is not that of its neighbours.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from beffroi.accounts.enums import Role
from beffroi.acts.payments import run_queries
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.bank import pain001, schema
from beffroi.acts.payments.periods import month_end
from beffroi.core.actors import Actor, ActorKind, Post
from beffroi.core.dates import next_working_day

_EACH = Decimal("893.65")
_WHO = pain001.Initiator("CPAS de Mons", "0207889113", "BE68539007547034")


@dataclass(frozen=True)
class Took:
    """Seconds of work of each part of a run from end to end."""

    prepare: float
    approve: float
    export: float

    @property
    def whole(self) -> float:
        return self.prepare + self.approve + self.export


def _agent(rank: int, role: str) -> Actor:
    """Two pairs of eyes that stand for nobody: the measure is on a directory thrown away."""
    return Actor(ActorKind.AGENT, f"9{rank:08d}", f"Mesure {rank}", (Post(role, role),))


def run_end_to_end(*, path: Path, at: datetime) -> Took:
    """This function will prepare, approve and write the file of everything owed this month.

    The orders are there already (`many_payments.fill`); the database is SQLite.
    """
    one, other = _agent(1, Role.FINANCE_DIRECTOR), _agent(2, Role.DIRECTOR_GENERAL)
    today = timezone.localdate(at)
    start = time.process_time()
    run = payments.prepare_run(
        through=month_end(today), execution=next_working_day(today + timedelta(days=2)), by=one,
        at=at,
    )  # fmt: skip
    prepared = time.process_time()
    seen = run_queries.lines_hash(run)
    payments.approve_run(reference=run.reference, seen_hash=seen, by=other, at=at)
    approved = time.process_time()
    payments.export_run(reference=run.reference, path=path, by=one, at=at)
    return Took(prepared - start, approved - prepared, time.process_time() - approved)


def transfers(count: int, day: date) -> Iterator[tuple[date, pain001.Transfer]]:
    """This function will give so many transfers, half of them with a structured communication."""
    for rank in range(count):
        yield day, pain001.Transfer(
            f"0207889113D{rank:010d}N01", _EACH, "Lina Haddad", "BE68539007547034",
            structured="" if rank % 2 else "010806817183",
            words="CPAS de Mons Revenu d'integration 11/2026" if rank % 2 else "",
        )  # fmt: skip


def write_file(*, path: Path, count: int, at: datetime) -> float:
    """This function will write so many transfers and validate the file, and give the seconds."""
    day = timezone.localdate(at)
    batch = pain001.Batch(day, count, _EACH * count)
    written_at = timezone.localtime(at).replace(microsecond=0, tzinfo=None)
    message = pain001.Message("PAI-2026-0001", written_at, _WHO, (batch,))
    start = time.process_time()
    with path.open("wb") as opened:
        for piece in pain001.write(message, transfers(count, day)):
            opened.write(piece)
    schema.validate(path)
    return time.process_time() - start
