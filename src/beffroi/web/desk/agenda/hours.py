"""Hours and absences: one's own, and those of the team for whom leads it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import permissions, planning_queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AbsenceKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.core.text import whole_number
from beffroi.web.desk.agenda import words
from beffroi.web.desk.agenda.forms import AbsenceForm, HoursForm, moment

_DAYS_SHOWN = 365


def _people(actor: Actor, today: date) -> dict[int, str]:
    led = accounts.agents_of(permissions.led_teams(actor), today)
    return {int(actor.ref): actor.label, **{agent.pk: str(agent) for agent in led}}


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the hours of a worker and take new ones, or an absence."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    people = _people(actor, today)
    asked = request.GET.get("agent", "")
    worker = whole_number(asked) or int(actor.ref)
    if worker not in people:
        raise Http404
    what = request.POST.get("what", "")
    first = {"since": today, "day": today, "until_day": today}
    hours = HoursForm(request.POST if what == "hours" else None, initial=first, auto_id="h-%s")
    absence = AbsenceForm(request.POST if what == "absence" else None, initial=first, auto_id="a-%s")  # fmt: skip
    form = {"hours": hours, "absence": absence}.get(what)
    if form is not None and form.is_valid():
        try:
            _keep(form, worker, actor)
        except InvalidInput as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(f"{reverse('desk:agenda_hours')}?agent={worker}")
    ahead = planning_queries.day_of(today, _DAYS_SHOWN)
    context = {
        "people": sorted(people.items(), key=lambda person: person[1]), "worker": worker,
        "name": people[worker], "hours": hours, "absence": absence,
        "rows": planning_queries.hours_of([worker], today),
        "absences": [_said(row) for row in planning_queries.absences_between([worker], ahead)],
        "faulty": form if form is not None and form.errors else None,
    }  # fmt: skip
    return render(request, "desk/agenda/hours.html", context)


def _keep(form: Any, worker: int, actor: Actor) -> None:
    given, now = form.cleaned_data, timezone.now()
    if isinstance(form, HoursForm):
        agenda.add_hours(worker=worker, by=actor, at=now, **given)
        return
    agenda.add_absence(
        worker=worker, starts_at=moment(given["day"], given["hour"]),
        ends_at=moment(given["until_day"], given["until_hour"]), kind=AbsenceKind(given["kind"]),
        by=actor, at=now,
    )  # fmt: skip


def _said(row: Any) -> dict[str, Any]:
    start, end = words.day(row.starts_at), words.day(row.ends_at)
    return {
        "pk": row.pk, "kind": row.get_kind_display(),
        "from": f"{start}, {words.hour(row.starts_at)}",
        "until": words.hour(row.ends_at) if start == end else f"{end}, {words.hour(row.ends_at)}",
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will end weekly hours today, or take back an absence."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if act == "terminer":
        agenda.end_hours(hours=pk, until=timezone.localdate(now), by=actor, at=now)
    elif act == "retirer":
        agenda.remove_absence(absence=pk, by=actor, at=now)
    else:
        raise Http404
    messages.success(request, _("C’est noté."))
    worker = whole_number(request.POST.get("agent", ""))
    suffix = f"?agent={worker}" if worker else ""
    return redirect(reverse("desk:agenda_hours") + suffix)
