"""Volunteers of the agent’s teams, and the hours they give."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities.activities import teams_of
from beffroi.web.desk.activities.forms import TimeForm, VolunteerForm


def _forms(actor: Actor, post: Any = None, act: str = "") -> dict[str, Any]:
    today, own = timezone.localdate(), permissions.own_teams(actor)
    teams = [(key, name) for key, name in teams_of(actor) if key in own]
    people = [(one.pk, one.name) for one in queries.volunteers_of(own, today)]
    running = queries.listed(permissions.activities_visible_to(actor), today)
    of = [(one.pk, f"{one.name}, {one.place.name}") for one in running if one.team.key in own]
    return {
        "new_form": VolunteerForm(
            teams, post if act == "ajouter" else None, initial={"since": today}, auto_id="n-%s"
        ),
        "time_form": TimeForm(
            people, of, post if act == "heures" else None, initial={"day": today}, auto_id="h-%s"
        ),
    }


def show(request: HttpRequest) -> HttpResponse:
    """This function will show who helps, for how long this year, and the last hours noted."""
    return _page(request, _forms(request.actor))  # type: ignore[attr-defined]


def _page(request: HttpRequest, forms: dict[str, Any]) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    own = permissions.own_teams(actor)
    faulty = next((f for f in forms.values() if f.is_bound and f.errors), None)
    context = {
        "rows": [_row(one) for one in queries.volunteers_of(own, today)], "faulty": faulty,
        "times": [
            {"pk": t.pk, "date": t.date, "name": t.volunteer.name, "of": t.activity.name,
             "hours": _hours(t.minutes), "why": t.why, "back": t.taken_back_at is not None}
            for t in queries.volunteer_times(own)
        ],
        "year": today.year, **forms,
    }  # fmt: skip
    return render(request, "desk/activities/volunteers.html", context)


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}"


def _row(one: Any) -> dict[str, Any]:
    return {
        "pk": one.pk, "name": one.name, "phone": one.phone, "team": one.team.name,
        "hours": _hours(one.minutes), "since": one.since_date,
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """This function will add a volunteer, note hours, take some back, or end her help."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    given: dict[str, Any] = {"by": actor, "at": now}
    typed = whole_number(request.POST.get("ligne", ""))
    if act in ("terminer", "reprendre"):
        if typed is None:
            raise InvalidInput(_("Choisissez une ligne."))
        if act == "terminer":
            activities.end_volunteer(volunteer=typed, on=timezone.localdate(now), **given)
        else:
            why = str(request.POST.get("why", ""))
            activities.take_back_time(time=typed, why=why, **given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:activity_volunteers")
    forms = _forms(actor, request.POST, act)
    form = forms.get({"ajouter": "new_form", "heures": "time_form"}.get(act, ""))
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            _write(act, dict(form.cleaned_data), given)
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:activity_volunteers")
    return _page(request, forms)


def _write(act: str, data: dict[str, Any], given: dict[str, Any]) -> None:
    if act == "ajouter":
        activities.add_volunteer(**data, **given)
    else:
        minutes = int(round(data.pop("hours") * 60))
        activities.give_time(**data, minutes=minutes, **given)
