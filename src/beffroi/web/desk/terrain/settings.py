"""What leads set up: areas and what they count to, the spots a touch names, the kits."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind
from beffroi.core.errors import Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.terrain.forms import AreaForm, KitForm, SpotForm


def _teams(actor: Actor) -> list[tuple[str, str]]:
    return [(t.key, t.name) for t in accounts.teams() if permissions.can_set_up(actor, t.key)]


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the areas and the kits, and write a new area."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    form = AreaForm(_teams(actor), request.POST or None, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = fieldwork.create_area(
                draft=form.draft(), team=form.cleaned_data["team"], by=actor, at=timezone.now()
            )
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("Le secteur est écrit. Nommez maintenant ses endroits."))
            return redirect("desk:terrain_area", made.pk)
    return _all(request, form, KitForm(_teams(actor), auto_id="k-%s"))


def _all(request: HttpRequest, form: AreaForm, kit_form: KitForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, teams = timezone.localdate(), [key for key, _name in _teams(actor)]
    areas = queries.areas_listed(permissions.areas_visible_to(actor))
    context = {
        "form": form, "kit_form": kit_form,
        "rows": [_row(one) for one in areas if one.team.key in teams],
        "kits": queries.kit_kinds(teams, today),
        "faulty": next((f for f in (form, kit_form) if f.is_bound and f.errors), None),
        "columns": [{"label": _("Secteur")}, {"label": _("Genre")}, {"label": _("Compte pour")},
                    {"label": _("Endroits"), "end": True}, {"label": _("Sorties"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/terrain/settings.html", context)


def _row(one: Any) -> list[Any]:
    held = ", ".join(key.key for key in one.keys.all() if key.until_date is None)
    return [
        {"text": one.name, "sub": one.team.name, "url": reverse("desk:terrain_area", args=[one.pk]),
         "tag": _("terminé") if one.until_date else ""},
        str(one.get_kind_display()),
        held or {"tag": _("rien encore"), "tone": "amber"},
        {"text": str(len(one.spots.all())), "end": True},
        {"text": str(one.outings_count), "end": True},
    ]  # fmt: skip


@require_POST
def kits(request: HttpRequest, act: str) -> HttpResponse:
    """This function will name something a team hands over, or take it off the phones."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given: dict[str, Any] = {"by": actor, "at": timezone.now()}
    if act == "retirer":
        kit = str(request.POST.get("materiel", ""))[:18]
        if whole_number(kit) is None:
            raise Http404
        fieldwork.end_kit_kind(kit=int(kit), **given)
    elif act == "materiel":
        form = KitForm(_teams(actor), request.POST, auto_id="k-%s")
        area_form = AreaForm(_teams(actor), initial={"since": timezone.localdate()})
        if not form.is_valid():
            return _all(request, area_form, form)
        try:
            fieldwork.add_kit_kind(**form.cleaned_data, **given)
        except Refusal as refused:
            form.tell(refused)
            return _all(request, area_form, form)
    else:
        raise Http404
    messages.success(request, _("C’est noté."))
    return redirect("desk:terrain_settings")


def _visible(request: HttpRequest, pk: int) -> Any:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.area(permissions.areas_visible_to(actor), pk)
    if found is None or not permissions.can_set_up(actor, found.team.key):
        raise Http404
    return found


def _forms(found: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    held = queries.keys_on(found.pk, timezone.localdate())
    first = {
        "name": found.name, "team": found.team.key, "kind": found.kind, "since": found.since_date,
        "until": found.until_date,
        "lines": ", ".join(k.key for k in held if k.kind == KeyKind.LINE),
        "actions": ", ".join(k.key for k in held if k.kind == KeyKind.ACTION),
    }  # fmt: skip
    own = [(found.team.key, found.team.name)]
    return {
        "modifier": AreaForm(own, post if act == "modifier" else None, initial=first),
        "endroit": SpotForm(post if act == "endroit" else None, auto_id="s-%s"),
    }


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an area: what it counts to, and its spots."""
    found = _visible(request, pk)
    return _page(request, found, _forms(found))


def _page(request: HttpRequest, found: Any, forms: dict[str, Any]) -> HttpResponse:
    context = {
        "area": found, "spots": queries.spots_for(found.pk, timezone.localdate()),
        "form": forms["modifier"], "spot_form": forms["endroit"],
        "faulty": next((f for f in forms.values() if f.is_bound and f.errors), None),
    }  # fmt: skip
    return render(request, "desk/terrain/area.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will change an area, name one of its spots or take one off the phones."""
    found = _visible(request, pk)
    given: dict[str, Any] = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if act == "retirer":
        spot = str(request.POST.get("endroit", ""))[:18]
        if whole_number(spot) is None or not found.spots.filter(pk=int(spot)).exists():
            raise Http404
        fieldwork.end_spot(spot=int(spot), **given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:terrain_area", pk)
    forms = _forms(found, request.POST, act)
    if act not in forms:
        raise Http404
    if forms[act].is_valid():
        try:
            if act == "modifier":
                fieldwork.change_area(area=pk, draft=forms[act].draft(), **given)
            else:
                fieldwork.add_spot(area=pk, **forms[act].cleaned_data, **given)
        except Refusal as refused:
            forms[act].tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:terrain_area", pk)
    return _page(request, found, forms)
