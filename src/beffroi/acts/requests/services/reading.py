"""Reading many requests at once: what was shown is journalled, one row for the list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from beffroi.acts.requests.models import Request
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor


@transaction.atomic
def read_list(*, rows: Iterable[Request], name: str, by: Actor, at: datetime) -> list[Request]:
    """This function will give the rows of a list and journal, in one row, which were shown.

    `name` says which list. The references are kept, what was typed to find them is not.
    """
    shown = list(rows)
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="request_list",
            object_ref=name[:80], at=at, detail={"references": [row.reference for row in shown]},
        )  # fmt: skip
    return shown
