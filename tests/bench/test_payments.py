"""How fast a run goes through, and how flat the memory stays, at the size of a large CPAS."""

import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.bank import pain001, schema
from beffroi.acts.payments.models import Due, LedgerEntry
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.demo import many_payments
from tests.factories.payments import FRIDAY, NOVEMBER, NOW, SYSTEM, director, finance

WHO = pain001.Initiator("CPAS de Mons", "0207889113", "BE68539007547034")
EACH = Decimal("893.65")


def _transfers(count: int) -> Iterator[tuple[date, pain001.Transfer]]:
    for rank in range(count):
        yield FRIDAY, pain001.Transfer(
            f"0207889113D{rank:010d}N01", EACH, "Lina Haddad", "BE68539007547034",
            structured="" if rank % 2 else "010806817183",
            words="CPAS de Mons Revenu d'integration 11/2026" if rank % 2 else "",
        )  # fmt: skip


def _write(path: Path, count: int) -> float:
    batch = pain001.Batch(FRIDAY, count, EACH * count)
    message = pain001.Message(
        "PAI-2026-0001", datetime(2026, 11, 24, 9, 30, tzinfo=UTC), WHO, (batch,)
    )
    start = time.perf_counter()
    with path.open("wb") as opened:
        for piece in pain001.write(message, _transfers(count)):
            opened.write(piece)
    schema.validate(path)
    return time.perf_counter() - start


def _peak(path: Path, count: int) -> int:
    tracemalloc.start()
    _write(path, count)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_of_a_file_does_not_grow_with_it(tmp_path: Path) -> None:
    _peak(tmp_path / "warm.xml", 2_000)
    small, large = (_peak(tmp_path / f"{n}.xml", n) for n in (2_000, 20_000))
    assert large < small * 1.2 + 100_000


@pytest.mark.long
def test_160_000_transfers_are_written_and_validated_in_six_seconds(tmp_path: Path) -> None:
    took = _write(tmp_path / "large.xml", 160_000)
    assert schema.count(tmp_path / "large.xml").count == 160_000
    assert took < 6


def _end_to_end(count: int, path: Path) -> float:
    many_payments.fill(count=count, since=date(2026, 11, 1), by=SYSTEM, at=NOW)
    who, other = finance(), director()
    start = time.process_time() if connection.vendor == "sqlite" else time.perf_counter()
    run = payments.prepare_run(through=NOVEMBER, execution=FRIDAY, by=who, at=NOW)
    payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)
    payments.export_run(reference=run.reference, path=path, by=SYSTEM, at=NOW)
    # On SQLite everything happens in this process: its own time is not that of its neighbours.
    took = (time.process_time() if connection.vendor == "sqlite" else time.perf_counter()) - start
    assert schema.count(path).count == count
    assert Due.objects.filter(state="sent").count() == count
    assert LedgerEntry.objects.filter(kind="sent").count() == count
    return took


@pytest.mark.django_db
def test_run_of_600_goes_end_to_end(tmp_path: Path) -> None:
    assert _end_to_end(600, tmp_path / "a.xml") < 3


@pytest.mark.long
@pytest.mark.django_db
def test_run_of_6_000_goes_end_to_end_in_three_seconds(tmp_path: Path) -> None:
    assert _end_to_end(6_000, tmp_path / "a.xml") < 3


@pytest.mark.django_db
def test_run_costs_the_same_queries_whatever_its_size(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    many_payments.fill(count=300, since=date(2026, 11, 1), by=SYSTEM, at=NOW)
    who, other = finance(), director()
    with django_assert_max_num_queries(75):
        run = payments.prepare_run(through=NOVEMBER, execution=FRIDAY, by=who, at=NOW)
        payments.approve_run(reference=run.reference, seen_hash=lines_hash(run), by=other, at=NOW)
        payments.export_run(reference=run.reference, path=tmp_path / "a.xml", by=SYSTEM, at=NOW)
