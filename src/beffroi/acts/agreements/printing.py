"""What an agreement prints before it is signed; the papers to keep are letters of the house."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from beffroi.acts.agreements.enums import ClauseKind, PartySide
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.services.signing import content_of
from beffroi.directory import briefs
from beffroi.rules.amounts import euros


def draft_pdf(row: Agreement, today: date) -> bytes:
    """This function will print the text as it is being prepared, marked as not signed."""
    content = content_of(row)
    sides = []
    for side in PartySide:
        clauses = [one for one in content["clauses"] if one["side"] == side]
        if clauses:
            sides.append({"label": side.label, "clauses": [_clause(one) for one in clauses]})
    transit = content.get("transit")
    context = {
        "content": content, "sides": sides, "today": today,
        "starts": _day(content["starts"]), "ends": _day(content["ends"]),
        "monthly": euros(Decimal(transit["monthly"])) if transit else "",
        "commune": briefs.own_commune(),
    }  # fmt: skip
    return _pdf("agreements/text.html", context)


def _clause(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "due": _day(one["due"]), "is_objective": one["kind"] == ClauseKind.OBJECTIVE}


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    from beffroi.documents.pdf import render_pdf  # heavy: read only when a page is printed

    return render_pdf(render_to_string(template, context), styles=["beffroi/css/a4.css"])
