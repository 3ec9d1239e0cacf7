"""Whatever moment the program or the database is killed, each due is paid exactly once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from tests.factories.payments import NOW, SYSTEM, director, finance
from tests.journal import journal_may_be_flushed

from beffroi.acts.payments.models import Due, LedgerEntry, RunLine
from beffroi.demo import many_payments

ORDERS = 40
SCRIPT = Path(__file__).with_name("killed.py")


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _flushed(transactional_db: None) -> Iterator[None]:
    """What is left in the database goes away with the test, guards or not."""
    yield
    with journal_may_be_flushed():
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True)


def _url(folder: Path) -> str:
    """The database of the attack: a copy in a file, or the server of the tests itself."""
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(folder / "killed.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{folder / 'killed.sqlite3'}"
    facts = connection.settings_dict
    connection.close()
    return f"postgresql://{facts['USER']}@{quote(facts['HOST'], safe='')}/{facts['NAME']}"


def _attack(folder: Path, kills: int, seed: int, what: str = "worker") -> tuple[str, dict]:
    many_payments.fill(count=ORDERS, since=date(2026, 1, 1), by=SYSTEM, at=NOW)
    finance(), director()
    url, outbox = _url(folder), folder / "outbox"
    outbox.mkdir()
    root = str(django_settings.ROOT)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(outbox), str(kills), str(seed), what],
        env={**os.environ, "BEFFROI_DATABASE": url, "PYTHONPATH": f"{root}:{root}/src"},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return url, json.loads(done.stdout)


def _expected(months: int) -> Counter[str]:
    return Counter({f"{893.65:.2f}": ORDERS * months})


def _check_bank(told: dict) -> None:
    """Each due has one payment at the bank: none missing, none twice, and nothing else."""
    dues = [key.partition("D")[2].partition("N")[0] for key, _amount in told["paid"]]
    assert Counter(Counter(dues).values()) == Counter({1: ORDERS * told["months"]})
    assert Counter(amount for _key, amount in told["paid"]) == _expected(told["months"])


def _check_house(told: dict) -> None:
    """The house knows as paid what the bank paid, and its ledger says so once."""
    count, total = ORDERS * told["months"], Decimal("893.65") * ORDERS * told["months"]
    assert Counter(Due.objects.values_list("state", flat=True)) == Counter({"paid": count})
    assert set(RunLine.objects.values_list("end_to_end_id", "state")) == {
        (key, "paid") for key, _amount in told["paid"]
    }
    for kind in ("sent", "paid"):
        rows = LedgerEntry.objects.filter(kind=kind).values_list("amount", flat=True)
        assert (len(rows), sum(rows)) == (count, total)


def _on_file(url: str, told: dict) -> None:
    """Looks at the copy on which the attack ran, as if it were the database of this test."""
    from django.db import connections

    kept = connections.settings["default"]["NAME"]
    connection.close()
    held, connection.settings_dict["NAME"] = connection.connection, url.removeprefix("sqlite:///")
    try:
        connection.connection = None
        _check_house(told)
        connection.connection.close()
    finally:
        connection.settings_dict["NAME"] = kept
        connection.connection = held


def _whole_attack(folder: Path, kills: int, seed: int, what: str = "worker") -> None:
    url, told = _attack(folder, kills, seed, what)
    assert told["months"] >= 1
    _check_bank(told)
    if connection.vendor == "sqlite":
        _on_file(url, told)
    else:
        _check_house(told)
    left = [path.name for path in (folder / "outbox").iterdir() if path.suffix == ".xml"]
    assert len(left) == told["months"]


def test_program_killed_at_random_moments_pays_each_due_once(tmp_path: Path) -> None:
    _whole_attack(tmp_path, kills=8, seed=20261124)


@pytest.mark.long
def test_program_killed_200_times_pays_each_due_once(tmp_path: Path) -> None:
    _whole_attack(tmp_path, kills=200, seed=7)


@pytest.mark.long
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="kills a backend of PostgreSQL")
def test_database_killed_200_times_pays_each_due_once(tmp_path: Path) -> None:
    _whole_attack(tmp_path, kills=200, seed=11, what="backend")
