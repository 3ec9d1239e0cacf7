"""The only way to write in the journal, always inside the transaction of the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.audit.enums import ActKind
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import Actor


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
