"""What a report says, gathered from acts and accounts: plain values that JSON can hold."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from beffroi.rules.cohesion_plan import UnknownYear, regime
from beffroi.steering import accounts, commission, queries
from beffroi.steering.enums import Presence, ReportKind, StaffFunction, TextSection
from beffroi.steering.figures import Figure, figures_of_year
from beffroi.steering.measures import all_measures
from beffroi.steering.models import (
    ChangeRequest,
    LineYear,
    Plan,
    PlanLine,
    ReportText,
    StaffAssignment,
)
from beffroi.steering.reports.breakdowns import breakdowns

#: Of the way content is laid out; a reader of old snapshots looks at it first.
FORM = 2
_HUNDREDTH = Decimal("0.01")


def canonical(content: Mapping[str, Any]) -> str:
    """This function will write content as JSON: the same content is always the same text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """This function will give the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def gather(plan: Plan, year: int, kind: str, day: date) -> dict[str, Any]:
    """This function will gather what the report of a year says, as known on `day`.

    The report is in French, whatever language the reader has. Figures of a year under way stop
    on `day`.
    """
    with override("fr"):
        until = min(date(year, 12, 31), day)
        content = {
            "form": FORM, "kind": kind, "year": year, "until": until.isoformat(),
            "identity": _identity(plan, until), "regime": _regime(year),
            "conventions": _conventions(plan, year), "staff": _staff(plan, year),
        }  # fmt: skip
        if kind == ReportKind.ACTIVITY:
            return content | _activity(plan, year, until)
        return content | _money(plan, year)


def _identity(plan: Plan, until: date) -> dict[str, Any]:
    version = queries.version_on(plan, until) or queries.latest_version(plan)
    return {
        "plan": plan.name, "programme": plan.programme.name, "carrier": plan.get_carrier_display(),
        "authority": plan.lead_authority, "members": list(plan.members),
        "pilot": plan.pilot_service, "state": plan.get_state_display(),
        "version": version.number if version else 0,
    }  # fmt: skip


def _regime(year: int) -> list[dict[str, Any]]:
    try:
        values = regime(year)
    except UnknownYear:
        return []
    return [
        {
            "rule": one.description, "value": one.value, "is_verified": one.is_verified,
            "reference": one.reference, "note": one.note,
        }
        for one in values
    ]  # fmt: skip


def _conventions(plan: Plan, year: int) -> list[dict[str, Any]]:
    rows = queries.conventions_of(plan).filter(
        starts_date__year__lte=year, ends_date__year__gte=year
    )
    found = []
    for one in rows:
        account = queries.year_account(one, year)
        amounts = ("granted", "paid", "justified", "accepted", "due", "balance")
        found.append(
            {
                "reference": one.reference, "partner": one.partner.name,
                "kind": one.get_kind_display(), "state": one.get_state_display(),
                "lines": [line.number for line in one.lines.all()], "purpose": one.purpose,
                "is_art20": one.kind == "art20",
                **{name: str(getattr(account, name)) for name in amounts},
            }
        )  # fmt: skip
    return found


def _staff(plan: Plan, year: int) -> list[dict[str, Any]]:
    last = date(year, 12, 31)
    found = []
    for function in StaffFunction:
        rows = [one for one in StaffAssignment.objects.filter(plan=plan, function=function)
                if one.since_date <= last and (one.until_date or last) >= date(year, 1, 1)]  # fmt: skip
        if not rows:
            continue
        standing = [one for one in rows if (one.until_date or last) >= last]
        mean = sum((one.charged_fte * _months(one, year) for one in rows), Decimal(0)) / 12
        found.append(
            {
                "function": str(function.label), "people": len(standing),
                "fte": str(sum((one.fte for one in standing), Decimal("0.00"))),
                "charged_fte": str(sum((one.charged_fte for one in standing), Decimal("0.00"))),
                "mean_charged_fte": str(mean.quantize(_HUNDREDTH, ROUND_HALF_UP)),
            }
        )  # fmt: skip
    return found


def _months(one: StaffAssignment, year: int) -> int:
    """Months of the year in which the assignment ran, a month begun counting whole."""
    first = one.since_date.month if one.since_date.year == year else 1
    ends = one.until_date
    last = ends.month if ends and ends.year == year else 12
    return last - first + 1


# --- activity ------------------------------------------------------------------------------


def _activity(plan: Plan, year: int, until: date) -> dict[str, Any]:
    version = queries.version_on(plan, until) or queries.latest_version(plan)
    rows = list(queries.lines_of(version)) if version else []
    figures: dict[int, list[Figure]] = {}
    counted = figures_of_year([row.line for row in rows], year, until)
    for figure in counted:
        figures.setdefault(figure.indicator.line_id, []).append(figure)
    axis_of = {row.line_id: row.action.axis.number for row in rows}
    told = queries.years_of([row.line for row in rows], year)
    texts = {row.section: row.text for row in ReportText.objects.filter(plan=plan, year=year)}
    return {
        "axes": [{"number": axis.number, "title": axis.title} for axis in queries.axes_of(plan.programme)],
        "lines": [_line(row, figures.get(row.line_id, []), told.get(row.line_id)) for row in rows],
        "changes": _changes(plan, year), "commission": _commission(plan, year, until),
        "breakdowns": breakdowns(counted, axis_of, date(year, 1, 1), until),
        "texts": [
            {"section": section.value, "title": str(section.label), "text": texts.get(section, "")}
            for section in TextSection
        ],
    }  # fmt: skip


def _commission(plan: Plan, year: int, until: date) -> list[dict[str, Any]]:
    """Meetings held: for whom people were there, never their names; what was said on each point."""
    return [
        {
            "date": one.on_date.isoformat(), "voters": one.voters_present,
            "present": [
                row.member.organisation
                for row in one.presences.all()
                if row.presence == Presence.PRESENT
            ],
            "points": [
                {"title": str(point), "opinion": commission.opinion_words(point)}
                for point in one.points.all()
            ],
        }
        for one in commission.year_of_commission(plan, year)
        if one.on_date <= until
    ]  # fmt: skip


def _line(row: PlanLine, figures: list[Figure], told: LineYear | None) -> dict[str, Any]:
    words = ("reason", "worked", "hard", "change_planned")
    return {
        "number": row.line.number, "code": row.action.code, "title": str(row),
        "axis": row.action.axis.number, "delivery": row.get_delivery_display(),
        "partner": row.partner.name if row.partner else "", "state": row.get_state_display(),
        "status": told.get_status_display() if told else "",
        **{name: getattr(told, name) if told else "" for name in words},
        "figures": [_figure(one) for one in figures],
    }  # fmt: skip


def _figure(one: Figure) -> dict[str, Any]:
    row = one.indicator
    return {
        "label": row.label, "unit": row.unit, "level": row.get_level_display(),
        "measure": row.measure, "refs": list(row.refs), "additivity": one.additivity,
        "how": one.how, "value": _plain(one.value), "numerator": _plain(one.numerator),
        "denominator": _plain(one.denominator), "beside": _plain(one.beside),
        "beside_label": one.beside_label, "baseline": _plain(one.baseline),
        "target": _plain(one.target), "attained": _plain(one.attained), "reached": one.reached,
        "beside_measure": _measure(row.measure, "beside"), "is_publishable": row.is_publishable,
        "is_sensitive": row.is_sensitive, "is_ascending": row.is_ascending, "of_things": bool(_measure(row.measure, "of_things")),
    }  # fmt: skip


def _measure(key: str, name: str) -> Any:
    held = all_measures().get(key)
    return getattr(held, name) if held else ""


def _plain(value: Decimal | None) -> str | None:
    """A number as JSON holds it, without zeros that say nothing: « 12 », « 18.92 »."""
    if value is None:
        return None
    whole = value == value.to_integral_value()
    return str(int(value)) if whole else str(value.quantize(_HUNDREDTH, ROUND_HALF_UP))


def _changes(plan: Plan, year: int) -> list[dict[str, Any]]:
    rows = ChangeRequest.objects.filter(plan=plan).select_related("line").order_by("number")
    return [
        {
            "number": one.number, "kind": one.get_kind_display(),
            "line": one.line.number if one.line else None, "reason": one.reason,
            "state": one.get_state_display(), "opinion": one.opinion,
            "opinion_date": one.opinion_date.isoformat() if one.opinion_date else "",
            "decision": one.decision,
            "effective": one.effective_date.isoformat() if one.effective_date else "",
        }
        for one in rows
        if year in {one.asked_at.year, getattr(one.effective_date, "year", None)}
    ]  # fmt: skip


# --- money ---------------------------------------------------------------------------------


def _money(plan: Plan, year: int) -> dict[str, Any]:
    found = accounts.year_money(plan, year)
    recap = {"subsidy": _euros(found.subsidy), "eligible": _euros(found.eligible)}
    names = ("own_share_min", "total_to_justify", "due", "own_paid", "unused", "gap")
    done = found.justification
    recap |= {name: _euros(getattr(done, name)) if done else None for name in names}
    return {
        "recap": recap,
        "is_verified": bool(done and done.is_verified),
        "by_nature": [_charged(one) for one in found.by_nature],
        "by_line": [_charged(one) for one in found.by_line],
        "reconciliation": [
            {
                "function": one.function, "accounts": str(one.accounts), "plan": str(one.plan),
                "difference": str(one.difference), "why": one.why,
            }
            for one in accounts.reconcile(plan, year)
        ],
        "declaration": _("Les dépenses reprises ici ne sont justifiées auprès d’aucun autre pouvoir subsidiant."),
    }  # fmt: skip


def _charged(one: accounts.Charged) -> dict[str, str]:
    names = ("budget", "spent", "eligible", "charged")
    return {"label": one.label, **{name: str(getattr(one, name)) for name in names}}


def _euros(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


# --- two revisions ---------------------------------------------------------------------------


def differences(before: Any, after: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """This function will list what differs between two contents: where, before, after."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted({*before, *after})
        return [
            one
            for key in keys
            for one in differences(before.get(key), after.get(key), f"{path}/{key}")
        ]
    if isinstance(before, list) and isinstance(after, list):
        length = max(len(before), len(after))
        pairs = [(_at(before, n), _at(after, n), f"{path}/{n + 1}") for n in range(length)]
        return [one for old, new, where in pairs for one in differences(old, new, where)]
    return [] if before == after else [(path.lstrip("/"), before, after)]


def _at(rows: list[Any], index: int) -> Any:
    return rows[index] if index < len(rows) else None
