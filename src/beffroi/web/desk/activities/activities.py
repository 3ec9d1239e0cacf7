"""Activities: the list, a new one, one with its series and its sessions."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.activities import money_queries, permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind
from beffroi.core.errors import InvalidInput
from beffroi.core.text import whole_number
from beffroi.directory import place_queries
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.forms import ActivityForm, NewSessionForm, SlotForm, WriteForm
from beffroi.web.desk.activities.money_forms import PriceForm

_AHEAD, _BACK = timedelta(days=60), timedelta(days=60)
_A_PAGE = 40


def _places() -> list[tuple[str, str]]:
    houses = place_queries.places().order_by("-is_house", "name")
    return [(str(place.pk), place.name) for place in houses]


def teams_of(actor: Actor) -> list[tuple[str, str]]:
    """This function will give the teams whose activities the actor may set up."""
    return [(t.key, t.name) for t in accounts.teams() if permissions.can_set_up(actor, t.key)]


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the activities the agent sees, and what waits to be closed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = queries.listed(permissions.activities_visible_to(actor), today)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [_row(one, today) for one in page],
        "columns": [{"label": _("Activité")}, {"label": _("Lieu")}, {"label": _("Prochaine séance")},
                    {"label": _("Compte pour")}, {"label": _("À clôturer"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/activities/list.html", context)


def _row(one: Any, today: date) -> list[Any]:
    ended = bool(one.ends_on and one.ends_on < today)
    held = [k for k in one.keys.all() if k.until_date is None]
    when = (
        f"{words.day(one.next_at)}, {timezone.localtime(one.next_at):%H:%M}" if one.next_at else ""
    )
    return [
        {"text": one.name, "url": reverse("desk:activity", args=[one.pk]), "sub": one.team.name,
         "tag": _("terminée") if ended else ""},
        one.place.name,
        when or {"text": _("aucune")},
        ", ".join(k.key for k in held) or {"tag": _("rien encore"), "tone": "amber"},
        {"text": one.unclosed or "", "end": True},
    ]  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """This function will write a new activity."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"starts_on": timezone.localdate()}
    form = ActivityForm(teams_of(actor), _places(), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = activities.create_activity(
                draft=form.draft(), team=form.cleaned_data["team"], by=actor, at=timezone.now()
            )
        except InvalidInput as refused:
            form.tell(refused)
        else:
            messages.success(request, _("L’activité est écrite. Dites quand elle a lieu."))
            return redirect("desk:activity", made.pk)
    return render(request, "desk/activities/new.html", {"form": form})


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.activity(permissions.activities_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change what an activity is."""
    actor, found, today = request.actor, _visible(request, pk), timezone.localdate()  # type: ignore[attr-defined]
    held = queries.keys_on(pk, today)
    first = {
        **{name: getattr(found, name) for name in (
            "name", "room", "purpose", "count_mode", "capacity", "starts_on", "ends_on",
            "enrolment", "is_public", "offer_hours")},
        "place": str(found.place_id), "team": found.team.key,
        "lines": ", ".join(k.key for k in held if k.kind == KeyKind.LINE),
        "actions": ", ".join(k.key for k in held if k.kind == KeyKind.ACTION),
    }  # fmt: skip
    own = [(found.team.key, found.team.name)]
    form = ActivityForm(own, _places(), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            activities.change_activity(activity=pk, draft=form.draft(), by=actor, at=timezone.now())
        except InvalidInput as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:activity", pk)
    return render(request, "desk/activities/edit.html", {"form": form, "activity": found})


def _forms(found: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    today = timezone.localdate()
    first = {"since": max(today, found.starts_on), "until": found.ends_on or today + _AHEAD, "day": today}  # fmt: skip
    return {
        "slot_form": SlotForm(post if act == "moment" else None, auto_id="m-%s",
                              initial={"since": max(today, found.starts_on)}),
        "write_form": WriteForm(post if act == "ecrire" else None, initial=first, auto_id="w-%s"),
        "session_form": NewSessionForm(post if act == "seance" else None, initial=first, auto_id="s-%s"),
        "price_form": PriceForm(post if act == "prix" else None, initial={"since": today}, auto_id="p-%s"),
    }  # fmt: skip


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show one activity: its series, what comes, what was held."""
    return _page(request, _visible(request, pk), None)


def _page(request: HttpRequest, found: Any, filled: dict[str, Any] | None) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    own = permissions.sessions_visible_to(actor).filter(activity=found)
    near = list(queries.sessions_between(own, today - _BACK, today + _AHEAD))
    forms = filled or _forms(found)
    faulty = next((f for f in forms.values() if f.is_bound and f.errors), None)
    context = {
        "activity": found, "keys": queries.keys_on(found.pk, today),
        "prices": money_queries.prices_of(found.pk),
        "slots": queries.open_slots(found.pk, today), "faulty": faulty, **forms,
        "coming": [session_row(one) for one in near if one.date >= today],
        "gone": [session_row(one) for one in reversed(near) if one.date < today],
        "may_set_up": permissions.can_set_up(actor, found.team.key), "today": today,
    }  # fmt: skip
    return render(request, "desk/activities/activity.html", context)


def session_row(one: Any) -> dict[str, Any]:
    """This function will give a session as a list shows it."""
    return {
        "pk": one.pk, "day": words.day(one.starts_at), "span": words.span(one.starts_at, one.ends_at),
        "state": one.get_state_display(), "tone": words.tone(one.state), "came": words.came(one),
        "why": one.cancel_reason, "name": one.activity.name, "room": one.room or (_("à domicile") if one.is_home else ""),
        "place": one.place.name, "date": one.date,
        "waits": one.state == "planned" and one.ends_at < timezone.now(),
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will change the series of an activity, or add to its sessions."""
    actor, found, now = request.actor, _visible(request, pk), timezone.now()  # type: ignore[attr-defined]
    given: dict[str, Any] = {"by": actor, "at": now}
    if act in ("fin-moment", "terminer"):
        if act == "terminer":
            activities.end_activity(activity=pk, on=timezone.localdate(now), **given)
        else:
            slot = whole_number(request.POST.get("slot", ""))
            if slot is None or not found.slots.filter(pk=slot).exists():
                raise Http404
            activities.end_slot(slot=slot, on=timezone.localdate(now), **given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:activity", pk)
    name = {
        "moment": "slot_form",
        "ecrire": "write_form",
        "seance": "session_form",
        "prix": "price_form",
    }.get(act)
    if name is None:
        raise Http404
    forms = _forms(found, request.POST, act)
    if forms[name].is_valid():
        try:
            said = _add(act, pk, forms[name], given)
        except InvalidInput as refused:
            forms[name].tell(refused)
        else:
            messages.success(request, said)
            return redirect("desk:activity", pk)
    return _page(request, found, forms)


def _add(act: str, pk: int, form: Any, given: dict[str, Any]) -> str:
    if act == "moment":
        activities.add_slot(activity=pk, **form.cleaned_data, **given)
        return _("Ce moment est ajouté. Écrivez maintenant les séances.")
    if act == "prix":
        activities.set_price(activity=pk, **form.cleaned_data, **given)
        return _("Le prix est écrit.")
    if act == "seance":
        activities.add_session(activity=pk, **form.times(), **given)
        return _("La séance est écrite.")
    return words.passed_over(activities.write_sessions(activity=pk, **form.cleaned_data, **given))
