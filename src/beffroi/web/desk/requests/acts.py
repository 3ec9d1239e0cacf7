"""The acts on a request: each a form, one service call, and its refusal in words."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome
from beffroi.acts.requests.permissions import requests_visible_to
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.web.desk.requests.act_forms import FORMS, ActForm, done_words
from beffroi.web.desk.requests.page import new_form, page_context

_SERVICES: dict[str, Any] = {
    "answer": requests.answer_person,
    "take": requests.take,
    "accept": requests.accept,
    "decline": requests.decline,
    "ask_document": requests.ask_document,
    "offer_times": requests.offer_times,
    "note": requests.add_note,
    "assign": requests.assign,
    "pass_on": requests.pass_on,
    "transfer": requests.transfer,
    "keep_here": requests.keep_here,
    "close": requests.close,
    "reopen": requests.reopen,
}


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = requests_visible_to(actor).select_related("team").filter(reference=reference).first()
    if asked is None or act not in FORMS:
        raise Http404
    form = new_form(act, asked, request.POST)
    if form.is_valid():
        try:
            given = form.given()
            if act == "close":
                given["outcome"] = Outcome(given["outcome"])
            _SERVICES[act](reference=reference, by=actor, at=timezone.now(), **given)
        except NotAllowed:
            raise
        except Refusal as refused:
            _tell(form, refused)
        else:
            messages.success(request, done_words()[act])
            seen = requests_visible_to(actor).filter(pk=asked.pk).exists()
            return redirect("desk:request", reference) if seen else redirect("desk:first_page")
    context = page_context(request, reference, bound=form)
    return render(request, "desk/requests/page.html", context)


def _tell(form: ActForm, refused: Refusal) -> None:
    """Puts the words of a refusal on the fields they speak of, or above them all."""
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    written = next((n for n, f in form.fields.items() if isinstance(f, forms.CharField)), None)
    for name, said in fields.items():
        form.add_error(name if name in form.fields else written, said)
    if not fields:
        form.add_error(None, str(refused))
