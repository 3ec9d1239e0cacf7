"""A small strategic plan of a CPAS, and what stands in it."""

from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.core.actors import Actor
from beffroi.steering import services as steering
from beffroi.steering.models import Element, Responsible, StrategicPlan
from beffroi.steering.services import PlanDraft
from beffroi.steering.strategic_enums import ABOVE, Level
from tests.factories.steering import GIVEN, NOW

KEY = "cpas-pst-2018"


def pst(**more: Any) -> StrategicPlan:
    """A strategic plan of a CPAS, a draft still."""
    values = {
        "key": KEY, "kind": "pst", "organisation": "CPAS", "name": "PST du CPAS",
        "authority": "CPAS de Mons", "nis_code": "53053", "starts_date": date(2018, 12, 3),
        "ends_date": date(2024, 12, 1), **more,
    }  # fmt: skip
    return steering.open_strategic_plan(draft=PlanDraft(**values), **GIVEN)


def element(
    plan: StrategicPlan, level: str, parent: Element | None = None, **values: Any
) -> Element:
    """An element, with what stands above it made on the way when it is not given."""
    above = ABOVE.get(Level(level))
    if above is not None and parent is None:
        parent = element(plan, above)
    values = {"title": f"Titre {level}", **values}
    part = "external" if above is None else ""
    return steering.add_element(
        plan=plan, level=level, parent=parent, part=part, values=values, **GIVEN
    )


def action(plan: StrategicPlan, parent: Element | None = None, **values: Any) -> Element:
    """An action with its planned dates."""
    dates = {"planned_start": date(2019, 3, 1), "planned_end": date(2020, 6, 30)}
    return element(plan, Level.ACTION, parent, **{**dates, **values})


def ongoing(
    plan: StrategicPlan, parent: Element | None = None, progress: int = 0, **values: Any
) -> Element:
    """An action under way, this far."""
    row = action(plan, parent, **values)
    steering.move_element(element=row, move="start", on=date(2019, 3, 4), **GIVEN)
    steering.tell_progress(
        element=row, progress=progress, health="good", words="", version=row.version, **GIVEN
    )
    return row


def person(plan: StrategicPlan, who: Actor | None = None, **more: Any) -> Responsible:
    """Somebody who answers for things; an agent who signs in when `who` is given."""
    values = {
        "quality": "agent", "first_name": "Camille", "last_name": "Dupont",
        "function": "Direction du service logement", "agent": int(who.ref) if who else None, **more,
    }  # fmt: skip
    return steering.name_responsible(plan=plan, **values, **GIVEN)


HALF = {"cpas": Decimal(50), "wallonia": Decimal(50)}


def strategic_arguments() -> dict[str, dict[str, object]]:
    """The real parameters of each address of strategic plans, with what they name."""
    steering.load_declaration(**GIVEN)
    made = pst()
    action(made)
    steering.freeze_progress(plan=made, on=NOW.date(), reason="Mi-parcours", **GIVEN)
    at, said = {"plan": KEY}, {"key": "cpas-2018"}
    return {
        "strategic": {}, "strategic_new": {}, "strategic_plan": at,
        "strategic_element": {**at, "ref": "A.1"}, "strategic_act": {**at, "act": "nommer"},
        "strategic_gantt": at, "strategic_money": at, "strategic_reports": at,
        "strategic_report_file": {**at, "number": 1, "form": "json"}, "strategic_ecomptes": at,
        "strategic_ecomptes_file": at, "declaration": said, "declaration_revise": said,
    }  # fmt: skip
