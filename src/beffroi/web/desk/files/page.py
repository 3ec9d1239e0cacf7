"""The page of a social file: the next legal step, what is asked, what runs, what was decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.accounts import queries as accounts
from beffroi.casework import queries, record_queries
from beffroi.casework import services as casework
from beffroi.casework.enums import ApplicationState, GrantState
from beffroi.casework.permissions import files_visible_to, led_teams
from beffroi.casework.retention import kept_until
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.core.text import whole_number
from beffroi.rules import procedure
from beffroi.web.desk.files import new, words
from beffroi.web.desk.files.fields import text


class ReasonForm(forms.Form):
    """Why an agent opens a file that is not in her caseload."""

    use_required_attribute = False
    reason = text(
        lazy("Pourquoi ouvrez-vous ce dossier"), 2,
        help_text=lazy("La personne responsable de l’équipe le lira ; le journal le garde."),
    )  # fmt: skip


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """This function will show a file, or ask why when it is not in the agent’s caseload."""
    try:
        context = _context(request, number.upper())
    except casework.ReasonNeeded:
        return render(request, "desk/files/reason.html", _reason_context(request, number))
    return render(request, "desk/files/page.html", context)


def _context(request: HttpRequest, number: str) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, today = timezone.now(), timezone.localdate()
    file = casework.read_file(number=number, by=actor, at=now)
    applications = queries.applications_of(file)
    grants = list(queries.grants_of(file))
    followed = record_queries.numbers_of(grants)
    clocks = [words.clock_row(line, today) for line in queries.clock_lines(file, today)]
    return {
        "file": file,
        "next_step": _next_step(file, applications, today),
        "applications": [_application(one) for one in applications],
        "grants": [_grant(one, followed.get(one.pk, "")) for one in grants],
        "clocks": clocks,
        "facts": _facts(file),
        "agents": _agents(actor, file),
        "kinds": new.KindForm(),
        "leads": file.team.key in led_teams(actor),
    }


def _next_step(file: Any, applications: list[Any], today: Any) -> dict[str, Any]:
    running = next((a for a in applications if a.state != ApplicationState.CLOSED), None)
    action = (
        {"label": _("Ouvrir la demande"),
         "url": reverse("desk:application", args=[running.reference])}
        if running else None
    )  # fmt: skip
    if file.next_due_on is None:
        return {"title": _("Aucun délai ne court dans ce dossier."), "action": action}
    said, _tone = words.left(file.next_due_on, today)
    return {
        "title": procedure.label_of(file.next_what),
        "when": _("pour le %(date)s · %(left)s")
        % {"date": words.day(file.next_due_on), "left": said},
        "action": action,
    }


def _application(one: Any) -> dict[str, Any]:
    return {
        "one": one,
        "label": words.aid_label(one.kind),
        "steps": words.steps(one.state),
        "decisions": [
            {"one": d, "tone": words.outcome_tone(d.outcome),
             "amount": words.euros(d.amount) if d.amount is not None else ""}
            for d in one.decisions.all()
        ],
    }  # fmt: skip


def _grant(one: Any, record: str) -> dict[str, Any]:
    tones = {GrantState.RUNNING: "green", GrantState.SUSPENDED: "amber"}
    return {
        "one": one,
        "label": words.aid_label(one.kind),
        "amount": words.euros(one.amount) if one.amount else "",
        "record": record,
        "tone": tones.get(one.state, ""),
    }


def _facts(file: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("Personne"), "value": str(file.person),
         "url": reverse("desk:person", args=[file.person.reference])},
        {"label": _("Dossier"), "value": file.number},
        {"label": _("Équipe"), "value": file.team.name},
        {"label": _("Qui s’en occupe"), "value": str(file.worker) if file.worker else _("personne encore")},
        *([{"label": _("Gel juridique"), "value": file.legal_hold}] if file.legal_hold else []),
        *([{"label": _("Gardé jusqu’au"), "value": words.day(until)}] if (until := kept_until(file))
          else []),
        {"label": _("Ouvert le"), "value": words.day(timezone.localtime(file.opened_at).date())},
    ]  # fmt: skip


def _agents(actor: Actor, file: Any) -> list[Any]:
    """Whom the file may be given to: asked of the leader, and of anybody while it is free."""
    if file.worker_id is not None and file.team.key not in led_teams(actor):
        return []
    return list(accounts.agents_of([file.team.key], timezone.localdate()))


def _reason_context(
    request: HttpRequest, number: str, form: ReasonForm | None = None
) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    file = files_visible_to(actor).select_related("team", "worker").filter(number=number).first()
    if file is None:
        raise Http404
    return {"file": file, "form": form or ReasonForm()}


@require_POST
def open_with_reason(request: HttpRequest, number: str) -> HttpResponse:
    """This function will open a file out of caseload for the day, with the reason given."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            casework.open_out_of_caseload(
                number=number, reason=form.cleaned_data["reason"],
                by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except InvalidInput as refused:
            form.add_error("reason", refused.fields.get("reason", str(refused)))
        else:
            return redirect("desk:file", number)
    return render(request, "desk/files/reason.html", _reason_context(request, number, form))


@require_http_methods(["POST"])
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """This function will give the file to a worker of the team."""
    try:
        casework.assign(
            number=number, to=whole_number(request.POST.get("to", "")) or 0,
            by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le dossier est confié."))
    return redirect("desk:file", number)


@require_POST
def clock(request: HttpRequest, number: str, clock: int) -> HttpResponse:
    """This function will say a clock done, suspend it with its reason, or let it run again."""
    given: dict[str, Any] = {"number": number, "clock": clock, "at": timezone.now(),
                             "by": request.actor}  # type: ignore[attr-defined]  # fmt: skip
    try:
        if "how" in request.POST:
            casework.settle(how=request.POST["how"], **given)
        elif "why" in request.POST:
            casework.suspend(why=request.POST["why"], **given)
        else:
            casework.resume(**given)
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, " ".join([str(refused), *getattr(refused, "fields", {}).values()]))
    else:
        messages.success(request, _("Le délai est mis à jour."))
    return redirect("desk:file", number)
