"""What comes with the house as a draft: a prevention plan whose phenomena and actions are published."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from beffroi.core.actors import Actor
from beffroi.steering.models import Element, Line, StrategicPlan
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must
from beffroi.steering.services.strategic import PlanDraft, add_element, open_strategic_plan
from beffroi.steering.strategic_enums import Level, Part

_FILE = Path(__file__).resolve().parents[1] / "data" / "pssp_mons_draft.yaml"


@transaction.atomic
def load_prevention_draft(*, by: Actor, at: datetime) -> StrategicPlan:
    """This function will load the draft of the prevention plan, once: phenomena, actions, lines.

    Its actions are tied to the lines of the cohesion plan that do the same work, if it is loaded.

    Raises: NotAllowed.
    """
    must(can_steer(by))
    given: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    held = StrategicPlan.objects.filter(key=given["key"]).first()
    if held is not None:
        return held
    names = ("key", "kind", "organisation", "name", "authority", "nis_code", "source", "notes")
    draft = PlanDraft(
        starts_date=date.fromisoformat(given["starts"]),
        ends_date=date.fromisoformat(given["ends"]), **{name: given[name] for name in names},
    )  # fmt: skip
    plan = open_strategic_plan(draft=draft, by=by, at=at)
    lines: dict[int, Line] = {}
    for line in Line.objects.order_by("plan__programme__starts_date"):
        lines[line.number] = line
    for one in given["objectives"]:
        _objective(plan, one, given["department"], lines, by=by, at=at)
    return plan


def _objective(
    plan: StrategicPlan, given: dict[str, Any], department: str, lines: dict[int, Line], *,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    def add(level: Level, parent: Element | None, **values: Any) -> Element:
        part = Part.EXTERNAL if parent is None else ""
        return add_element(
            plan=plan, level=level, parent=parent, part=part, values=values, by=by, at=at
        )

    top = add(Level.STRATEGIC, None, title=given["title"], department=department)
    middle = add(Level.OPERATIONAL, top, title=given["operational"], department=department)
    for one in given["actions"]:
        add(
            Level.ACTION, middle, title=one["title"], description=one["description"],
            department=department,
            lines=[lines[n] for n in one.get("lines", []) if n in lines],
        )  # fmt: skip
