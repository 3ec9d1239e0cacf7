"""The sittings: what is to be decided, the list, one sitting, its agenda in preparation."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from beffroi.acts.bodies import permissions, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import SittingState
from beffroi.rules import council as rules
from beffroi.web.desk.council import words
from beffroi.web.desk.council.common import WhenForm, actor_of, attempt, moment_of
from beffroi.web.desk.council.forms import CancelForm, ConveneForm, RecallForm

PER_PAGE = 25


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """This function will show what the agent must decide, then the sittings of her bodies."""
    actor, now = actor_of(request), timezone.now()
    todo = bodies.read_to_decide(by=actor, at=now)
    rows = queries.with_matters(permissions.sittings_visible_to(actor))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "todo_columns": [{"label": _("Séance")}, {"label": _("Point")}],
        "todo_rows": [_todo_row(entry) for entry in todo],
        "todo_count": words.matters(len(todo)),
        "next_sitting": todo[0].sitting if todo else None,
        "columns": words.sitting_columns(),
        "rows": [words.sitting_row(row) for row in page.object_list],
        "page": page,
        "can_plan": permissions.bodies_prepared_by(actor).exists(),
    }
    return render(request, "desk/council/home.html", context)


def _todo_row(entry: Any) -> list[Any]:
    when = {"text": words.moment(entry.sitting.starts_at), "sub": entry.sitting.body.name}
    return [when, words.item_cell(entry.item)]


class SittingForm(WhenForm):
    """A sitting to plan."""

    body = forms.ChoiceField(label=lazy("Organe"))
    field_order = ("body", "day", "hour", "place")


def new(request: HttpRequest) -> HttpResponse:
    """This function will plan a sitting of a body the agent prepares."""
    actor, made = actor_of(request), []
    form = SittingForm(request.POST or None, initial={"hour": "18:00"})
    held = permissions.bodies_prepared_by(actor)
    form.fields["body"].choices = [(b.key, b.name) for b in held]  # type: ignore[attr-defined]

    def plan(data: dict[str, Any]) -> None:
        made.append(
            bodies.plan_sitting(
                body_key=data["body"], starts_at=moment_of(data), place=data["place"], by=actor,
                at=timezone.now(),
            )
        )  # fmt: skip

    if request.method == "POST" and attempt(form, plan):
        return redirect("desk:council_agenda", made[0].reference)
    crumbs = [{"label": _("Séances"), "url": reverse("desk:council")}, {"label": _("Nouvelle")}]
    return render(request, "desk/council/form.html", {
        "form": form, "heading": _("Prévoir une séance"), "act": _("Prévoir la séance"),
        "crumbs": crumbs, "back": reverse("desk:council"),
    })  # fmt: skip


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a sitting to who sits in it."""
    return render(request, "desk/council/sitting.html", sitting_context(request, reference))


def sitting_context(
    request: HttpRequest, reference: str, bound: forms.Form | None = None
) -> dict[str, Any]:
    """This function will give the page of a sitting, with the form that was refused, if one was.

    Raises: NotAllowed when it is not hers to see.
    """
    actor, now = actor_of(request), timezone.now()
    page = bodies.read_sitting(reference=reference.upper(), by=actor, at=now)
    sitting = page.sitting
    runs = permissions.can_prepare(actor, sitting.body)
    pen = permissions.can_record(actor, sitting.body)
    return {
        "sitting": sitting, "body": sitting.body, "state": words.state(sitting),
        "when": words.moment(sitting.starts_at), "facts": _facts(page),
        "columns": words.agenda_columns(),
        "rows": [words.agenda_row(entry) for entry in page.entries],
        "runs": runs, "pen": pen, "next": _next(sitting, runs, pen, actor),
        "acts": _acts(sitting, runs, pen, bound), "bound": bound,
        "has_minutes": sitting.state in (SittingState.DRAFTED, SittingState.APPROVED),
    }  # fmt: skip


