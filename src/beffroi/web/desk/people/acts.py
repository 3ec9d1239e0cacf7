"""The acts on a person: each a form, one service call, and its refusal in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.web.desk.people.act_forms import FORMS, EndForm, ReasonForm
from beffroi.web.desk.people.forms import tell
from beffroi.web.desk.people.page import page_context

Call = Callable[..., Any]


def _in_household(*, household: str, role: str, **more: Any) -> None:
    if household:
        people.join_household(household=household, role=role, **more)
    else:
        people.open_household(role=role, **more)


_SERVICES: dict[str, Call] = {
    "adresse": people.add_address,
    "menage": _in_household,
    "lien": people.add_tie,
    "contact": people.add_contact,
    "numero": people.add_identifier,
    "nom": people.add_name,
    "etat-civil": people.set_civil_status,
    "langue": people.add_language,
    "consentement": people.give_consent,
    "representant": people.add_representative,
    "deces": people.note_death,
}
#: What can be ended on a day, and the name of its key.
_ENDS: dict[str, tuple[Call, str]] = {
    "adresse": (people.end_address, "address"),
    "numero": (people.end_identifier, "identifier"),
    "lien": (people.end_tie, "tie"),
    "representant": (people.end_representative, "representative"),
}
#: What is done with a reason.
_REASONED: dict[str, tuple[Call, str]] = {
    "proteger": (people.seal_address, "address"),
    "montrer": (people.unseal_address, "address"),
}


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if act == "expliquer":
        return _explain(request, reference)
    if act not in FORMS:
        raise Http404
    form = FORMS[act](request.POST)
    if form.is_valid():
        try:
            _SERVICES[act](reference=reference, by=actor, at=now, **form.given())
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:person", reference)
    context = page_context(request, reference, bound=form)
    return render(request, "desk/people/page.html", context, status=422)


def _explain(request: HttpRequest, reference: str) -> HttpResponse:
    people.explain_contradiction(
        reference=reference, key=request.POST.get("key", ""), why=request.POST.get("why", ""),
        by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
    )  # fmt: skip
    messages.success(request, _("L’explication est notée."))
    return redirect("desk:person", reference)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, reference: str, what: str, pk: int) -> HttpResponse:
    """This function will end something that lasted, on a day, or change it with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    if what not in {*_ENDS, *_REASONED, "consentement", "contact", "menage"}:
        raise Http404
    person = people.read_person(reference=reference, by=actor, at=now, reason=_("Modification"))
    reasoned = what in _REASONED
    data = request.POST or None
    form: Any = ReasonForm(data) if reasoned else EndForm(data, what=what)
    if request.method == "POST" and (what == "contact" or form.is_valid()):
        try:
            _do(what, pk, person.reference, form, actor, now)
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:person", person.reference)
    context = {"form": form, "person": person, "title": _titles()[what], "what": what}
    status = 422 if form.errors else 200
    return render(request, "desk/people/end.html", context, status=status)


def _do(what: str, pk: int, reference: str, form: Any, by: Actor, at: datetime) -> None:
    common = {"reference": reference, "by": by, "at": at}
    if what == "contact":
        people.remove_contact(contact=pk, **common)  # type: ignore[arg-type]
        return
    given = form.cleaned_data
    if what == "consentement":
        people.withdraw_consent(consent=pk, on=given["until"], proof=given["proof"], **common)  # type: ignore[arg-type]
    elif what == "menage":
        # An address holds no letters: the number of a household is that of its reference.
        people.leave_household(household=f"H{pk:08d}", until=given["until"], **common)  # type: ignore[arg-type]
    elif what in _REASONED:
        call, key = _REASONED[what]
        call(**{key: pk}, reason=given["reason"], **common)
    else:
        call, key = _ENDS[what]
        call(**{key: pk}, until=given["until"], **common)


def _titles() -> dict[str, str]:
    return {
        "adresse": _("Finir une adresse"), "numero": _("Finir un numéro"),
        "lien": _("Finir un lien"), "representant": _("Finir une représentation"),
        "consentement": _("Noter le retrait d’un consentement"), "contact": _("Ôter un contact"),
        "menage": _("Quitter un ménage"), "proteger": _("Protéger une adresse"),
        "montrer": _("Lever la protection d’une adresse"),
    }  # fmt: skip
