"""Reading lists of people: what was shown is journalled, one row for the list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor


@transaction.atomic
def read_appointments(
    *, rows: Iterable[Appointment], name: str, by: Actor, at: datetime, already: Iterable[str] = ()
) -> list[Appointment]:
    """This function will give the appointments of a list and journal of whom they are.

    `name` says which list; those in `already` were journalled when they were first shown.
    """
    shown = list(rows)
    _note(sorted({row.about for row in shown} - set(already)), name, by, at)
    return shown


@transaction.atomic
def read_arrivals(
    *, rows: Iterable[Arrival], name: str, by: Actor, at: datetime,
    already: Iterable[str] = (),
) -> list[Arrival]:  # fmt: skip
    """This function will give who waits and journal those not in `already`.

    A screen that looks again every twenty seconds leaves one row for each newcomer, not for each
    look.
    """
    shown = list(rows)
    _note(sorted({row.about for row in shown} - set(already)), name, by, at)
    return shown


def _note(references: list[str], name: str, by: Actor, at: datetime) -> None:
    if references:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="agenda_list",
            object_ref=name[:80], at=at, detail={"references": references},
        )  # fmt: skip
