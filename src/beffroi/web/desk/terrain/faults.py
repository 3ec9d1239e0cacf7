"""Faults in public space: those that wait, one with its photographs and its steps."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import FaultKind, ObservationState, OutingKind
from beffroi.acts.fieldwork.workflow import OBSERVATION_MOVES, moves_from
from beffroi.core.errors import Refusal
from beffroi.web.desk.activities import words
from beffroi.web.desk.terrain.forms import DayForm, PhotoForm, SendForm
from beffroi.web.desk.terrain.outings import own_areas
from beffroi.web.desk.terrain.photos import photo_rows

_A_PAGE = 40
_TONES: dict[Any, str] = {ObservationState.OPEN: "amber", ObservationState.SENT: "", ObservationState.MENDED: "green"}  # fmt: skip


def where(one: Any) -> str:
    """This function will say where something was seen."""
    return ", ".join(filter(None, (one.spot.name if one.spot else "", one.place)))


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the faults that wait, and the last that were mended."""
    own = permissions.observations_visible_to(request.actor)  # type: ignore[attr-defined]
    today = timezone.localdate()
    page = Paginator(queries.observations_listed(own), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [_row(one, today) for one in page],
        "mended": [_row(one, today) for one in queries.observations_mended(own)],
        "days": queries.days_to_mend(own, today - timedelta(days=365)),
        "columns": [{"label": _("Quoi")}, {"label": _("Où")}, {"label": _("Attend")},
                    {"label": _("Où en est-on")}],
    }  # fmt: skip
    return render(request, "desk/terrain/faults.html", context)


def _row(one: Any, today: Any) -> list[Any]:
    days = ((one.mended_on or today) - one.date).days
    seen = ngettext("vu %(n)d fois", "vu %(n)d fois", one.seen) % {"n": one.seen}
    return [
        {"text": str(one.get_kind_display()), "url": reverse("desk:terrain_fault", args=[one.pk]),
         "sub": seen if one.seen > 1 else ""},
        {"text": where(one), "sub": one.area.name},
        ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days},
        {"text": one.handed_to, "tag": str(one.get_state_display()), "tone": _TONES[one.state]},
    ]  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.observation(permissions.observations_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _forms(post: Any = None, files: Any = None, act: str = "", to: str = "") -> dict[str, Any]:
    today = {"on": timezone.localdate()}
    return {
        "transmettre": SendForm(post if act == "transmettre" else None, initial={"to": to}),
        "reparer": DayForm(post if act == "reparer" else None, initial=today),
        "photo": PhotoForm(*((post, files) if act == "photo" else ()), auto_id="p-%s"),
    }


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a fault with its photographs and its steps."""
    found = _visible(request, pk)
    return _page(request, found, _forms(to=found.handed_to))


def _page(request: HttpRequest, found: Any, forms: dict[str, Any]) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may = permissions.can_go_out(actor, found.area.team.key)
    open_moves = {move.key for move in moves_from(OBSERVATION_MOVES, found.state)}
    walls = found.kind == FaultKind.GRAFFITI and own_areas(actor, OutingKind.SURFACES)
    photos = queries.photos_of(permissions.photos_visible_to(actor), observation=found.pk)
    context = {
        "fault": found, "where": where(found), "day": words.day(found.seen_at), "may": may,
        "tone": _TONES[found.state], "moves": open_moves if may else set(),
        "send_form": forms["transmettre"], "mend_form": forms["reparer"],
        "photo_form": forms["photo"], "photos": photo_rows(photos), "can_clean": bool(walls),
        "faulty": next((f for f in forms.values() if f.is_bound and f.errors), None),
    }  # fmt: skip
    return render(request, "desk/terrain/fault.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will hand a fault over, say it is mended or not, or keep a photograph of it."""
    found = _visible(request, pk)
    given: dict[str, Any] = {"observation": pk, "by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if act == "rouvrir":
        fieldwork.reopen_observation(**given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:terrain_fault", pk)
    forms = _forms(request.POST, request.FILES, act, found.handed_to)
    if act not in forms:
        raise Http404
    if forms[act].is_valid():
        try:
            _do(act, forms[act].cleaned_data, given)
        except Refusal as refused:
            forms[act].tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:terrain_fault", pk)
    return _page(request, found, forms)


def _do(act: str, said: dict[str, Any], given: dict[str, Any]) -> None:
    if act == "transmettre":
        fieldwork.send_observation(to=said["to"], **given)
    elif act == "reparer":
        fieldwork.mend_observation(on=said["on"], **given)
    else:
        sent = said["file"]
        fieldwork.add_photo(name=str(sent.name), content=sent.read(), stage=said["stage"], **given)
