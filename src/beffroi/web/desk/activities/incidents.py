"""Incidents: written by whoever was there, read by who leads the team."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import money_queries, permissions
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import ParentsTold, Severity, Told
from beffroi.core.errors import Refusal
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.money_forms import FollowForm, IncidentForm

_A_PAGE = 40
_TONES: dict[Any, str] = {Severity.LIGHT: "", Severity.SERIOUS: "amber", Severity.GRAVE: "red"}


def _own_activities(request: HttpRequest) -> list[tuple[int, str]]:
    actor = request.actor  # type: ignore[attr-defined]
    teams = permissions.own_teams(actor)
    rows = permissions.activities_visible_to(actor).filter(team__key__in=teams)
    return [(a.pk, f"{a.name} ({a.place.name})") for a in rows.select_related("place")]


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will take an incident; it shows those of the team to who leads it."""
    actor, now = request.actor, timezone.localtime()  # type: ignore[attr-defined]
    first = {"day": now.date(), "hour": now.time().replace(second=0, microsecond=0)}
    form = IncidentForm(_own_activities(request), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            activities.report_incident(draft=form.draft(), by=actor, at=timezone.now())
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("L’incident est noté. Votre responsable le lira."))
            return redirect("desk:activity_incidents")
    rows = money_queries.incidents_listed(permissions.incidents_visible_to(actor))
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [_row(one) for one in page],
        "columns": [{"label": _("Quand")}, {"label": _("Activité")}, {"label": _("Gravité")},
                    {"label": _("Parents")}],
    }  # fmt: skip
    return render(request, "desk/activities/incidents.html", context)


def _row(one: Any) -> list[Any]:
    waits = one.parents == ParentsTold.NOT_YET
    return [
        {"text": words.day(one.happened_at), "url": reverse("desk:activity_incident", args=[one.pk])},
        {"text": one.activity.name, "sub": one.activity.team.name},
        {"tag": str(one.get_severity_display()), "tone": _TONES[one.severity]},
        {"tag": str(one.get_parents_display()), "tone": "red" if waits else ""},
    ]  # fmt: skip


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an incident to who leads the team, and what was done since."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    found = money_queries.incident(permissions.incidents_visible_to(actor), pk)
    if found is None:
        raise Http404
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            activities.follow_incident(incident=pk, by=actor, at=now, **form.cleaned_data)
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:activity_incident", pk)
    activities.read_incident(incident=pk, by=actor, at=now)
    told = dict(Told.choices)
    context = {
        "incident": found, "form": form, "day": words.day(found.happened_at),
        "tone": _TONES[found.severity], "told": [told.get(one, one) for one in found.told],
    }  # fmt: skip
    return render(request, "desk/activities/incident.html", context)
