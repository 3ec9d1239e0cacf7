"""Appointments at the desk: a new one, its page, and what is done with it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import permissions, planning_queries, queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AppointmentState, NextStep
from beffroi.acts.agenda.workflow import appointment_moves_from
from beffroi.acts.requests.permissions import requests_visible_to
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.core.text import whole_number
from beffroi.people import services as people_services
from beffroi.people.permissions import may_look_for_persons
from beffroi.web.desk.agenda import words
from beffroi.web.desk.agenda.forms import (
    AgendaForm,
    MeetingForm,
    MissForm,
    MoveForm,
    NoForm,
    WhyForm,
)
from beffroi.web.desk.requests import words as request_words

FORMS: dict[str, type[AgendaForm]] = {
    "confirm": NoForm, "keep": NoForm, "miss": MissForm, "next_step_done": NoForm,
    "move": MoveForm, "keep_after_all": WhyForm, "cancel": WhyForm,
}  # fmt: skip


def _people(actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """Whose agenda the actor may fill, by team."""
    overseen = permissions.overseen_teams(actor)
    mine = permissions.own_teams(actor)
    names = {team.key: team.name for team in accounts.teams()}
    found = accounts.agents_by_team(overseen | mine, timezone.localdate(now))
    return [
        (f"{team}:{agent.pk}", f"{agent}, {names.get(team, team)}")
        for team in sorted(found, key=lambda key: names.get(key, key))
        for agent in found[team]
        if team in overseen or str(agent.pk) == actor.ref
    ]


def new(request: HttpRequest) -> HttpResponse:
    """This function will make an appointment, with the next free times of the worker beside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    people = _people(actor, now)
    typed, found = _search(request, actor, now)
    making = request.method == "POST" and "words" not in request.POST
    initial = _initial(request, actor, people)
    form = MeetingForm(people, request.POST if making else None, initial=initial)
    if making and form.is_valid():
        try:
            made = agenda.make_appointment(
                meeting=form.meeting(), by=actor, at=now,
                confirmed=form.cleaned_data["confirmed"],
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("Le rendez-vous %(reference)s est dans l’agenda.") % {"reference": made.reference})  # fmt: skip
            return redirect("desk:agenda_appointment", made.reference)
    who = str(form["with_whom"].value() or "")
    minutes = whole_number(str(form["minutes"].value() or ""), 24 * 60) or 45
    free = _free(who, minutes, now) if who in dict(people) else []
    context = {"form": form, "free": free, "with": dict(people).get(who, ""), "who": who,
               "demande": str(form["subject_ref"].value() or ""), "typed": typed, "found": found,
               "can_search": may_look_for_persons(actor)}  # fmt: skip
    return render(request, "desk/agenda/new.html", context)


def _search(request: HttpRequest, actor: Actor, now: datetime) -> tuple[str, list[Any]]:
    """Who answers to what was typed; the words go by the body and are kept nowhere."""
    typed = request.POST.get("words", "").strip()
    return typed, people_services.search_persons(words=typed, by=actor, at=now) if typed else []


def _free(who: str, minutes: int, now: datetime) -> list[dict[str, str]]:
    times = planning_queries.free_times(int(who.rpartition(":")[2]), now, minutes)
    return [
        {
            "label": f"{words.day(at)}, {words.hour(at)}",
            "day": timezone.localtime(at).date().isoformat(), "hour": words.hour(at),
        }
        for at in times
    ]  # fmt: skip


