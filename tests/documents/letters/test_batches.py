"""Many letters: each once, in order, whatever stops the machine."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import agent_actor
from tests.factories import letters as factory
from tests.factories.letters import NOW, OWNER, clock

from beffroi.accounts.enums import Role
from beffroi.core.actors import system_actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.documents.letters import queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.models import Letter, LetterBatch, LetterItem
from beffroi.documents.letters.permissions import batches_visible_to, register_visibility
from beffroi.documents.letters.services import batches

pytestmark = pytest.mark.django_db
HOUSE = system_actor("tests")
WORKER = agent_actor(1, Role.SOCIAL_WORKER, "aid")
LEADER = agent_actor(3, Role.TEAM_LEADER, "aid")
OTHER_TEAM = agent_actor(2, Role.SOCIAL_WORKER, "debts")


def _open(count: int = 4, **given) -> LetterBatch:
    drafts = [
        factory.draft(order=f"{count - n:04d}", owner_ref=f"D26-{n:06d}", **given)
        for n in range(count)
    ]
    return LetterBatch.objects.get(
        pk=letters.open_batch(title="Index de mars", drafts=drafts, by=HOUSE, at=NOW)
    )


def _run(batch: LetterBatch, **more) -> int:
    return letters.run_batch(batch=batch.pk, by=HOUSE, clock=clock, **more)


def _progress(batch: LetterBatch) -> tuple[int, int, int]:
    one = queries.progress_of([batch])[str(batch.pk)]
    return one.written, one.refused, one.waiting


def test_batch_is_written_in_the_order_of_printing() -> None:
    batch = _open(3)
    assert (_progress(batch), _run(batch), _progress(batch)) == ((0, 0, 3), 3, (3, 0, 0))
    written = queries.letters_of_batch(batch).values_list("owner_ref", "reference")
    assert list(written) == [
        ("D26-000002", "L26-000001"), ("D26-000001", "L26-000002"), ("D26-000000", "L26-000003"),
    ]  # fmt: skip
    batch.refresh_from_db()
    assert batch.state == "done"


def test_batch_stopped_in_the_middle_of_a_letter_goes_on_where_it_was(monkeypatch) -> None:
    batch, real = _open(4), batches._written
    calls = []

    def killed(item, reference):
        calls.append(reference)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(item, reference)

    monkeypatch.setattr(batches, "_written", killed)
    with pytest.raises(KeyboardInterrupt):
        _run(batch)
    assert (_progress(batch), Letter.objects.count()) == ((2, 0, 2), 2)
    monkeypatch.undo()
    assert (_run(batch), _progress(batch)) == (2, (4, 0, 0))
    assert list(Letter.objects.order_by("pk").values_list("reference", flat=True)) == [
        f"L26-{n:06d}" for n in range(1, 5)
    ]


def test_batch_run_again_writes_nothing_twice() -> None:
    batch = _open(2)
    assert (_run(batch), _run(batch), Letter.objects.count()) == (2, 0, 2)


def test_letter_refused_does_not_stop_the_others() -> None:
    facts = factory.facts_for("index_change")
    del facts["index"]["new_amount"]
    drafts = [factory.draft(order="1", facts=facts), factory.draft(order="2")]
    pk = letters.open_batch(title="Index", drafts=drafts, by=HOUSE, at=NOW)
    batch = LetterBatch.objects.get(pk=pk)
    assert (_run(batch), _progress(batch)) == (2, (1, 1, 0))
    assert "le nouveau montant" in queries.refused_items(batch).get().refused_why


def test_batch_written_keeps_no_draft() -> None:
    batch = _open(2)
    assert all(item.draft for item in batch.items.all())
    _run(batch)
    assert [item.draft for item in batch.items.all()] == [{}, {}]


def test_slice_stops_when_it_is_told() -> None:
    batch = _open(4)
    assert (_run(batch, most=3), _progress(batch)) == (3, (3, 0, 1))
    assert _run(batch, until=lambda: True) == 0


def test_draft_that_letters_do_not_know_opens_no_batch() -> None:
    with pytest.raises(InvalidInput):
        _open(1, facts={"aid": {"secret": "x"}})
    with pytest.raises(InvalidInput):
        letters.open_batch(title="Rien", drafts=[], by=HOUSE, at=NOW)
    assert not LetterBatch.objects.exists()


def test_batch_is_seen_and_run_by_who_may_see_each_letter() -> None:
    register_visibility(OWNER, lambda actor: ["P26000001"] if actor.in_team("aid") else [])
    batch, mixed = _open(2), _open(1)
    LetterItem.objects.filter(batch=mixed).update(subject_ref="P26000002")
    seen = [list(batches_visible_to(who)) for who in (WORKER, LEADER, OTHER_TEAM)]
    assert seen == [[batch], [batch], []]
    for stranger, which in ((OTHER_TEAM, batch), (WORKER, mixed)):
        with pytest.raises(NotAllowed):
            letters.run_batch(batch=which.pk, by=stranger, clock=clock)
        with pytest.raises(NotAllowed):
            letters.read_batch_pdf(batch=which.pk, by=stranger, at=NOW)
    assert letters.run_batch(batch=batch.pk, by=WORKER, clock=clock) == 2


def test_letters_of_a_batch_print_in_one_file_each_on_a_right_hand_page() -> None:
    batch = _open(3)
    with pytest.raises(InvalidInput):
        letters.read_batch_pdf(batch=batch.pk, by=HOUSE, at=NOW)
    _run(batch)
    with pikepdf.open(BytesIO(letters.read_batch_pdf(batch=batch.pk, by=HOUSE, at=NOW))) as pdf:
        pages = len(pdf.pages)
    with pikepdf.open(BytesIO(queries.pdf_of("L26-000001"))) as one:
        each = len(one.pages) + len(one.pages) % 2
    assert pages == 3 * each


def test_finished_batch_ends_after_a_month_and_its_letters_stay() -> None:
    from beffroi.documents.retention import end_items

    batch = _open(2)
    _run(batch)
    assert end_items(NOW + timedelta(days=30)) == 0
    assert end_items(NOW + timedelta(days=32)) == 3
    assert Letter.objects.count() == 2


_LOAD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import letters as factory
from beffroi.documents.letters import services
from beffroi.core.actors import system_actor
services.open_batch(title="Lot", drafts=[factory.draft() for _ in range(30)], by=system_actor("tests"), at=factory.NOW)
"""
_COUNT = """
import django; django.setup()
from beffroi.documents.letters.models import Letter, LetterItem
print(Letter.objects.count(), LetterItem.objects.filter(state="written").count(), Letter.objects.filter(batch_item=None).count(), LetterItem.objects.filter(state="waiting").count())
"""


