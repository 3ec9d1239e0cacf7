"""What anybody may read of plans: their lines in force, their changes, what was voted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.steering import queries
from beffroi.steering.enums import ChangeState, PlanState
from beffroi.steering.models import Axis, ChangeRequest, Plan, PlanLine, Publication, Snapshot

#: Plans that a council adopted: the others are nobody’s yet.
_PUBLIC = frozenset(
    {
        PlanState.ADOPTED, PlanState.SENT, PlanState.APPROVED, PlanState.APPROVED_WITH_REMARKS,
        PlanState.ACTIVE, PlanState.CLOSING, PlanState.EVALUATED, PlanState.ARCHIVED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class YearPage:
    """A year as it was published: what is told of acts or of money, and the vote."""

    pk: int
    year: int
    kind: str
    revision: int
    voted: date
    decision: str
    reason: str
    published_at: datetime
    page: dict[str, Any]


def public_plans() -> QuerySet[Plan]:
    """This function will give the plans that a council adopted, the latest first."""
    return queries.plans().filter(state__in=_PUBLIC)


def public_plan(key: str) -> Plan | None:
    """This function will give an adopted plan by its key, if there is one."""
    return public_plans().filter(key=key).first()


def axes_and_rights(plan: Plan) -> QuerySet[Axis]:
    """This function will give the axes of a plan with their rights."""
    return queries.axes_of(plan.programme)


def lines_on(plan: Plan, day: date) -> list[PlanLine]:
    """This function will give the lines of a plan as its version of `day` has them."""
    version = queries.version_on(plan, day) or queries.latest_version(plan)
    return list(queries.lines_of(version)) if version else []


def changes_made(plan: Plan) -> QuerySet[ChangeRequest]:
    """This function will give the changes applied to a plan, the last first."""
    return queries.changes_of(plan).filter(state=ChangeState.APPLIED).order_by("-effective_date", "-number")  # fmt: skip


def years_told(plan: Plan, kinds: Iterable[str]) -> list[YearPage]:
    """This function will give the last publication of each year and kind, the last year first."""
    rows = Publication.objects.filter(
        snapshot__report__plan=plan, snapshot__report__kind__in=list(kinds)
    ).select_related("snapshot__report")
    found: dict[tuple[int, str], YearPage] = {}
    for row in rows.defer("kept", "snapshot__content").order_by("published_at", "pk"):
        report = row.snapshot.report
        found[report.year, report.kind] = YearPage(
            row.pk, report.year, report.kind, row.snapshot.revision, row.voted_date, row.decision,
            row.snapshot.reason, row.published_at, json.loads(row.page),
        )  # fmt: skip
    return sorted(found.values(), key=lambda one: (-one.year, one.kind))


def snapshot_published(publication: int) -> Snapshot | None:
    """This function will give the snapshot behind a publication, with its report and plan."""
    rows = Snapshot.objects.filter(publication=publication)
    return rows.select_related("report__plan").first()
