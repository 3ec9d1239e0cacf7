"""What the president reads of the urgent applications that wait for her, journalled each time."""

from datetime import datetime

from django.db import transaction

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.casework.models import Application
from beffroi.casework.permissions import urgent_visible_to
from beffroi.casework.services.common import trace
from beffroi.core.actors import Actor


@transaction.atomic
def read_urgent(*, by: Actor, at: datetime, reference: str = "") -> list[Application]:
    """This function will give the urgent applications the actor may decide, or the one named.

    The reading is journalled. Nobody but who presides is given any.
    """
    rows = urgent_visible_to(by).select_related("file__person", "file__team")
    if reference:
        found = list(rows.filter(reference=reference))
        for application in found:
            trace(application.file, "application.read_urgent", by=by, at=at, about=reference,
                  kind=ActKind.READ)  # fmt: skip
        return found
    shown = list(rows.order_by("asked_on", "pk"))
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="application_list",
            object_ref="urgences", at=at, detail={"references": [one.reference for one in shown]},
        )  # fmt: skip
    return shown
