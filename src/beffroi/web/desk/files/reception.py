"""The nights of a month in the dwellings of reception, and what the State pays for them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from beffroi.casework import record_queries as queries
from beffroi.casework import services as casework
from beffroi.core.dates import add_months
from beffroi.rules.figures import Table
from beffroi.rules.outcomes import Outcome
from beffroi.web.desk.files import words
from beffroi.web.desk.files.fields import money


class RatesForm(forms.Form):
    """The rates of the month, where the house knows none."""

    use_required_attribute = False
    mois = forms.DateField(
        label=lazy("Mois"), input_formats=["%Y-%m", "%Y-%m-%d"], required=False,
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )  # fmt: skip
    adulte = money(lazy("Par nuit d’adulte, en euros"), required=False)
    enfant = money(lazy("Par nuit d’enfant, en euros"), required=False)


@require_safe
def nights(request: HttpRequest) -> HttpResponse:
    """This function will list the stays of a month with their nights, and the claim they make."""
    actor = request.actor  # type: ignore[attr-defined]
    form = RatesForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    month = _month(said.get("mois"))
    rows = queries.nights_of(actor, month)
    casework.read_list(
        rows=[row.stay.grant.file for row in rows], name="accueil", by=actor, at=timezone.now()
    )
    claim = queries.claim_of(rows, month, _rates(said.get("adulte"), said.get("enfant")))
    form.initial.setdefault("mois", month)
    context = {
        "form": form, "month": month, "rows": rows, "missing": claim.missing,
        "total_nights": sum(row.nights for row in rows), "slip": _slip(claim),
    }  # fmt: skip
    return render(request, "desk/files/reception.html", context)


def _month(said: date | None) -> date:
    """The month asked, else the last one that is over."""
    return (said or add_months(timezone.localdate().replace(day=1), -1)).replace(day=1)


def _rates(adult: Decimal | None, child: Decimal | None) -> Table | None:
    if adult is None or child is None:
        return None
    return Table({"adult": adult, "child": child}, _("tarifs de Fedasil, encodés"), "inferred")


def _slip(claim: Outcome) -> dict[str, Any]:
    lines = [
        {"label": step.label, "amount": words.euros(Decimal(step.value)), "note": step.formula,
         "article": step.reference, "unverified": not step.is_read}
        for step in claim.steps if step.key != "total"
    ]  # fmt: skip
    return {"lines": lines,
            "total": {"label": _("Créance du mois"), "amount": words.euros(claim.amount)}}  # fmt: skip