def _initial(request: HttpRequest, actor: Actor, people: list[tuple[str, str]]) -> dict[str, Any]:
    """What the address already says: whose agenda, when, and about which request."""
    asked = request.GET
    known = {value for value, _label in people}
    own = next((value for value in known if value.endswith(f":{actor.ref}")), "")
    first: dict[str, Any] = {
        "with_whom": asked.get("avec", "") if asked.get("avec", "") in known else own,
        "day": asked.get("jour", ""), "hour": asked.get("heure", ""), "lang": "fr", "minutes": 45,
    }  # fmt: skip
    reference = asked.get("demande", "")
    row = requests_visible_to(actor).select_related("team").filter(reference=reference).first()
    if row is not None:
        held = f"{row.team.key}:{row.assignee_id}"
        first |= {
            "subject_ref": row.reference, "name": row.name, "phone": row.phone,
            "email": row.email, "lang": row.lang,
        }  # fmt: skip
        if held in known and not asked.get("avec"):
            first["with_whom"] = held
    return first


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show an appointment and what can be done with it."""
    return _page(request, reference)


def _page(request: HttpRequest, reference: str, bound: Any = None, act: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    agenda.read_appointment(reference=reference, by=actor, at=now)
    row = queries.full(permissions.appointments_visible_to(actor), reference.upper())
    if row is None:
        raise Http404
    acts = []
    for key, label in _open_acts(row, now):
        form = bound if bound is not None and key == act else _form(key, row)
        acts.append({"key": key, "label": label, "form": form, "is_open": form is bound})
    context = {
        "row": row, "who": words.who(row), "when": words.day(row.starts_at),
        "hours": words.span(row.starts_at, row.ends_at), "tone": words.tone(row.state),
        "facts": _facts(row, actor), "acts": acts, "bound": bound,
        "moves": [(m, _move_words().get(m.move, m.move)) for m in row.moves.all()],
        "next": _next(row), "reminders": row.reminders.all(),
    }  # fmt: skip
    status = 200 if bound is None else 422
    return render(request, "desk/agenda/appointment.html", context, status=status)


def _open_acts(row: Any, now: datetime) -> list[tuple[str, Any]]:
    """The moves of the table that make sense at this moment."""
    today = timezone.localdate(now) >= timezone.localdate(row.starts_at)
    acts = [
        (move.key, move.label)
        for move in appointment_moves_from(row.state)
        if not (move.key == "keep" and not today) and not (move.key == "miss" and now < row.starts_at)
    ]  # fmt: skip
    if row.state == AppointmentState.MISSED and row.next_step_done_at is None:
        acts.insert(0, ("next_step_done", _("Contact repris")))
    return acts


def _form(key: str, row: Any, data: Any = None) -> AgendaForm:
    first = timezone.localtime(row.starts_at)
    initial = {
        "day": first.date(), "hour": first.time(), "room": row.room_id, "where": row.where,
        "minutes": int((row.ends_at - row.starts_at).total_seconds()) // 60,
        "next_step": NextStep.CALL,
    }  # fmt: skip
    return FORMS[key](data, auto_id=f"{key}-%s", initial=initial)


def _facts(row: Any, actor: Actor) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Avec"), "value": str(row.worker), "note": row.team.name},
        {"label": _("Où"), "value": row.location},
        {"label": _("Objet"), "value": str(row.get_purpose_display())},
    ]
    if row.subject_ref:
        seen = requests_visible_to(actor).filter(reference=row.subject_ref).exists()
        link = {"url": request_words.page_url(row.subject_ref)} if seen else {}
        facts.append({"label": _("Demande"), "value": row.subject_ref, **link})
    if row.phone:
        facts.append({"label": _("Téléphone"), "value": row.phone, "url": request_words.tel(row.phone)})  # fmt: skip
    if row.email:
        facts.append({"label": _("Courriel"), "value": row.email, "url": f"mailto:{row.email}"})
    facts.append({"label": _("Langue"), "value": request_words.language(row.lang)})
    if row.interpreter:
        facts.append({"label": _("Interprète"), "value": row.interpreter})
    if row.to_prepare and permissions.can_see_notes(actor, row):
        facts.append({"label": _("À préparer"), "value": row.to_prepare})
    return facts


def _next(row: Any) -> dict[str, str]:
    """What comes next, in a sentence, with a link to the time that replaced this one."""
    if row.state == AppointmentState.OFFERED:
        return {"title": _("La personne doit encore dire si ce moment lui va.")}
    if row.state == AppointmentState.MOVED:
        return {
            "title": _("Ce rendez-vous est déplacé."), "url": words.url(row.moved_to.reference),
            "label": f"{words.day(row.moved_to.starts_at)}, {words.hour(row.moved_to.starts_at)}",
        }  # fmt: skip
    if row.state == AppointmentState.MISSED:
        done = row.next_step_done_at is not None
        title = _("Contact repris.") if done else str(row.get_next_step_display())
        return {"title": title, "text": _("Aucun droit ne change : un rendez-vous manqué demande qu’on se parle.")}  # fmt: skip
    return {}


def _move_words() -> dict[str, str]:
    return {
        "offer": _("Proposé"), "make": _("Convenu avec la personne"), "confirm": _("Confirmé"),
        "move": _("Déplacé"), "keep": _("A eu lieu"), "miss": _("La personne n’est pas venue"),
        "keep_after_all": _("A eu lieu tout de même"), "cancel": _("Annulé"),
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = permissions.appointments_visible_to(actor).filter(reference=reference.upper()).first()
    if row is None or act not in FORMS:
        raise Http404
    form = _form(act, row, request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        if isinstance(form, MoveForm):
            given["starts_at"] = form.when()
            del given["day"], given["hour"]
        if "next_step" in given:
            given["next_step"] = NextStep(given["next_step"])
        try:
            done = getattr(agenda, act)(
                reference=row.reference, by=actor, at=timezone.now(), **given
            )
        except NotAllowed:
            raise
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(_after(request, done.reference))
    return _page(request, reference, bound=form, act=act)


def _after(request: HttpRequest, reference: str) -> str:
    if request.POST.get("retour") == reverse("desk:first_page"):
        return reverse("desk:first_page")
    return words.url(reference)
