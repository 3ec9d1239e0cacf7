"""`beffroi nightly`: each work is done, and one that fails does not stop the others."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.factories import after

from beffroi.casework import services as casework
from beffroi.casework.enums import GrantState, SuspensionGround
from beffroi.casework.models import Suspension
from beffroi.cli import nightly

pytestmark = pytest.mark.django_db


def _suspended() -> after.Granted:
    """A grant suspended until the end of January 2027, by a decision carried out."""
    one = after.granted()
    opened = casework.suspend_grant(
        grant=one.grant_ref, ground=SuspensionGround.DETENTION, from_date=date(2027, 1, 1),
        until_date=date(2027, 1, 31), why="Incarcération attestée.", by=one.worker, at=after.AFTER,
    )  # fmt: skip
    motives = "La personne est détenue."
    casework.propose_sequel(reference=opened, motives=motives, by=one.worker, at=after.AFTER)
    after.carried_out(opened, one.leader)
    return one


def _orphan(folder: Path) -> Path:
    """A stored file that no row names, two days old."""
    path = folder / "attachments" / "aa" / "orphan.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))
    return path


def test_night_lifts_a_suspension_that_is_over_and_sweeps_orphan_files(
    capsys, settings, monkeypatch
) -> None:
    one, orphan = _suspended(), _orphan(Path(settings.BEFFROI_PRIVATE_FILES))
    assert one.grant.state == GrantState.SUSPENDED
    night = datetime(2027, 2, 1, 2, 15, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: night)
    assert nightly.run([]) == 0
    said = {line[8:]: int(line[:6]) for line in capsys.readouterr().out.splitlines()}
    assert set(said) == set(nightly.works())
    assert said["suspensions arrivées à leur terme"] == 1
    assert said["fichiers sans ligne effacés"] == 1
    assert (one.grant.state, orphan.exists()) == (GrantState.RUNNING, False)
    assert Suspension.objects.filter(ended_at__isnull=True).count() == 0


def test_work_that_fails_is_named_and_the_others_are_done(capsys, monkeypatch) -> None:
    done = []

    def fails(_at):
        raise RuntimeError("no disk")

    monkeypatch.setattr(
        nightly, "works", lambda: {"premier": fails, "second": lambda at: done.append(at) or 3}
    )
    assert nightly.run([]) == 1
    written = capsys.readouterr()
    assert written.out == "     3  second\n"
    assert "échec  premier" in written.err
    assert len(done) == 1


def test_night_takes_no_argument(capsys) -> None:
    assert nightly.run(["--vite"]) == 2
    assert "ne prend pas d’argument" in capsys.readouterr().err
