"""What the mediator prints: the schedule of a plan, a letter to a creditor."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from beffroi.acts.budgets.models import CreditorLetter, MediationFile, Plan
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


def creditor_letter_pdf(letter: CreditorLetter) -> bytes:
    """This function will print a letter to a creditor from the facts kept with it."""
    facts = dict(letter.facts)
    debts = [_written(debt) for debt in facts.pop("debts", [])]
    days = ("date", "birth_date", "convention_date", "answer_by")
    facts |= {name: date.fromisoformat(facts[name]) for name in days if facts.get(name)}
    owed = sum((Decimal(debt["raw"]) for debt in debts), Decimal(0))
    context = {
        "facts": facts, "debts": debts, "kind": letter.kind, "title": letter.get_kind_display(),
        "total": euros(owed), "commune": briefs.own_commune(),
    }  # fmt: skip
    return _pdf("budgets/creditor_letter.html", context)


def _written(debt: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {**debt, "raw": debt["owed"], "owed": euros(Decimal(debt["owed"]))}
    for name in ("monthly", "last"):
        if debt.get(name):
            said[name] = euros(Decimal(debt[name]))
    for name in ("from", "until"):
        if debt.get(name):
            said[f"{name}_date"] = date.fromisoformat(debt[name])
    return said


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    from beffroi.documents.pdf import render_pdf  # heavy: read only when a page is printed

    return render_pdf(render_to_string(template, context), styles=["beffroi/css/a4.css"])
