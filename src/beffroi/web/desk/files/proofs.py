"""Writing a paper that proves an aid: card, undertaking, guarantee, attestation, subrogation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.services.proving import TO_THIRD_PARTIES
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.web.desk.files import words
from beffroi.web.desk.files.fields import day, money


class ProofForm(forms.Form):
    """What the paper says beside the decision, for a third party."""

    use_required_attribute = False
    name = forms.CharField(label=lazy("Adressé à"), max_length=120)
    address = forms.CharField(
        label=lazy("Adresse"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Vide : le document est remis en main propre."),
    )  # fmt: skip
    what = forms.CharField(label=lazy("Ce qui est pris en charge"), max_length=300)
    ceiling = money(lazy("Jusqu’à quel montant, en euros"))
    until_date = day(lazy("Jusqu’au"))

    def __init__(self, *args: Any, kind: str, decision: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = decision.facts.get("details", {})
        if kind not in TO_THIRD_PARTIES:
            self.fields.clear()
            return
        if kind != "requisition":
            for name in ("what", "ceiling", "until_date"):
                del self.fields[name]
        else:
            self.fields["ceiling"].initial = decision.amount or told.get("monthly_cap")
            self.fields["until_date"].initial = decision.until_date or told.get("last_day")
        names = [told.get(k) for k in ("payee_name", "landlord", "pharmacy", "home", "paying_body")]
        self.fields["name"].initial = next((one for one in names if one), "")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """This function will ask what the paper needs, write it, and lead to the letter."""
    actor = request.actor  # type: ignore[attr-defined]
    decision = queries.decision(number)
    if decision is None or kind not in casework.proofs_of(decision):
        raise Http404
    casework.may_prove(number=number, by=actor, at=timezone.now())
    is_post = request.method == "POST"
    form = ProofForm(request.POST if is_post else None, kind=kind, decision=decision)
    if is_post and form.is_valid():
        try:
            letter = casework.write_proof(
                number=number, kind=kind, by=actor, at=timezone.now(),
                terms=casework.ProofTerms(**form.cleaned_data),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            fields = refused.fields if isinstance(refused, InvalidInput) else {}
            for name, said in fields.items():
                form.add_error(name if name in form.fields else None, said)
            if not fields:
                form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le document est écrit."))
            return redirect("desk:letter", letter)
    context = {"decision": decision, "form": form, "label": words.proof_label(kind),
               "application": decision.application}  # fmt: skip
    return render(request, "desk/files/proof.html", context)
