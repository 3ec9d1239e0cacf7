"""What follows a decision: its letter, its sending, its presentation; and the openings to see."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import openings_told_to
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.files.fields import day

_DELIVERIES = (
    ("registered", lazy("Recommandé")),
    ("hand", lazy("Remise en main propre, contre accusé")),
)


class LetterForm(forms.Form):
    delivery = forms.ChoiceField(label=lazy("Envoi"), choices=_DELIVERIES)


class SentForm(LetterForm):
    registered_number = forms.CharField(
        label=lazy("Numéro du recommandé"), max_length=40, required=False
    )


class PresentedForm(forms.Form):
    on = day(lazy("Première présentation"))


_ACTS: dict[str, tuple[type[forms.Form], Any, Any]] = {
    "lettre": (LetterForm, casework.write_decision_letter, lazy("La lettre est écrite.")),
    "envoi": (SentForm, casework.notify, lazy("La décision est notifiée.")),
    "presentation": (
        PresentedForm,
        casework.record_presentation,
        lazy("La date est gardée : le délai de recours court."),
    ),
}


@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """This function will do one act on a decision, and come back to its application."""
    decision = queries.decision(number)
    if act not in _ACTS or decision is None:
        raise Http404
    kind, service, done = _ACTS[act]
    form = kind(request.POST)
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, " ".join(str(one) for one in said))
        return redirect("desk:application", decision.application.reference)
    try:
        service(
            number=number, by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            **form.cleaned_data,
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        fields = refused.fields if isinstance(refused, InvalidInput) else {}
        messages.error(request, " ".join([str(refused), *fields.values()]))
    else:
        messages.success(request, str(done))
    return redirect("desk:application", decision.application.reference)


@require_POST
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will record what was voted as it was proposed, and come back to the first page."""
    try:
        number = casework.decide(
            reference=reference, by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        fields = refused.fields if isinstance(refused, InvalidInput) else {}
        messages.error(request, " ".join([str(refused), *fields.values()]))
    else:
        messages.success(request, _("La décision %(number)s est actée.") % {"number": number})
    return redirect("desk:first_page")


@require_http_methods(["GET", "HEAD", "POST"])
def openings(request: HttpRequest) -> HttpResponse:
    """This function will show the leader who opened which file out of her caseload, and why."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        seen = whole_number(request.POST.get("opening", "")) or 0
        casework.acknowledge_opening(opening=seen, by=actor, at=timezone.now())
        messages.success(request, _("C’est noté : vous l’avez vue."))
        return redirect("desk:file_openings")
    rows = openings_told_to(actor).select_related("file__person", "agent").order_by("-at")
    return render(request, "desk/files/openings.html", {"openings": list(rows)})
