"""Sends an approved run to the bank: one file, always the same bytes, known before it is seen.

The order of things is what makes a payment happen exactly once (decision 9): the file is written
under another name and reaches the disk; then one transaction says that the run has left, with the
digest of the file; only then does the file take its name. Killed before the transaction, nothing
has left; killed after it, the same command gives the same file again.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank import pain001, schema
from beffroi.acts.payments.enums import DueState, LedgerKind, LineState, Means, RunState
from beffroi.acts.payments.models import Due, Run, RunLine
from beffroi.acts.payments.permissions import can_prepare, runs_visible_to
from beffroi.acts.payments.run_queries import (
    lines_hash,
    message_of,
    too_little_left,
    transfers_of,
    untrue_lines,
)
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.common import RunMoved, move_run, require, trace, void
from beffroi.acts.payments.services.identities import same_human
from beffroi.acts.payments.services.receipts import receive
from beffroi.acts.payments.services.runs import find_run
from beffroi.acts.payments.workflow import SENT_STATES
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState

_BATCH = 2000


@dataclass(frozen=True)
class Exported:
    """What left: digest of the file, how many transfers and their sum; was it sent again?"""

    sha256: str
    count: int
    total: Decimal
    again: bool


class ChangedSince(WrongState):
    """The approval no longer stands; it was voided, and this is said after that was kept."""


def export_run(*, reference: str, path: Path, by: Actor, at: datetime) -> Exported:
    """This function will write the file of an approved run at `path` and mark the run as sent.

    Done again, it writes the very same bytes and changes nothing else.
    Raises: NotAllowed; RunMoved when it is not approved; ChangedSince when a fact moved since.
    """
    require(can_prepare(by))
    run = runs_visible_to(by).filter(reference=reference).first()
    if run is None:
        raise NotAllowed(_("Ce paiement n’existe pas."))
    if run.state not in (RunState.APPROVED, *SENT_STATES):
        raise RunMoved(
            _("%(run)s n’est pas approuvé : il ne part pas à la banque.") % {"run": reference},
            _("Il est : %(state)s.") % {"state": run.get_state_display()},
        )
    has_transfers = run.lines.filter(means=Means.TRANSFER).exists()
    written, digest = _write_aside(run, path) if has_transfers else (None, _cash_digest(run))
    try:
        sent = _mark(reference, digest, by, at)
        _to_disk()
        if written is not None:
            written.replace(path)
            _sync_folder(path.parent)
    finally:
        if written is not None:
            written.unlink(missing_ok=True)
    return sent


def _cash_digest(run: Run) -> str:
    """A run paid at the counter alone has no file: the digest of its lines stands for it."""
    return lines_hash(run)


def _write_aside(run: Run, path: Path) -> tuple[Path, str]:
    """Writes the file beside its place, flushed to the disk and read back against the schema."""
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            for piece in pain001.write(message_of(run), transfers_of(run)):
                digest.update(piece)
                opened.write(piece)
            opened.flush()
            os.fsync(opened.fileno())
        schema.validate(aside)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_disk() -> None:
    """On SQLite a commit may sit in memory of the system: it goes to the disk before the file shows."""
    if connection.vendor == "sqlite":
        transaction.on_commit(_checkpoint)  # at once, unless a page holds its act in a transaction


def _checkpoint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _mark(reference: str, digest: str, by: Actor, at: datetime) -> Exported:
    changed = ""
    with transaction.atomic():
        run = find_run(reference, by)
        if run.state in SENT_STATES:
            return _again(run, digest, by, at)
        if run.state == RunState.APPROVED:
            changed = _no_longer_true(run)
            if changed:
                void(run, changed, by=by, at=at)
                Run.objects.filter(pk=run.pk).update(is_stale=True)
        if not changed:
            return _first(run, digest, by, at)
    raise ChangedSince(
        _("L’approbation ne tient plus ; rien n’est parti."), changed,
        _("Refaites le projet, puis faites-le approuver."),
    )  # fmt: skip


def _no_longer_true(run: Run) -> str:
    if lines_hash(run) != run.approved_hash:
        return _("Une ligne a changé depuis l’approbation.")
    if too_little_left(run):
        return _("Une récupération a été remboursée : il n’y a plus autant à retenir.")
    if same_human(run.prepared_by_ref, run.approved_by_ref):
        return _("Qui l’a préparé et qui l’a approuvé sont une même personne.")
    moved = untrue_lines(run).values_list("end_to_end_id", flat=True)[:3]
    if moved:
        return _("Un fait a changé depuis l’approbation : %(lines)s.") % {"lines": ", ".join(moved)}
    return ""


def _again(run: Run, digest: str, by: Actor, at: datetime) -> Exported:
    if run.file_sha256 != digest:
        raise WrongState(
            _("Le fichier de %(run)s ne serait plus le même : il n’est pas récrit.")
            % {"run": run.reference},
            todo=_("Gardez le fichier déjà envoyé et prévenez l’administration du système."),
        )
    trace("export_again", "run", run.reference, by=by, at=at, act=ActKind.EXPORT)
    return Exported(digest, run.line_count, run.total, True)


def _first(run: Run, digest: str, by: Actor, at: datetime) -> Exported:
    move_run(run, "export", by=by, at=at, exported_at=at, file_sha256=digest)
    lines = RunLine.objects.filter(run=run, state=LineState.PLANNED)
    rows = list(lines.values_list(*_FACTS))
    lines.update(state=LineState.SENT)
    ids = [row[0] for row in rows]
    sent = 0
    for first in range(0, len(ids), _BATCH):
        dues = Due.objects.filter(pk__in=ids[first : first + _BATCH], state=DueState.IN_RUN)
        sent += dues.update(state=DueState.SENT)
    if sent != len(rows):
        raise RuntimeError(f"{run.reference}: {sent} dues for {len(rows)} lines")
    ledger.write(_postings(run, rows), on=run.execution_date, at=at)
    for _due, ident, _amount, kept, claim, *_rest in rows:
        if claim is not None:
            receive(
                claim_id=claim, amount=kept, on=run.execution_date, source_kind="line",
                source_ref=ident, by=by, at=at,
            )  # fmt: skip
    detail = {"sha256": digest, "lines": run.line_count, "total": str(run.total)}
    trace("export", "run", run.reference, by=by, at=at, act=ActKind.EXPORT, detail=detail)
    return Exported(digest, run.line_count, run.total, False)


_FACTS = (
    "due_id", "end_to_end_id", "amount", "retained", "claim_id", "article_id", "means",
    "due__order__subject_ref",
)  # fmt: skip


def _postings(run: Run, rows: list[tuple[Any, ...]]) -> Iterator[ledger.Posting]:
    for _due, ident, amount, kept, claim, article, means, subject in rows:
        facts = (run.reference, article, subject)
        if means == Means.TRANSFER:
            yield ledger.Posting(LedgerKind.SENT, "line", ident, amount, *facts)
        if claim is not None:
            yield ledger.Posting(LedgerKind.RETAINED, "line", ident, kept, *facts)
