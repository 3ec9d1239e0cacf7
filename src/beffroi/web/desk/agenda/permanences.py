"""Permanences: the weekly moments that are posted, and who holds each in the weeks to come."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import permissions, planning_queries
from beffroi.acts.agenda import services as agenda
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.rules import duty_hours
from beffroi.web.desk.agenda.forms import PermanenceForm

_WEEKS = 3


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the permanences of the agent's teams, and post a new one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, now = timezone.localdate(), timezone.now()
    led = {p.team: p.team_label for p in actor.posts if p.team in permissions.led_teams(actor)}
    form = None
    if led:
        form = PermanenceForm(
            sorted(led.items(), key=lambda team: team[1]), request.POST or None,
            initial={"since": today},
        )  # fmt: skip
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            agenda.add_permanence(by=actor, at=now, **form.cleaned_data)
        except InvalidInput as refused:
            form.tell(refused)
        else:
            messages.success(request, _("La permanence est affichée."))
            return redirect("desk:agenda_permanences")
    context = {"teams": _teams(actor, today), "form": form, "faulty": form if form and form.errors else None}  # fmt: skip
    return render(request, "desk/agenda/permanences.html", context)


def _teams(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Each team with its permanences and the turns of the next weeks, in a fixed number of queries."""
    overseen = permissions.overseen_teams(actor)
    keys = permissions.own_teams(actor) | overseen
    rows = list(planning_queries.permanences(keys, today))
    until = today + timedelta(weeks=_WEEKS)
    held = {(d.permanence_id, d.date): d for d in planning_queries.duties_between(keys, today, until)}  # fmt: skip
    agents = accounts.agents_by_team(keys, today)
    wanted = duty_hours.permanences_a_week(today)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        team = found.setdefault(row.team.key, {
            "name": row.team.name, "rows": [], "may_end": row.team.key in permissions.led_teams(actor),
            "may_give": row.team.key in overseen,
            "agents": [(agent.pk, str(agent)) for agent in agents.get(row.team.key, [])],
        })  # fmt: skip
        turns = [{"date": day, "duty": held.get((row.pk, day))} for day in _days(row, today, until)]
        team["rows"].append({"row": row, "turns": turns})
    for team in found.values():
        team["lacks"] = max(0, wanted.count - len(team["rows"]))
        team["wanted"] = wanted
    return sorted(found.values(), key=lambda team: str(team["name"]))


def _days(row: Any, today: date, until: date) -> list[date]:
    day = max(today, row.since_date)
    day += timedelta(days=(row.weekday - day.weekday()) % 7)
    days = []
    while day < until and (row.until_date is None or day <= row.until_date):
        days.append(day)
        day += timedelta(weeks=1)
    return days


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will end a permanence, say who holds it on a day, or take a turn back."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if act == "terminer":
        agenda.end_permanence(permanence=pk, until=timezone.localdate(now), by=actor, at=now)
    elif act == "liberer":
        agenda.drop_duty(duty=pk, by=actor, at=now)
    elif act == "confier":
        try:
            day, to = (
                date.fromisoformat(request.POST.get("day", "")),
                int(request.POST.get("to", "")),
            )
        except ValueError:
            messages.error(request, _("Choisissez qui tient cette permanence."))
            return redirect("desk:agenda_permanences")
        try:
            agenda.give_duty(permanence=pk, day=day, worker=to, by=actor, at=now)
        except InvalidInput as refused:
            messages.error(request, str(refused))
            return redirect("desk:agenda_permanences")
    else:
        raise Http404
    messages.success(request, _("C’est noté."))
    return redirect("desk:agenda_permanences")
