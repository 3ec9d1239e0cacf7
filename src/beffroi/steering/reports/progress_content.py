"""What a state of progress says: gathered once from the plan, then frozen."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.steering.models import (
    CommitmentText,
    Element,
    ElementBudget,
    StrategicDecision,
    StrategicPlan,
)
from beffroi.steering.strategic_enums import (
    OBJECTIVES,
    ORIGINS,
    WHOLE,
    ElementState,
    Health,
)
from beffroi.steering.strategic_figures import figures_by_element
from beffroi.steering.strategic_queries import (
    Coverage,
    Node,
    begins_late,
    coverage_of,
    elements_of,
    is_late,
    tree_of,
    waiting_on,
    without_action,
)

KIND = "progress"


def gather_progress(plan: StrategicPlan, day: date) -> dict[str, Any]:
    """This function will gather where a plan stands on `day`: every element, figure and euro.

    People are told by their function: the report is published, names are not needed in it.
    """
    rows = list(elements_of(plan).prefetch_related("partners", "lines", "commitments"))
    nodes = [node for top in tree_of(rows) for node in top.all_below()]
    figures = figures_by_element(rows, day.year, day)
    actions = [node.element for node in nodes if node.element.level not in OBJECTIVES]
    waiting = waiting_on(actions, day)
    coverage = coverage_of(plan.declaration) if plan.declaration else []
    return {
        "kind": KIND, "year": day.year, "until": day.isoformat(),
        "identity": {
            "plan": plan.name, "nature": plan.get_kind_display(), "pilot": plan.authority,
            "organisation": plan.get_organisation_display(),
            "starts": plan.starts_date.isoformat(), "ends": plan.ends_date.isoformat(),
            "adopted": plan.adopted_date.isoformat() if plan.adopted_date else "",
            "declaration": plan.declaration.title if plan.declaration else "",
        },
        "states": _counts(actions, "state", ElementState),
        "health": _counts(actions, "health", Health),
        "late": len(waiting.ending), "begins_late": len(waiting.beginning),
        "elements": [_element(node, day, figures.get(node.element.pk, [])) for node in nodes],
        "budgets": _budgets(plan),
        "commitments": [_commitment(one, depth) for one, depth in _flat(coverage)],
        "bare_commitments": [str(text.commitment) for text in without_action(coverage)],
        "decisions": _decisions(plan),
    }  # fmt: skip


def _counts(rows: list[Element], name: str, words: Any) -> list[list[Any]]:
    counted = [(str(one.label), sum(getattr(row, name) == one for row in rows)) for one in words]
    return [[label, count] for label, count in counted if count]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _element(node: Node, day: date, figures: list[dict[str, Any]]) -> dict[str, Any]:
    row = node.element
    return {
        "reference": row.reference, "level": row.level, "title": row.title,
        "description": row.description, "state": str(row.get_state_display()),
        "progress": None if node.progress is None else str(node.progress), "apart": node.apart,
        "health": str(row.get_health_display()), "health_words": row.health_words,
        "responsible": row.responsible.function if row.responsible else "",
        "mandatary": row.mandatary.function if row.mandatary else "",
        "department": row.department, "partners": [one.name for one in row.partners.all()],
        "planned": [_day(row.planned_start), _day(row.planned_end)],
        "effective": [_day(row.effective_start), _day(row.effective_end)],
        "late": is_late(row, day), "begins_late": begins_late(row, day),
        "fte": None if row.fte is None else str(row.fte),
        "lines": [one.number for one in row.lines.all()],
        "commitments": [str(one) for one in row.commitments.all()],
        "synergy": f"{row.get_synergy_kind_display()} : {row.synergy_note}" if row.synergy_kind else "",
        "figures": figures,
    }  # fmt: skip


def origin_amounts(row: ElementBudget) -> dict[str, Decimal]:
    """This function will share a budget by origin, in euros; the cents left go to the largest part."""
    shares = {name: getattr(row, name) for name in ORIGINS if getattr(row, name)}
    made = {
        name: (row.amount * share / WHOLE).quantize(Decimal("0.01"))
        for name, share in shares.items()
    }
    largest = max(shares, key=lambda name: shares[name])
    made[largest] += row.amount - sum(made.values(), Decimal(0))
    return made


def _budgets(plan: StrategicPlan) -> list[dict[str, Any]]:
    rows = ElementBudget.objects.filter(element__plan=plan).order_by("year", "pk")
    years: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        held = years.setdefault(row.year, {})
        for name, amount in origin_amounts(row).items():
            held[name] = held.get(name, Decimal(0)) + amount
    return [
        {
            "year": year, "amount": str(sum(held.values(), Decimal(0))),
            "origins": {str(ORIGINS[n]): str(held[n]) for n in ORIGINS if n in held},
        }
        for year, held in sorted(years.items())
    ]  # fmt: skip


def _flat(found: Iterable[Coverage], depth: int = 0) -> Iterable[tuple[Coverage, int]]:
    for one in found:
        yield one, depth
        yield from _flat(one.details, depth + 1)


def _commitment(one: Coverage, depth: int) -> dict[str, Any]:
    text: CommitmentText = one.text
    return {
        "number": str(text.commitment), "heading": str(text.heading), "text": text.text,
        "depth": depth, "actions": [row.reference for row in one.elements],
        "covered": one.is_covered,
    }  # fmt: skip


def _decisions(plan: StrategicPlan) -> list[dict[str, str]]:
    rows = StrategicDecision.objects.filter(plan=plan).select_related("element")
    return [
        {
            "on": one.on_date.isoformat(), "body": str(one.get_body_display()),
            "item": one.item, "title": one.title,
            "element": one.element.reference if one.element else "",
        }
        for one in rows
    ]  # fmt: skip