@pytest.mark.long
def test_program_killed_while_it_writes_goes_on_and_writes_each_once(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.demo", "BEFFROI_VAR": str(tmp_path),
        "BEFFROI_DATABASE": f"sqlite:///{tmp_path / 'letters.sqlite3'}", "PYTHONPATH": f"{root}:{root / 'src'}",
    }  # fmt: skip

    def ask(code: str) -> list[int]:
        said = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        )
        return [int(n) for n in said.stdout.split()]

    ask(_LOAD)
    run = [sys.executable, "-m", "beffroi", "letters", "run"]
    for reached in (2, 9, 21):
        running = subprocess.Popen(run, env=environment, cwd=root, stdout=subprocess.DEVNULL)
        while _written_so_far(tmp_path / "letters.sqlite3") < reached:
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
        running.wait()
        count, written, orphans, waiting = ask(_COUNT)
        assert (count, orphans, written + waiting) == (written, 0, 30)
        assert reached <= written < 30
    subprocess.run(run, env=environment, cwd=root, check=True, capture_output=True)
    assert ask(_COUNT) == [30, 30, 0, 0]


def _written_so_far(database: Path) -> int:
    with closing(sqlite3.connect(database, timeout=20)) as opened:
        return int(opened.execute("SELECT count(*) FROM documents_letter").fetchone()[0])
