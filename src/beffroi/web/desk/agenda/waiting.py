"""The waiting room: who waits for whom since when, and what is done with it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.agenda import permissions, queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.workflow import WAITING, arrival_moves_from
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.core.text import whole_number
from beffroi.web import appointments
from beffroi.web.desk.agenda import words
from beffroi.web.desk.agenda.load import weights

#: What this browser was already shown today: a look every twenty seconds is one reading.
_SEEN = "agenda_seen"
_DONE = {
    "call": "call", "call_again": "call", "receive": "receive", "finish": "finish",
    "leave": "leave", "come_back": "come_back",
}  # fmt: skip


def show(request: HttpRequest) -> HttpResponse:
    """This function will show who is there; asked by the page itself, the list alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    context = {
        **_lists(request, actor, now),
        "may_announce": bool(permissions.desk_teams(actor) | permissions.led_teams(actor)),
        "now": now,
    }
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "desk/agenda/_waiting.html" if part else "desk/agenda/waiting.html"
    return render(request, template, context)


def _lists(request: HttpRequest, actor: Actor, now: datetime) -> dict[str, Any]:
    day = timezone.localdate(now)
    seen = request.session.get(_SEEN, {})
    known = set(seen.get("about", ())) if seen.get("day") == day.isoformat() else set()
    arrivals = permissions.arrivals_visible_to(actor)
    read: dict[str, Any] = {"by": actor, "at": now, "already": known}
    there = agenda.read_arrivals(
        rows=queries.waiting_room(arrivals, day), name="salle d’attente", **read
    )
    gone = agenda.read_arrivals(rows=queries.gone_today(arrivals, day), name="partis", **read)
    visible = permissions.appointments_visible_to(actor)
    expected = agenda.read_appointments(
        rows=queries.expected(visible, day), name="attendus du jour", **read
    )
    shown = {row.about for row in (*there, *gone)} | {row.about for row in expected}
    if not shown <= known:
        request.session[_SEEN] = {"day": day.isoformat(), "about": sorted(known | shown)}
    announces = permissions.desk_teams(actor) | permissions.led_teams(actor)
    return {
        "rows": [_row(row, actor, now) for row in there],
        "gone": [_row(row, actor, now) for row in gone],
        "expected": [_expected(row, now) for row in expected],
        "desk": min(announces, default=""),
    }


def _row(row: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "pk": row.pk, "ticket": row.ticket, "who": words.who(row), "team": row.team.name,
        "worker": str(row.worker) if row.worker else "",
        "is_mine": str(row.worker_id) == actor.ref, "room": row.room,
        "waited": words.waited(row.since_at, now), "state": row.get_state_display(),
        "tone": words.tone(row.state), "is_priority": row.is_priority,
        "priority_reason": row.priority_reason, "interpreter": row.interpreter,
        "appointment": row.appointment,
        "is_waiting": row.state in WAITING,
        "may_give": row.state in WAITING and permissions.can_give_arrival(actor, row),
        "moves": [(move.key, move.label) for move in arrival_moves_from(row.state)],
    }  # fmt: skip


def _expected(row: Any, now: datetime) -> dict[str, Any]:
    return {
        "reference": row.reference, "url": words.url(row.reference), "who": words.who(row),
        "hour": words.hour(row.starts_at), "worker": str(row.worker), "team": row.team.name,
        "where": row.room.name if row.room else row.where, "is_late": row.starts_at < now,
        "interpreter": row.interpreter,
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will call, receive, end, note that somebody left, or put her first."""
    given: dict[str, Any] = {
        "arrival": pk, "by": request.actor, "at": timezone.now(),  # type: ignore[attr-defined]
    }  # fmt: skip
    if act == "prioritise":
        agenda.prioritise(reason=request.POST.get("reason", ""), **given)
        messages.success(request, _("Elle passe d’abord ; le motif est gardé."))
        return redirect("desk:agenda_waiting")
    if act not in _DONE:
        raise Http404
    room = whole_number(request.POST.get("room", ""))
    if _DONE[act] == "call" and room:
        given["room"] = room
    done = getattr(agenda, _DONE[act])(**given)
    messages.success(request, _said(act) % {"ticket": done.ticket})
    return redirect("desk:agenda_waiting")


def _said(act: str) -> str:
    return {
        "call": _("%(ticket)s est à l’écran."), "call_again": _("%(ticket)s est rappelé à l’écran."),
        "receive": _("%(ticket)s est en entretien."), "finish": _("%(ticket)s : entretien terminé."),
        "leave": _("%(ticket)s est partie ; rien d’autre ne change pour elle."),
        "come_back": _("%(ticket)s attend de nouveau, à sa place."),
    }[act]  # fmt: skip


def give(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show whose load allows somebody who waits, and give her to a worker."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    arrival = queries.arrival(permissions.arrivals_visible_to(actor), pk)
    if arrival is None or not permissions.can_give_arrival(actor, arrival):
        raise Http404
    team = arrival.team.key
    points = weights(team, timezone.localdate(now))
    proposal = agenda.propose_worker(team=team, weights=points, at=now)
    to = whole_number(request.POST.get("to", ""))
    refused, why = None, request.POST.get("why", "")
    if request.method == "POST":
        try:
            if not to:
                raise InvalidInput(_("Choisissez qui la reçoit."))
            appointments.give_newcomer(
                arrival=pk, team=team, subject_ref=arrival.subject_ref,
                ticket=f"{arrival.date:%Y-%m-%d} {arrival.ticket}", to=to, weights=points,
                why=why, by=actor, at=now,
            )  # fmt: skip
        except InvalidInput as error:
            refused = error
        else:
            messages.success(request, _("%(ticket)s est confiée.") % {"ticket": arrival.ticket})
            return redirect("desk:agenda_waiting")
    (shown,) = agenda.read_arrivals(rows=[arrival], name="confier", by=actor, at=now)
    context = {
        "arrival": _row(shown, actor, now), "proposal": proposal, "refused": refused, "why": why,
        "chosen": to or (proposal.worker if proposal else 0),
        "loads": queries.loads(team, points, timezone.localdate(now)),
        "back": reverse("desk:agenda_waiting"),
    }  # fmt: skip
    return render(request, "desk/agenda/give.html", context)
