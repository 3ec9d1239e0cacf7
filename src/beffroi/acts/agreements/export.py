"""What agreements hold about a person, for the answer to her right of access."""

from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.core.actors import Actor
from beffroi.documents.letters.export import letters_about
from beffroi.people import queries as people


def export_agreements(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give the agreements of a person as plain data.

    The privacy officer is given all of them; anybody else those she may open.
    """
    person = people.id_of(reference)
    if person is None or actor is None:
        return {}
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    rows = Agreement.objects.all() if whole else agreements_visible_to(actor)
    held = rows.filter(person_id__in=people.same_ids(person)).order_by("pk")
    return {"agreements": [_agreement(row) for row in held]}


def _agreement(row: Agreement) -> dict[str, Any]:
    return {
        "reference": row.reference, "kind": row.kind, "state": row.state, "title": row.title,
        "signed": row.signed_date.isoformat() if row.signed_date else None,
        "texts": [text.content for text in row.texts.all()],
        "clauses": [
            {"side": one.side, "text": one.text, "state": one.state} for one in row.clauses.all()
        ],
        "evaluations": [
            {
                "held": one.held_date.isoformat(), "finding": one.finding,
                "person": one.person_words, "worker": one.worker_words,
            }
            for one in row.evaluations.all()
        ],
        "needs": row.piis.needs if hasattr(row, "piis") else "",
        **letters_about([row.reference]),
    }  # fmt: skip
