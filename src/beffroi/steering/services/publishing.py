"""Publications: what anybody may read of a voted report, decided once beside all that was told."""

import json
from datetime import date, datetime
from typing import Any

from beffroi.core.actors import Actor
from beffroi.steering.enums import ReportKind
from beffroi.steering.models import AnnualReport, Publication
from beffroi.steering.reports.content import canonical
from beffroi.steering.services.base import trace
from beffroi.steering.telling.money import tell_money
from beffroi.steering.telling.page import Told, earlier_of, tell


def publish(
    *, report: AnnualReport, voted: date, decision: str, by: Actor, at: datetime
) -> Publication:
    """This function will publish the last revision of a report, in the transaction of its vote.

    A revision that is published already stays as it was.
    """
    # Publications of a year are judged one after the other, whatever their plan.
    same_year = AnnualReport.objects.select_for_update(no_key=True).filter(year=report.year)
    list(same_year.order_by("pk").values_list("pk", flat=True))
    snapshot = report.snapshots.latest("revision")
    held = Publication.objects.filter(snapshot=snapshot).first()
    if held is not None:
        return held
    told = _told(report, json.loads(snapshot.content))
    made = Publication.objects.create(
        snapshot=snapshot, page=canonical(told.page), kept=canonical(told.kept),
        decision=decision[:500], voted_date=voted, published_at=at,
    )  # fmt: skip
    ref = f"{report.plan.key}/{report.year}/{report.kind}"
    trace(report, "report.publish", by=by, at=at, ref=ref, detail={"revision": snapshot.revision})
    return made


def _told(report: AnnualReport, content: dict[str, Any]) -> Told:
    if report.kind == ReportKind.FINANCIAL:
        return Told(tell_money(content), {})
    before = Publication.objects.filter(
        snapshot__report__year=report.year, snapshot__report__kind=ReportKind.ACTIVITY
    )
    kept = before.order_by("published_at", "pk").values_list("kept", flat=True)
    return tell(content, report.plan.key, earlier_of(map(json.loads, kept)))
