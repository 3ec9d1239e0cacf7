"""The only way to write in the journal, always inside the transaction of the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit import retention
from beffroi.audit.enums import ActKind
from beffroi.audit.models import JournalEntry
from beffroi.audit.permissions import can_read_journal
from beffroi.audit.queries import JournalSearch, journal
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed

#: An extract of the journal holds this many rows at most.
MOST_EXPORTED = 20_000


def record(
    *,
    by: Actor,
    kind: ActKind,
    verb: str,
    object_kind: str,
    object_ref: str,
    at: datetime,
    subject_ref: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will add one row to the journal, in the transaction that is under way.

    Raises: RuntimeError outside a transaction, since the act and its trace go together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the journal is written in the transaction of the act")
    JournalEntry.objects.create(
        at=at,
        kind=kind,
        verb=verb,
        actor_kind=by.kind,
        actor_ref=by.ref,
        actor_label=by.label,
        actor_post=by.shown_as if by.posts else "",
        object_kind=object_kind,
        object_ref=object_ref,
        subject_ref=subject_ref,
        reason=reason[:300],
        detail=dict(detail or {}),
    )


def _must_read_journal(by: Actor) -> None:
    if not can_read_journal(by):
        raise NotAllowed(_("Le journal n’est ouvert qu’à la protection des données."))


@transaction.atomic
def read_journal(
    *, by: Actor, at: datetime, search: JournalSearch | None = None, first: int = 50, skip: int = 0
) -> list[JournalEntry]:
    """This function will give rows of the journal, newest first, and journal that they were read.

    Raises: NotAllowed.
    """
    _must_read_journal(by)
    search = search or JournalSearch()
    rows = list(journal(search)[skip : skip + first])
    _note_search(by, at, ActKind.READ, "journal.read", search, len(rows))
    return rows


@transaction.atomic
def export_journal(*, by: Actor, at: datetime, search: JournalSearch) -> list[JournalEntry]:
    """This function will give the rows of an extract and journal that it left the house.

    Raises: NotAllowed.
    """
    _must_read_journal(by)
    rows = list(journal(search)[:MOST_EXPORTED])
    _note_search(by, at, ActKind.EXPORT, "journal.export", search, len(rows))
    return rows


def _note_search(
    by: Actor, at: datetime, kind: ActKind, verb: str, search: JournalSearch, count: int
) -> None:
    asked = {
        "words": search.words, "kind": search.kind, "actor": search.actor_ref,
        "since": search.since.isoformat() if search.since else "",
        "until": search.until.isoformat() if search.until else "",
    }  # fmt: skip
    record(
        by=by, kind=kind, verb=verb, object_kind="journal", object_ref=search.subject[:80], at=at,
        detail={"rows": count, **{key: value for key, value in asked.items() if value}},
    )  # fmt: skip


@transaction.atomic
def apply_retention(*, by: Actor, at: datetime) -> dict[str, int]:
    """This function will end everything whose time is over at `at` and journal how much it was."""
    ended = retention.run(at)
    record(
        by=by, kind=ActKind.WRITE, verb="retention.apply", object_kind="house",
        object_ref="retention", at=at, detail={k: n for k, n in ended.items() if n},
    )  # fmt: skip
    return ended


def retention_due(*, at: datetime) -> dict[str, int]:
    """This function will count what is due at `at`, by doing it and undoing it at once."""
    with transaction.atomic():
        due = retention.run(at)
        transaction.set_rollback(True)
    return due