def _facts(page: Any) -> list[dict[str, Any]]:
    sitting, day = page.sitting, queries.date_of(page.sitting)
    count = len(page.members)
    facts: list[dict[str, Any]] = [
        {"label": _("Lieu"), "value": sitting.place, "note": _("à huis clos")},
        {"label": _("En fonction"), "value": str(count)},
        {"label": _("Quorum"), "value": str(rules.quorum(count, day)),
         "note": words.rule_note(rules.rule("quorum_share", day))},
    ]  # fmt: skip
    if sitting.state == SittingState.PLANNED:
        last = rules.last_day_to_convene(day, sitting.missed_before)
        key = rules.rule("convocation_days", day)
        facts.append({
            "label": _("À convoquer"), "value": last.strftime("%d/%m/%Y"),
            "note": _("au plus tard · ") + words.rule_note(key),
        })  # fmt: skip
    elif sitting.convened_at:
        facts.append({"label": _("Convoquée"), "value": words.moment(sitting.convened_at)})
    if sitting.urgency_reason:
        facts.append({"label": _("Urgence"), "value": sitting.urgency_reason})
    if sitting.missed_before:
        facts.append({"label": _("Sans quorum avant"), "value": str(sitting.missed_before)})
    if sitting.chair:
        facts.append({"label": _("Préside"), "value": str(sitting.chair.agent)})
    return facts


def _next(sitting: Any, runs: bool, pen: bool, actor: Any) -> dict[str, Any] | None:
    """The one thing to do now with this sitting, for this reader."""
    live = {
        "label": _("Tenir la séance"),
        "url": reverse("desk:council_live", args=[sitting.reference]),
    }
    page = reverse("desk:council_minutes", args=[sitting.reference])
    state = sitting.state
    if state == SittingState.PLANNED and runs:
        build = reverse("desk:council_agenda", args=[sitting.reference])
        return {
            "title": _("Composez l’ordre du jour, puis convoquez."),
            "action": {"label": _("Composer l’ordre du jour"), "url": build},
        }
    if state in (SittingState.CONVENED, SittingState.OPEN) and pen:
        return {"title": _("La séance se tient ici, point par point."), "action": live}
    if state == SittingState.CONVENED:
        return {"title": _("Lisez les points avant la séance.")}
    if state == SittingState.CLOSED and pen:
        return {"title": _("Rédigez le procès-verbal : le projet est prêt."), "act": "draft"}
    if state == SittingState.DRAFTED and permissions.can_approve(actor, sitting.body):
        action = {"label": _("Relire le procès-verbal"), "url": page}
        return {"title": _("Relisez le procès-verbal, puis approuvez-le."), "action": action}
    if state == SittingState.DRAFTED and pen:
        action = {"label": _("Retoucher le procès-verbal"), "url": page}
        return {"title": _("La présidence doit approuver le procès-verbal."), "action": action}
    return None


def _acts(sitting: Any, runs: bool, pen: bool, bound: Any) -> list[dict[str, Any]]:
    """The acts that ask something, each with its form, as the state allows."""
    offered: list[tuple[type[Any], str, str]] = []
    if sitting.state == SittingState.PLANNED and runs:
        offered.append((ConveneForm, _("Convoquer les membres"), _("Convoquer")))
    if sitting.state in (SittingState.PLANNED, SittingState.CONVENED) and runs:
        offered.append((CancelForm, _("Annuler la séance"), _("Annuler la séance")))
    if sitting.state == SittingState.NO_QUORUM and runs:
        offered.append((RecallForm, _("Convoquer à nouveau"), _("Prévoir la nouvelle séance")))
    return [
        {
            "key": form.act, "title": title, "button": button,
            "form": bound if bound is not None and bound.act == form.act else form(),
            "is_open": bound is not None and bound.act == form.act,
        }
        for form, title, button in offered
    ]  # fmt: skip


@require_safe
def agenda(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the agenda in preparation, beside what is ready for it."""
    actor, now = actor_of(request), timezone.now()
    ready = bodies.read_ready(sitting=reference.upper(), by=actor, at=now)
    page = bodies.read_sitting(reference=reference.upper(), by=actor, at=now)
    if page.sitting.state != SittingState.PLANNED:
        return redirect("desk:council_sitting", page.sitting.reference)
    if not permissions.can_prepare(actor, page.sitting.body):
        raise Http404
    context = {
        "sitting": page.sitting, "when": words.moment(page.sitting.starts_at),
        "entries": page.entries, "ready": ready, "count": words.matters(len(page.entries)),
    }  # fmt: skip
    return render(request, "desk/council/agenda.html", context)
