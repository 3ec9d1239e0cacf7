"""What stands in plans: the version in force, its lines, its partners and conventions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from beffroi.rules.cohesion_plan import justify_art20
from beffroi.steering.enums import VOTED
from beffroi.steering.models import (
    AnnualReport,
    Axis,
    CatalogueAction,
    ChangeRequest,
    Convention,
    CouncilDate,
    Indicator,
    Line,
    LineYear,
    Partner,
    Plan,
    PlanLine,
    PlanVersion,
    Programme,
    Proof,
    ReportText,
    Snapshot,
    Tranche,
)

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class LineRow:
    """A line as a list shows it; `partner` is None where our own services do the action."""

    number: int
    code: str
    title: str
    axis: int
    delivery: str
    partner: str | None


@dataclass(frozen=True)
class YearAccount:
    """A convention in one year, in euros: `balance` is to pay, or to recover below zero."""

    year: int
    granted: Decimal
    paid: Decimal
    justified: Decimal
    accepted: Decimal
    unchecked: int
    due: Decimal
    balance: Decimal


def programmes() -> QuerySet[Programme]:
    """This function will give every programme, the latest first."""
    return Programme.objects.all()


def axes_of(programme: Programme) -> QuerySet[Axis]:
    """This function will give the axes of a programme with their rights."""
    return Axis.objects.filter(programme=programme).prefetch_related("rights")


def actions_of(programme: Programme) -> QuerySet[CatalogueAction]:
    """This function will give the actions a plan of this programme may choose, by code."""
    return CatalogueAction.objects.filter(programme=programme, retired_date__isnull=True)


def plans() -> QuerySet[Plan]:
    """This function will give every plan with its programme."""
    return Plan.objects.select_related("programme")


def plan_named(key: str) -> Plan | None:
    """This function will give the plan with this key, if there is one."""
    return plans().filter(key=key).first()


def version_on(plan: Plan, day: date) -> PlanVersion | None:
    """This function will give the version of a plan in force on `day`, if there is one."""
    due = PlanVersion.objects.filter(plan=plan, effective_date__lte=day)
    return due.order_by("-effective_date", "-number").first()


def latest_version(plan: Plan) -> PlanVersion | None:
    """This function will give the last version made, in force or to come."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number").first()


def lines_of(version: PlanVersion) -> QuerySet[PlanLine]:
    """This function will give the lines of a version, with action, axis and partner, by number."""
    related = ("line__plan", "action__axis", "partner", "version")
    return PlanLine.objects.filter(version=version).select_related(*related)


def lines_in_force(day: date | None = None) -> list[LineRow]:
    """This function will give the lines of the plan loaded last, as its version of `day` has them.

    Without a day, the last version made. Nothing when there is no plan.
    """
    plan = Plan.objects.order_by("-programme__starts_date", "-pk").first()
    if plan is None:
        return []
    version = version_on(plan, day) if day else latest_version(plan)
    rows = lines_of(version) if version else PlanLine.objects.none()
    return [
        LineRow(
            row.line.number, row.action.code, str(row), row.action.axis.number, row.delivery,
            row.partner.name if row.partner else None,
        )
        for row in rows
    ]  # fmt: skip


def line_of(plan: Plan, number: int) -> Line | None:
    """This function will give the line of a plan with this number, if it ever had one."""
    return Line.objects.filter(plan=plan, number=number).select_related("plan").first()


def history_of(line: Line) -> QuerySet[PlanLine]:
    """This function will give what a line said in each version, the oldest first."""
    rows = PlanLine.objects.filter(line=line).select_related("version", "action__axis", "partner")
    return rows.order_by("version__number")


def years_of(lines: Iterable[Line], year: int) -> dict[int, LineYear]:
    """This function will give what was said of each line for a year, by the line’s key."""
    return {row.line_id: row for row in LineYear.objects.filter(line__in=lines, year=year)}


def conventions_of(plan: Plan) -> QuerySet[Convention]:
    """This function will give the conventions of a plan, those that end first before."""
    rows = Convention.objects.filter(plan=plan).select_related("partner", "plan")
    return rows.prefetch_related("lines")


