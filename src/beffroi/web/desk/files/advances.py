"""Advances on benefits: which are to be claimed back from the body that pays its arrears."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.casework import advance_queries as queries
from beffroi.casework import services as casework
from beffroi.web.desk.files import words


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """This function will list the advances of the agent's files, those to claim back first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.advances_of(actor)
    casework.read_list(
        rows=[row.grant.file for row in rows], name="avances", by=actor, at=timezone.now()
    )
    heads = (_("Personne"), _("Organisme"), _("Avances sorties"), _("Récupération"))
    context = {
        "columns": [{"label": head, "end": rank == 2} for rank, head in enumerate(heads)],
        "rows": [_row(row) for row in rows],
        "empty": {
            "title": _("Aucune avance n’est en paiement."),
            "text": _("Une avance sur prestations accordée paraît ici dès son premier ordre."),
        },
        "waiting": sum(row.is_waiting for row in rows),
    }
    return render(request, "desk/files/advances.html", context)


def _row(row: queries.Advance) -> list[dict[str, Any]]:
    grant = row.grant
    return [
        {"text": str(grant.file.person), "url": reverse("desk:grant", args=[grant.reference]),
         "sub": f"{grant.file.number} · {grant.reference}"},
        {"text": row.body or _("pas noté"), "sub": row.body_reference},
        {"text": words.euros(row.sent), "end": True},
        claim_cell(row),
    ]  # fmt: skip


def claim_cell(row: queries.Advance) -> dict[str, Any]:
    """This function will say in a cell where the claim of an advance stands."""
    if row.claim is None:
        if row.is_waiting:
            return {
                "text": "",
                "tag": _("à réclamer à l’arrivée de la prestation"),
                "tone": "amber",
            }
        return {"text": _("rien n’est encore sorti")}
    if row.claim.is_settled:
        return {"text": row.claim.reference, "tag": _("rendue"), "tone": "green"}
    left = _("reste %(left)s sur %(whole)s") % {
        "left": words.euros(row.claim.left), "whole": words.euros(row.claim.amount),
    }  # fmt: skip
    return {"text": row.claim.reference, "tag": _("réclamée"), "tone": "copper", "sub": left}
