"""The readable edition of a frozen report: the same file each time, for agents and for anybody."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.steering.enums import ReportKind
from beffroi.steering.models import Publication, Snapshot
from beffroi.steering.permissions import can_read_board
from beffroi.steering.reports.readable import Story, story_of, write_readable
from beffroi.steering.services.base import trace
from beffroi.steering.services.reports import Written, content_of
from beffroi.steering.telling.page import earlier_of, tell


def story(snapshot: Snapshot) -> Story:
    """This function will tell the year of a frozen activity report with protected figures.

    Once it is voted, as it was published; before, as it would be, and it says so.
    Raises: WrongState for a financial report.
    """
    if snapshot.report.kind != ReportKind.ACTIVITY:
        raise WrongState(_("Seul le rapport d’activité a une édition à lire."))
    content = content_of(snapshot)
    held = Publication.objects.filter(snapshot=snapshot).first()
    moment = held.published_at if held else snapshot.frozen_at
    page = json.loads(held.page) if held else _preview(snapshot, content)
    return story_of(content, page, _past(snapshot, moment), held.voted_date if held else None)


def _preview(snapshot: Snapshot, content: dict[str, Any]) -> dict[str, Any]:
    before = Publication.objects.filter(
        snapshot__report__year=snapshot.report.year,
        snapshot__report__kind=ReportKind.ACTIVITY, published_at__lt=snapshot.frozen_at,
    )  # fmt: skip
    kept = before.order_by("published_at", "pk").values_list("kept", flat=True)
    return tell(content, snapshot.report.plan.key, earlier_of(map(json.loads, kept))).page


def _past(snapshot: Snapshot, moment: datetime) -> list[dict[str, Any]]:
    """The pages of the years before as they stood at a moment, the oldest year first."""
    report = snapshot.report
    rows = Publication.objects.filter(
        snapshot__report__plan=report.plan_id, snapshot__report__kind=ReportKind.ACTIVITY,
        snapshot__report__year__lt=report.year, published_at__lte=moment,
    )  # fmt: skip
    pages = map(json.loads, rows.order_by("published_at", "pk").values_list("page", flat=True))
    found = {page["year"]: page for page in pages}
    return [found[year] for year in sorted(found)]


def readable_bytes(snapshot: Snapshot) -> bytes:
    """This function will write the readable edition as PDF. Raises: WrongState."""
    foot = f"Révision {snapshot.revision}, figée le {snapshot.frozen_at:%d/%m/%Y}, empreinte {snapshot.digest[:16]}."  # fmt: skip
    return write_readable(story(snapshot), foot)


def readable_name(snapshot: Snapshot) -> str:
    """This function will name the file of the readable edition."""
    report = snapshot.report
    return f"{report.plan.key}-{report.year}-a-lire-r{snapshot.revision}.pdf"


@transaction.atomic
def write_readable_file(*, snapshot: Snapshot, by: Actor, at: datetime) -> Written:
    """This function will write the readable edition for an agent, and journal that it left.

    Raises: NotAllowed; WrongState for a financial report.
    """
    if not can_read_board(by):
        raise NotAllowed(_("Ce rapport ne s’ouvre pas depuis votre poste."))
    body, report = readable_bytes(snapshot), snapshot.report
    detail = {"form": "readable", "revision": snapshot.revision}
    ref = f"{report.plan.key}/{report.year}/{report.kind}"
    trace(report, "report.file", by=by, at=at, ref=ref, kind=ActKind.EXPORT, detail=detail)
    return Written(body, readable_name(snapshot), snapshot.digest, snapshot.revision)
