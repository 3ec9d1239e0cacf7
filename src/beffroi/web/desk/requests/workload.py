"""Who holds what in the teams of a leader, and giving a request to somebody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import figures_queries as figures
from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.permissions import led_teams
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.core.text import whole_number
from beffroi.web.desk.requests import words

_MOST_SHOWN = 50


def show(request: HttpRequest) -> HttpResponse:
    """This function will show how many requests each agent holds, and those that are late or free."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, now = timezone.localdate(), timezone.now()
    names = {p.team: p.team_label for p in actor.posts if p.team in led_teams(actor)}
    loads = figures.workload(names, today)
    rows = requests.read_list(
        rows=inbox.to_reassign(actor, names, today)[:_MOST_SHOWN], name="charge", by=actor, at=now
    )
    agents = accounts.agents_by_team(names, today)
    context = {
        "teams": [_team(key, name, loads, agents.get(key, [])) for key, name in names.items()],
        "rows": [_row(row, today, agents.get(row.team.key, [])) for row in rows],
        "most": _MOST_SHOWN,
        "full": len(rows) == _MOST_SHOWN,
    }
    return render(request, "desk/requests/workload.html", context)


def _team(key: str, name: str, loads: list[figures.Load], agents: list[Any]) -> dict[str, Any]:
    held = {load.agent_id: load for load in loads if load.team == key}
    people = [(agent.pk, str(agent)) for agent in agents]
    known = {pk for pk, _label in people}
    people += [(pk, _("un agent parti")) for pk in held if pk is not None and pk not in known]
    rows = [_load(label, held.get(pk, figures.Load(key, pk))) for pk, label in people]
    nobody = held.get(None, figures.Load(key, None))
    heads = (_("Ouvertes"), _("En retard"), _("À sept jours"), _("Attendent la personne"))
    return {
        "name": name,
        "caption": _("%(team)s : qui a quoi") % {"team": name},
        "columns": [{"label": _("Agent")}, *({"label": head, "end": True} for head in heads)],
        "rows": [*rows, _load(_("Personne encore"), nobody)],
    }


def _load(label: str, load: figures.Load) -> list[dict[str, Any]]:
    late = (
        {"tag": str(load.late), "tone": "red", "end": True}
        if load.late
        else {"text": "0", "end": True}
    )
    return [
        {"text": label}, {"text": str(load.open), "end": True}, late,
        {"text": str(load.soon), "end": True}, {"text": str(load.waiting), "end": True},
    ]  # fmt: skip


def _row(asked: Any, today: Any, agents: list[Any]) -> dict[str, Any]:
    left = words.time_left(asked.due_date, timezone.localdate(asked.received_at), today)
    return {
        "left": left,
        "who": words.who(asked),
        "url": words.page_url(asked.reference),
        "reference": asked.reference,
        "service": asked.service.name,
        "team": asked.team.name,
        "assignee": str(asked.assignee) if asked.assignee else _("personne encore"),
        "agents": [(a.pk, str(a)) for a in agents if a.pk != asked.assignee_id],
    }


@require_POST
def reassign(request: HttpRequest) -> HttpResponse:
    """This function will give a request to another agent of the team, and come back."""
    reference, to = request.POST.get("reference", ""), whole_number(request.POST.get("to", ""))
    if to is None:
        messages.error(request, _("Choisissez un agent."))
        return redirect("desk:workload")
    try:
        asked = requests.assign(
            reference=reference,
            to=to,
            by=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
    except InvalidInput as refused:
        messages.error(request, str(refused))
    else:
        names = {"reference": asked.reference, "agent": str(asked.assignee)}
        messages.success(request, _("%(reference)s est confiée à %(agent)s.") % names)
    return redirect("desk:workload")
