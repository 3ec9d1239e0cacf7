"""What a project lead should look at now: what is late, what has no act, what ends soon."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from beffroi.rules.cohesion_plan import UnknownYear, regime_by_key, report_due
from beffroi.steering import queries
from beffroi.steering.enums import ChangeState, LineState
from beffroi.steering.figures import Figure, figures_of_period
from beffroi.steering.models import ChangeRequest, Convention, LineYear, Plan, PlanLine

#: Days before the reports are due when the board begins to say so.
_REPORT_NOTICE = 90


@dataclass(frozen=True)
class Watch:
    """What waits on a plan, on a day."""

    lines: list[PlanLine]
    #: Lines measured by acts that have none this month, and lines nothing measures.
    silent: list[PlanLine] = field(default_factory=list)
    unmeasured: list[PlanLine] = field(default_factory=list)
    month: dict[int, list[Figure]] = field(default_factory=dict)
    #: Lines of which last year is not told yet, once the reports are near.
    untold: list[PlanLine] = field(default_factory=list)
    report_due: date | None = None
    ending: list[Convention] = field(default_factory=list)
    to_apply: list[ChangeRequest] = field(default_factory=list)
    to_decide: list[ChangeRequest] = field(default_factory=list)


def watch(plan: Plan, day: date) -> Watch:
    """This function will gather what waits on a plan on `day`."""
    version = queries.version_on(plan, day) or queries.latest_version(plan)
    rows = list(queries.lines_of(version)) if version else []
    lines = [row for row in rows if row.state == LineState.ACTIVE]
    month: dict[int, list[Figure]] = {}
    for figure in figures_of_period([row.line for row in lines], day.replace(day=1), day):
        month.setdefault(figure.indicator.line_id, []).append(figure)
    changes = list(
        queries.changes_of(plan).filter(state__in=(ChangeState.SEEN, ChangeState.GRANTED))
    )
    due = _due(day)
    return Watch(
        lines,
        [row for row in lines if row.line_id in month and not _has_acts(month[row.line_id])],
        [row for row in lines if row.line_id not in month],
        month,
        _untold(lines, day) if due else [],
        due,
        list(queries.conventions_ending(plan, day, day + timedelta(days=_notice(day)))),
        [one for one in changes if one.state == ChangeState.GRANTED],
        [one for one in changes if one.state == ChangeState.SEEN],
    )


def _has_acts(figures: list[Figure]) -> bool:
    return any(figure.value for figure in figures)


def _due(day: date) -> date | None:
    """The day the reports of last year are due, when it is near or past but of this year."""
    try:
        due = report_due(day.year - 1)
    except UnknownYear:
        return None
    return due if due - timedelta(days=_REPORT_NOTICE) <= day else None


def _notice(day: date) -> int:
    try:
        value = regime_by_key(day.year)["pcs_art20_alert_days"].value
    except UnknownYear:
        return 0
    return int(str(value)) if value is not None else 0


def _untold(lines: list[PlanLine], day: date) -> list[PlanLine]:
    told = set(
        LineYear.objects.filter(line__in=[row.line_id for row in lines], year=day.year - 1)
        .values_list("line_id", flat=True)
    )  # fmt: skip
    entered = [row for row in lines if row.line.since_date.year < day.year]
    return [row for row in entered if row.line_id not in told]
