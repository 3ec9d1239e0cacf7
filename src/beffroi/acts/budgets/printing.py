"""What the mediator prints besides letters: the schedule of a plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from beffroi.acts.budgets.models import MediationFile, Plan
from beffroi.directory import briefs
from beffroi.rules.amounts import euros


def schedule_pdf(
    file: MediationFile,
    plan: Plan,
    creditors: Sequence[str],
    months: Sequence[dict[str, Any]],
    today: date,
) -> bytes:
    """This function will print the schedule of a plan, month by month, on A4."""
    context = {
        "file": file, "plan": plan, "creditors": creditors, "months": months, "today": today,
        "persons": ", ".join(str(one.person) for one in file.members.all()),
        "monthly": euros(plan.monthly), "total": euros(plan.total), "commune": briefs.own_commune(),
        "few": len(creditors) <= 5,
    }  # fmt: skip
    return _pdf("budgets/schedule.html", context)


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    from beffroi.documents.pdf import render_pdf  # heavy: read only when a page is printed

    return render_pdf(render_to_string(template, context), styles=["beffroi/css/a4.css"])
