"""Entering a person: typed, or read from the file of her card and read over with her."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.people.eid import MOST_BYTES, EidDraft, EidRefused, read_eid
from beffroi.people.enums import Source
from beffroi.web.desk.people.forms import CardForm, EntryForm, tell


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This function will enter a person and show her page, with who resembles her."""
    if "remplir" in request.POST:  # what a request says of her, to be read over before it is kept
        return _form(request, EntryForm(initial=request.POST.dict()))
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reference = people.enter_whole(
                entry=_entry(form), by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("La personne est entrée. Sa référence : %s.") % reference)
            return redirect("desk:person", reference)
    return _form(request, form)


def _entry(form: EntryForm) -> people.Entry:
    given = form.cleaned_data
    place = {k: given[k] for k in ("street", "box", "postal_code", "locality")}
    return people.Entry(
        identity=people.Identity(**form.identity()),
        niss=given["niss"],
        address=people.AddressDraft(**place) if place["locality"] or place["street"] else None,
        phone=given["phone"],
        source=Source.EID if given["from_card"] else Source.DECLARED,
    )


def _form(request: HttpRequest, form: EntryForm, card: EidDraft | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "desk/people/entry.html", {"form": form, "card": card}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """This function will read the file of a card and show the entry it fills, to be confirmed."""
    form = CardForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = read_eid(form.cleaned_data["file"].read(MOST_BYTES + 1))
        except EidRefused as refused:
            tell(form, refused)
        else:
            return _form(request, EntryForm(initial=_initial(draft)), draft)
    status = 422 if form.errors else 200
    return render(request, "desk/people/card.html", {"form": form}, status=status)


def _initial(draft: EidDraft) -> dict[str, Any]:
    """What the card fills in. Gender is left to the person; the country is not read from a word."""
    belgian = draft.nationality_word.lower().startswith(("belg",))
    return {
        "last_name": draft.last_name, "first_name": draft.first_name, "niss": draft.niss,
        "birth_date": draft.birth_date, "birth_place": draft.birth_place,
        "nationality": "BE" if belgian else "", "street": draft.street, "box": draft.box,
        "postal_code": draft.postal_code, "locality": draft.locality, "from_card": True,
        "lang": "fr",
    }  # fmt: skip
