"""Snapshots written by hand, frozen and voted as the services do."""

from datetime import date, datetime, timedelta
from typing import Any

from beffroi.core.actors import system_actor
from beffroi.steering import services as steering
from beffroi.steering.models import AnnualReport, Plan, Publication, Snapshot
from beffroi.steering.reports.content import canonical, digest
from tests.factories.steering import NOW

HOUSE = system_actor("tests")


def frozen(plan: Plan, content: dict[str, Any], at: datetime = NOW) -> Snapshot:
    """A revision of a report that says this; from the second on, it says why."""
    where = {"plan": plan, "year": content["year"], "kind": content["kind"]}
    report = AnnualReport.objects.get_or_create(**where)[0]
    AnnualReport.objects.filter(pk=report.pk).update(state="frozen")
    text, revision = canonical(content), report.snapshots.count() + 1
    return Snapshot.objects.create(
        report=report, revision=revision, content=text, digest=digest(text), frozen_at=at,
        reason="Une feuille oubliée." if revision > 1 else "", after_vote=revision > 1,
    )  # fmt: skip


def voted(plan: Plan, content: dict[str, Any], at: datetime = NOW) -> Publication:
    """The same, voted by the council an hour later."""
    snapshot = frozen(plan, content, at)
    report = AnnualReport.objects.get(pk=snapshot.report_id)
    steering.move_report(
        report=report, move="approve", on=date(2026, 3, 4), note="Conseil, point 8", by=HOUSE,
        at=at + timedelta(hours=1),
    )  # fmt: skip
    return Publication.objects.get(snapshot=snapshot)
