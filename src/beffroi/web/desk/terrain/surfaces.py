"""Surfaces to clean: those that wait, one with its owner’s answer, its work and photographs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import OutingKind, OwnerConsent, Source, SurfaceState
from beffroi.acts.fieldwork.workflow import SURFACE_MOVES, moves_from
from beffroi.core.errors import Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.terrain.faults import where
from beffroi.web.desk.terrain.forms import (
    ConsentForm,
    MeasureForm,
    PhotoForm,
    SurfaceForm,
    WhyForm,
    WorkForm,
)
from beffroi.web.desk.terrain.outings import own_areas
from beffroi.web.desk.terrain.photos import photo_rows

_A_PAGE = 40
_TONES: dict[Any, str] = {SurfaceState.ASKED: "amber", SurfaceState.DONE: "green", SurfaceState.DROPPED: ""}  # fmt: skip
_CONSENT: dict[Any, str] = {OwnerConsent.ASKED: "amber", OwnerConsent.GIVEN: "green", OwnerConsent.REFUSED: "red"}  # fmt: skip


def metres(value: Any) -> str:
    """This function will write square metres, to the hundredth."""
    return f"{number_format(value, 2, force_grouping=True)} m²"


def _first(request: HttpRequest, seen: str) -> dict[str, Any]:
    """What the form holds before anything is typed: of a fault that was seen, where it is."""
    first: dict[str, Any] = {"asked_on": timezone.localdate()}
    if whole_number(seen) is not None:
        own = permissions.observations_visible_to(request.actor)  # type: ignore[attr-defined]
        found = queries.observation(own, int(seen[:18]))
        if found is not None:
            first |= {"observation": found.pk, "address": where(found), "source": Source.SIGHTING, "asked_on": found.date}  # fmt: skip
    return first


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the surfaces that wait and those done, and note one more."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    first = _first(request, str(request.GET.get("constat", "")))
    form = SurfaceForm(own_areas(actor, OutingKind.SURFACES), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = fieldwork.ask_surface(draft=form.draft(), by=actor, at=now)
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("L’intervention est notée."))
            return redirect("desk:terrain_surface", made.pk)
    own = permissions.surfaces_visible_to(actor)
    page = Paginator(queries.surfaces_to_do(own), _A_PAGE).get_page(request.GET.get("page"))
    since = date(timezone.localdate(now).year, 1, 1)
    context = {
        "form": form, "page": page, "rows": [_row(one) for one in page],
        "done": [_row(one) for one in queries.surfaces_done(own)], "year": since.year,
        "metres": metres(queries.square_metres_since(own, since)),
        "columns": [{"label": _("Adresse")}, {"label": _("Depuis")}, {"label": _("Propriétaire")},
                    {"label": _("Mètres carrés"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/terrain/surfaces.html", context)


def _row(one: Any) -> list[Any]:
    tag = ""
    if one.consent:
        tag = _("accord %(state)s") % {"state": str(one.get_consent_display()).lower()}
    return [
        {"text": one.address or _("adresse oubliée"), "sub": one.area.name,
         "url": reverse("desk:terrain_surface", args=[one.pk]),
         "tag": _("d’abord") if one.is_urgent and one.state == SurfaceState.ASKED else "",
         "tone": "red"},
        f"{one.done_on or one.asked_on:%d/%m/%Y}",
        {"text": str(one.get_owner_display()), "tag": tag, "tone": _CONSENT.get(one.consent, "")},
        {"text": metres(one.square_metres) if one.square_metres else "", "end": True},
    ]  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.surface(permissions.surfaces_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _forms(found: Any, post: Any = None, files: Any = None, act: str = "") -> dict[str, Any]:
    today = timezone.localdate()
    measured = {"square_metres": found.square_metres}
    return {
        "accord": ConsentForm(post if act == "accord" else None, initial={"on": today}),
        "faire": WorkForm(post if act == "faire" else None, initial={"done_on": today}, auto_id="w-%s"),
        "corriger": MeasureForm(post if act == "corriger" else None, initial=measured, auto_id="m-%s"),
        "abandonner": WhyForm(post if act == "abandonner" else None, auto_id="y-%s"),
        "photo": PhotoForm(*((post, files) if act == "photo" else ()), auto_id="p-%s"),
    }  # fmt: skip


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a surface: whose it is, who agreed, what was done."""
    found = _visible(request, pk)
    return _page(request, found, _forms(found))


def _page(request: HttpRequest, found: Any, forms: dict[str, Any]) -> HttpResponse:
    photos = queries.photos_of(permissions.photos_visible_to(request.actor), surface=found.pk)  # type: ignore[attr-defined]
    context = {
        "surface": found, "tone": _TONES[found.state], "photos": photo_rows(photos),
        "moves": {move.key for move in moves_from(SURFACE_MOVES, found.state)},
        "asks_owner": found.state == SurfaceState.ASKED and found.owner == "private",
        "may_clean": not found.consent or found.consent == OwnerConsent.GIVEN,
        "metres": metres(found.square_metres) if found.square_metres else "",
        "consent_form": forms["accord"], "work_form": forms["faire"],
        "measure_form": forms["corriger"], "drop_form": forms["abandonner"],
        "photo_form": forms["photo"],
        "faulty": next((f for f in forms.values() if f.is_bound and f.errors), None),
    }  # fmt: skip
    return render(request, "desk/terrain/surface.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will note the owner’s answer, the work, a photograph, or give a wall up."""
    found = _visible(request, pk)
    given: dict[str, Any] = {"surface": pk, "by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if act == "reprendre":
        fieldwork.resume_surface(**given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:terrain_surface", pk)
    forms = _forms(found, request.POST, request.FILES, act)
    if act not in forms:
        raise Http404
    if forms[act].is_valid():
        try:
            _do(act, forms[act], given)
        except Refusal as refused:
            forms[act].tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:terrain_surface", pk)
    return _page(request, found, forms)


def _do(act: str, form: Any, given: dict[str, Any]) -> None:
    said = form.cleaned_data
    if act == "accord":
        fieldwork.settle_consent(
            is_given=said["answer"] == "yes", who=said["who"], on=said["on"], proof=said["proof"],
            **given,
        )  # fmt: skip
    elif act == "faire":
        fieldwork.finish_surface(work=form.work(), **given)
    elif act == "corriger":
        fieldwork.correct_surface(**said, **given)
    elif act == "abandonner":
        fieldwork.drop_surface(why=said["why"], **given)
    else:
        sent = said["file"]
        fieldwork.add_photo(name=str(sent.name), content=sent.read(), stage=said["stage"], **given)
