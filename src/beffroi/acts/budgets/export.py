"""What debt mediation holds about a person, for the answer to her right of access.

Only a mediator, for the files she may open, or the privacy officer who answers the person is given
it: an extract asked for by another team must not tell that a mediation exists.
"""

from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.budgets.models import MediationFile
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.core.actors import Actor
from beffroi.documents.letters.export import letters_about
from beffroi.people import queries as people


def export_mediations(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give the mediation files of a person as plain data; amounts in euros."""
    person = people.id_of(reference)
    if person is None or actor is None:
        return {}
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    held = MediationFile.objects.all() if whole else files_visible_to(actor)
    rows = held.filter(persons__in=people.same_ids(person)).distinct()
    return {"files": [_file(row) for row in rows.order_by("pk")]}


def _file(row: MediationFile) -> dict[str, Any]:
    return {
        "reference": row.reference, "opened": row.opened_at.isoformat(), "state": row.state,
        "outcome": row.outcome, "story": row.story,
        "convention": row.convention_date.isoformat() if row.convention_date else None,
        "debts": [
            {
                "creditor": str(debt.creditor), "kind": debt.kind, "principal": str(debt.principal),
                "interest": str(debt.interest), "costs": str(debt.costs), "paid": str(debt.paid),
                "state": debt.state, "dispute": debt.dispute,
            }
            for debt in row.debts.select_related("creditor")
        ],
        "budgets": [
            {
                "drawn": sheet.drawn_date.isoformat(), "disposable": str(sheet.disposable),
                "lines": [
                    {"side": x.side, "label": x.label, "amount": str(x.amount), "every": x.every}
                    for x in sheet.lines.all()
                ],
            }
            for sheet in row.budgets.prefetch_related("lines")
        ],
        "plans": [
            {
                "number": plan.number, "state": plan.state, "monthly": str(plan.monthly),
                "total": str(plan.total), "first": plan.first_date.isoformat(),
            }
            for plan in row.plans.all()
        ],
        **letters_about([row.reference]),
        "money": [
            {
                "date": x.value_date.isoformat(), "label": x.label, "amount": str(x.amount),
                "balance": str(x.balance),
            }
            for x in row.client_account.movements.all()
        ] if hasattr(row, "client_account") else [],
    }  # fmt: skip
