"""A matter as who decides it reads it; an interest declared; the fate of a team's proposals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.bodies import permissions
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies import words as said
from beffroi.web.desk.council import subjects, words
from beffroi.web.desk.council.common import actor_of, at_once


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a matter to who must decide it, and to nobody else."""
    actor = actor_of(request)
    page = bodies.read_item(reference=reference.upper(), by=actor, at=timezone.now())
    item, sitting = page.item, page.sitting
    crumbs = [{"label": _("Séances"), "url": reverse("desk:council")}]
    if sitting and permissions.sittings_visible_to(actor).filter(pk=sitting.pk).exists():
        url = reverse("desk:council_sitting", args=[sitting.reference])
        crumbs.append({"label": sitting.reference, "url": url})
    live = item.state in ("ready", "scheduled")
    context = {
        "item": item, "facts": _facts(item, sitting), "crumbs": [*crumbs, {"label": item.reference}],
        "results": [_result(result) for result in page.results],
        "subject_url": subjects.url_of(item.subject_kind, item.subject_ref, actor),
        "can_recuse": live and page.is_member,
        "can_extract": bool(page.results) and permissions.can_prepare(actor, item.body),
    }  # fmt: skip
    return render(request, "desk/council/item.html", context)


def _facts(item: Any, sitting: Any) -> list[dict[str, Any]]:
    ballot = _("secret") if item.is_secret else _("à haute voix")
    facts: list[dict[str, Any]] = [
        {"label": _("Organe"), "value": item.body.name},
        {"label": _("État"), "value": str(item.get_state_display())},
        {"label": _("Scrutin"), "value": ballot},
        {"label": _("Présenté"), "value": words.moment(item.submitted_at),
         "note": item.submitted_by},
    ]  # fmt: skip
    if sitting:
        facts.insert(1, {"label": _("Séance"), "value": words.moment(sitting.starts_at)})
    if item.corrects:
        facts.append({"label": _("Corrige"), "value": item.corrects.reference})
    return facts


def _result(result: Any) -> dict[str, Any]:
    sitting = result.agenda_item.sitting
    shown = words.outcome(result)
    return {
        "date": words.day(sitting.starts_at), "title": shown["tag"],
        "text": said.decision(result), "who": sitting.reference,
        "state": "done",
    }  # fmt: skip


@require_POST
def recuse(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will note that the agent has an interest: the matter closes for her at once."""
    reference = reference.upper()
    return at_once(
        request,
        lambda: bodies.declare_conflict(
            item_ref=reference, by=actor_of(request), at=timezone.now()
        ),
        _("C’est noté : vous quitterez la salle pour ce point, et vous ne le voyez plus."),
        reverse("desk:council"),
    )  # fmt: skip


@require_safe
def fates(request: HttpRequest) -> HttpResponse:
    """This function will show to a team leader what became of the matters of her teams."""
    found = bodies.read_fates(by=actor_of(request), at=timezone.now())
    columns = [{"label": _("Point")}, {"label": _("Organe")}, {"label": _("Issue")}]
    return render(request, "desk/council/fates.html", {
        "columns": columns, "rows": [_fate(item) for item in found],
    })  # fmt: skip


def _fate(item: Any) -> list[Any]:
    held = sorted(item.agenda.all(), key=lambda entry: entry.sitting.starts_at)
    last = held[-1] if held else None
    result = getattr(last, "result", None) if last else None
    day = words.day(last.sitting.starts_at) if last else ""
    issue = words.outcome(result) if result else {"tag": str(item.get_state_display())}
    return [
        {"text": item.title, "sub": f"{item.kind_label} · {item.reference}"},
        {"text": item.body.name, "sub": day}, issue,
    ]  # fmt: skip
