"""Outings at the desk: those under way, those gone by, one with its contacts, one from paper."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import OutingState, Theme
from beffroi.core.actors import Actor
from beffroi.core.errors import Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities import words
from beffroi.web.desk.terrain.forms import CorrectForm, PastForm, WhyForm
from beffroi.web.field.terrain import Ground, take

_A_PAGE = 40
_TONES: dict[Any, str] = {OutingState.OPEN: "amber", OutingState.CLOSED: "green", OutingState.CANCELLED: ""}  # fmt: skip


def own_areas(actor: Actor, kind: str = "") -> list[tuple[int, str]]:
    """This function will give the open areas for which the actor goes out, of a kind if asked."""
    rows = queries.areas_open(permissions.areas_visible_to(actor), timezone.localdate())
    rows = rows.filter(kind=kind) if kind else rows
    teams = permissions.own_teams(actor)
    return [(one.pk, f"{one.name} ({one.team.name})") for one in rows if one.team.key in teams]


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the outings the agent sees, the last first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = queries.outings_listed(permissions.outings_visible_to(actor))
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    night = timezone.now() - timedelta(hours=16)
    context = {
        "page": page, "rows": [_row(one) for one in page],
        "late": queries.unclosed(permissions.outings_visible_to(actor), night),
        "columns": [{"label": _("Sortie")}, {"label": _("Secteur")}, {"label": _("Durée")},
                    {"label": _("Contacts"), "end": True}, {"label": _("Personnes"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/terrain/outings.html", context)


def _row(one: Any) -> list[Any]:
    state = "" if one.state == OutingState.CLOSED else str(one.get_state_display())
    lasts = words.span(one.starts_at, one.ends_at) if one.ends_at else ""
    return [
        {"text": words.day(one.starts_at), "url": reverse("desk:terrain_outing", args=[one.pk]),
         "sub": str(one.area.get_kind_display())},
        {"text": one.area.name, "sub": one.area.team.name},
        {"text": lasts, "tag": state, "tone": _TONES[one.state]},
        {"text": str(one.contacts_count), "end": True},
        {"text": str(one.people_count), "end": True},
    ]  # fmt: skip


def past(request: HttpRequest) -> HttpResponse:
    """This function will write an outing that was kept on paper."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"day": timezone.localdate()}
    form = PastForm(own_areas(actor), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.times()
        one = fieldwork.PastOuting(form.cleaned_data["mark"], starts_at, ends_at)
        try:
            made = fieldwork.record_outings(
                area=form.cleaned_data["area"], outings=[one], by=actor, at=timezone.now()
            )
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("La sortie est écrite. Ajoutez ses contacts."))
            return redirect("desk:terrain_outing", made[0].pk) if made else redirect("desk:terrain")
    return render(request, "desk/terrain/past.html", {"form": form})


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.outing(permissions.outings_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _forms(found: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    starts = timezone.localtime(found.starts_at)
    ends = timezone.localtime(found.ends_at or found.starts_at)
    first = {"day": starts.date(), "hour": starts.time(), "until_time": ends.time()}
    return {
        "contact": Ground.of(found).form("contact", post if act == "contact" else None),
        "corriger": CorrectForm(post if act == "corriger" else None, initial=first, auto_id="t-%s"),
        "annuler": WhyForm(post if act == "annuler" else None, auto_id="y-%s"),
    }


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an outing: what it counts; its contacts to the team."""
    return _page(request, _visible(request, pk))


def _page(request: HttpRequest, found: Any, filled: dict[str, Any] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may = permissions.can_go_out(actor, found.area.team.key)
    forms = (filled or _forms(found)) if may else {}
    contacts = queries.contacts_of(permissions.contacts_visible_to(actor), found.pk)
    context = {
        "outing": found, "tally": queries.tally(found.pk), "may": may,
        "contacts": [_contact(one) for one in contacts], "kits": queries.kits_of(found.pk),
        "crew": [one.agent.get_full_name() for one in found.crew.all()] if may else [],
        "tone": _TONES[found.state], "span": _span(found), "day": words.day(found.starts_at),
        "faulty": next((f for f in forms.values() if f.is_bound and f.errors), None),
        "contact_form": forms.get("contact"), "times_form": forms.get("corriger"),
        "why_form": forms.get("annuler"), "moves": found.moves.all(),
    }  # fmt: skip
    return render(request, "desk/terrain/outing.html", context)


def _span(found: Any) -> str:
    if found.ends_at:
        return words.span(found.starts_at, found.ends_at)
    return _("depuis %(hour)s") % {"hour": f"{timezone.localtime(found.starts_at):%H:%M}"}


def _contact(one: Any) -> dict[str, Any]:
    themes = dict(Theme.choices)
    where = ", ".join(filter(None, (one.spot.name if one.spot else "", one.place)))
    said = [str(themes[theme]) for theme in one.themes if theme in themes]
    if one.orientation:
        refused = _(" (refusée)") if one.is_refused else ""
        said.append(_("orientation : %(to)s") % {"to": one.get_orientation_display()} + refused)
    said += [
        _("%(kit)s : %(given)d remis, %(back)d repris")
        % {"kit": kit.kind.name, "given": kit.given, "back": kit.back}
        for kit in one.kits.all()
    ]
    return {
        "pk": one.pk, "hour": timezone.localtime(one.met_at), "kind": one.get_kind_display(),
        "people": one.people, "where": where, "said": ", ".join(said),
        "is_back": one.taken_back_at is not None, "why": one.why,
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will end, correct or cancel an outing, add a contact or take one back."""
    actor, found = request.actor, _visible(request, pk)  # type: ignore[attr-defined]
    given: dict[str, Any] = {"by": actor, "at": timezone.now()}
    if act in ("rentrer", "reprendre"):
        if act == "rentrer":
            fieldwork.close_outing(outing=pk, **given)
        else:
            contact = str(request.POST.get("contact", ""))[:18]
            own = permissions.contacts_visible_to(actor).filter(outing=found)
            if whole_number(contact) is None or not own.filter(pk=int(contact)).exists():
                raise Http404
            fieldwork.take_back_contact(
                contact=int(contact), why=str(request.POST.get("why", "")), **given
            )
        messages.success(request, _("C’est noté."))
        return redirect("desk:terrain_outing", pk)
    forms = _forms(found, request.POST, act)
    if act not in forms:
        raise Http404
    if forms[act].is_valid():
        try:
            _do(act, forms[act], found, given)
        except Refusal as refused:
            forms[act].tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:terrain_outing", pk)
    return _page(request, found, forms)


def _do(act: str, form: Any, found: Any, given: dict[str, Any]) -> None:
    if act == "contact":
        met_at = min(found.ends_at or given["at"], given["at"])
        fieldwork.meet(draft=take("contact", form, Ground.of(found), met_at), **given)
    elif act == "corriger":
        starts_at, ends_at = form.times()
        fieldwork.correct_outing(
            outing=found.pk, starts_at=starts_at, ends_at=ends_at, why=form.cleaned_data["why"],
            **given,
        )  # fmt: skip
    else:
        fieldwork.cancel_outing(outing=found.pk, why=form.cleaned_data["why"], **given)
