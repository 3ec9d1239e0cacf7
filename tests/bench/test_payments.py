"""How fast a run goes through, and how flat the memory stays, at the size of a large CPAS."""

import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.bank import schema
from beffroi.acts.payments.models import Due, LedgerEntry
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.demo import many_payments, payment_speed
from tests.factories.payments import FRIDAY, NOVEMBER, NOW, SYSTEM, director, finance


def _write(path: Path, count: int) -> float:
    return payment_speed.write_file(path=path, count=count, at=NOW)


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