def conventions_ending(plan: Plan, day: date, until: date) -> QuerySet[Convention]:
    """This function will give the conventions that end from `day` to `until`."""
    return conventions_of(plan).filter(ends_date__range=(day, until)).exclude(state="closed")


def year_account(convention: Convention, year: int) -> YearAccount:
    """This function will give a convention’s account for a year, in euros.

    What is due follows what was accepted, never above what the year grants; nothing is granted
    for a year the convention does not cover.
    """
    covered = convention.starts_date.year <= year <= convention.ends_date.year
    granted = convention.yearly_amount if covered else ZERO
    here = {"convention": convention, "year": year}
    proofs = Proof.objects.filter(**here)
    paid = _total(Tranche.objects.filter(**here), "amount")
    accepted = _total(proofs, "accepted_amount")
    due = justify_art20(granted, accepted)
    return YearAccount(
        year, granted, paid, _total(proofs, "amount"), accepted,
        proofs.filter(accepted_amount__isnull=True).count(), due, due - paid,
    )  # fmt: skip


def _total(rows: QuerySet[Proof] | QuerySet[Tranche], field: str) -> Decimal:
    """SQLite adds decimals in floating point: cents are added in Python."""
    amounts = rows.exclude(**{f"{field}__isnull": True}).values_list(field, flat=True)
    return sum(amounts, ZERO)


def changes_of(plan: Plan) -> QuerySet[ChangeRequest]:
    """This function will give the changes asked to a plan, the last first."""
    return ChangeRequest.objects.filter(plan=plan).select_related("line", "version", "plan")


def partners() -> QuerySet[Partner]:
    """This function will give every partner, by name."""
    return Partner.objects.all()


def council_dates(plan: Plan) -> list[date]:
    """This function will give the known meetings of the council that votes on a plan."""
    return list(CouncilDate.objects.filter(plan=plan).values_list("on_date", flat=True))


def is_voted(plan: Plan, year: int, kinds: Iterable[str]) -> bool:
    """This function will say whether each of these reports of a year was voted."""
    wanted = set(kinds)
    voted = AnnualReport.objects.filter(plan=plan, year=year, kind__in=wanted, state__in=VOTED)
    return set(voted.values_list("kind", flat=True)) == wanted


def indicators_count(plan: Plan | None) -> int:
    """This function will count the indicators of a plan."""
    return Indicator.objects.filter(line__plan=plan).count()


def indicator(pk: int) -> Indicator | None:
    """This function will give an indicator with its line, if it is there."""
    return Indicator.objects.filter(pk=pk).select_related("line__plan").first()


def proof(pk: int) -> Proof | None:
    """This function will give a proof with its convention, if it is there."""
    return Proof.objects.filter(pk=pk).select_related("convention").first()


def reports_of(plan: Plan) -> QuerySet[AnnualReport]:
    """This function will give the annual reports of a plan with their snapshots and moves."""
    rows = AnnualReport.objects.filter(plan=plan).select_related("plan")
    return rows.prefetch_related("snapshots", "moves")


def last_snapshot(plan: Plan, year: int, kind: str) -> Snapshot | None:
    """This function will give the last revision of a report, if it was ever frozen."""
    rows = Snapshot.objects.filter(report__plan=plan, report__year=year, report__kind=kind)
    return rows.select_related("report__plan").order_by("-revision").first()


def snapshot(plan: Plan, year: int, kind: str, revision: int) -> Snapshot | None:
    """This function will give one revision of a report, if it was frozen."""
    rows = Snapshot.objects.filter(
        report__plan=plan, report__year=year, report__kind=kind, revision=revision
    )
    return rows.select_related("report__plan").first()


def texts_of(plan: Plan, year: int) -> dict[str, ReportText]:
    """This function will give what was written for the report of a year, by part."""
    return {row.section: row for row in ReportText.objects.filter(plan=plan, year=year)}


def next_line_number(plan: Plan) -> int:
    """This function will give the number a new line of the plan takes: never one given before."""
    last = Line.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def line_titles() -> dict[int, str]:
    """This function will give what each line says in the last version of its plan, by its key."""
    rows = PlanLine.objects.select_related("line", "action").order_by("version__number")
    return {row.line_id: f"{row.line} · {row}" for row in rows}
