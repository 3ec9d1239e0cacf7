"""Writes of this room: the next number of a register, a file received, a file scanned."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from beffroi.documents.enums import ScanState
from beffroi.documents.intake import clean_file
from beffroi.documents.models import Attachment, RegisterYear
from beffroi.documents.scanners import Scanner, Verdict, configured_scanner


def hold_register(*, register: str, year: int) -> None:
    """This function will make whoever takes a number of `register` wait until the transaction ends."""
    RegisterYear.objects.get_or_create(register=register, year=year)
    RegisterYear.objects.select_for_update(no_key=True).get(register=register, year=year)


def next_number(*, register: str, year: int) -> int:
    """This function will give the next number of `register` for `year`, without a gap.

    The number is taken by an UPDATE in the caller's transaction: a second caller waits for
    the first to commit, and a roll-back gives the number back.

    Raises: RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a register number is taken in the transaction that uses it")
    RegisterYear.objects.get_or_create(register=register, year=year)
    row = RegisterYear.objects.filter(register=register, year=year)
    row.update(last_number=F("last_number") + 1)
    return row.values_list("last_number", flat=True).get()


def next_numbers(*, register: str, year: int, count: int) -> range:
    """This function will take `count` numbers of `register` at once, without a gap.

    Raises: RuntimeError outside a transaction.
    """
    first = next_number(register=register, year=year)
    RegisterYear.objects.filter(register=register, year=year).update(
        last_number=F("last_number") + count - 1
    )
    return range(first, first + count)


@transaction.atomic
def receive_file(*, name: str, content: bytes, received_from: str, at: datetime) -> Attachment:
    """This function will keep a file, cleaned, in quarantine until a scanner has decided.

    Raises: FileRefused when its size or its type cannot be taken.
    """
    clean = clean_file(name, content)
    attachment = Attachment(
        name=clean.name,
        content_type=clean.content_type,
        size=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        received_at=at,
        received_from=received_from[:160],
    )
    attachment.file.save(f"{attachment.pk}.bin", ContentFile(clean.content), save=False)
    attachment.save(force_insert=True)
    return scan(attachment=attachment, contents=(content, clean.content), at=at)


def scan(*, attachment: Attachment, contents: tuple[bytes, ...], at: datetime) -> Attachment:
    """This function will ask the scanner and move the file out of quarantine, or leave it there.

    Each content (what was sent, what was kept) is scanned by itself: all must be clean.
    """
    verdict = _worst(configured_scanner(), contents)
    if verdict.decided:
        state = ScanState.CLEAN if verdict.clean else ScanState.REFUSED
        Attachment.objects.filter(pk=attachment.pk, state=ScanState.QUARANTINED).update(
            state=state, scanner=verdict.by, scanned_at=at
        )
        attachment.refresh_from_db()
    return attachment


def _worst(scanner: Scanner, contents: tuple[bytes, ...]) -> Verdict:
    verdicts = [scanner.scan(content) for content in contents]
    return min(verdicts, key=lambda v: (not v.decided or v.clean, v.decided))


def scan_waiting(*, at: datetime) -> int:
    """This function will scan again each file still in quarantine, and say how many came out."""
    done = 0
    for attachment in Attachment.objects.filter(state=ScanState.QUARANTINED):
        with attachment.file.open("rb") as opened:
            scanned = scan(attachment=attachment, contents=(opened.read(),), at=at)
        done += scanned.state != ScanState.QUARANTINED
    return done


def delete_file(attachment: Attachment) -> None:
    """This function will remove a file and its row, once its time is over."""
    stored = attachment.file
    attachment.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


def sweep_files(*, at: datetime) -> int:
    """This function will remove stored files that no row names, a day old at least, and count them.

    A file is written before its row: when the transaction fails, the bytes would stay for ever.
    """
    folder = Path(settings.BEFFROI_PRIVATE_FILES)
    known = set(Attachment.objects.values_list("file", flat=True))
    old = (at - timedelta(days=1)).timestamp()
    gone = 0
    for path in (folder / "attachments").rglob("*.bin"):
        if path.stat().st_mtime < old and path.relative_to(folder).as_posix() not in known:
            path.unlink()
            gone += 1
    return gone
