"""An index date: choose it, look at every amount, apply it; a page does a part at a time."""

from datetime import date
from time import monotonic
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.casework import after_queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import can_index, files_visible_to
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.web.desk.files import words

PER_PAGE = 50
#: A request adapts grants for so long, then shows how far it is.
_SECONDS = 4.0
_AT_ONCE = 20


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest) -> HttpResponse:
    """This function will show the index dates the house knows, and prepare the one chosen."""
    if not can_index(request.actor):  # type: ignore[attr-defined]
        raise Http404
    if request.method == "POST":
        on = _day(request.POST.get("on", ""))
        try:
            casework.prepare_index(on=on, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        except NotAllowed:
            raise
        except Refusal as refused:
            messages.error(request, str(refused))
            return redirect("desk:index_dates")
        return redirect("desk:index_date", on.isoformat())
    known = [
        {"day": day, "run": after_queries.index_run(day)} for day in after_queries.index_days()[:8]
    ]
    return render(request, "desk/files/index_dates.html", {"dates": known})


@require_safe
def show(request: HttpRequest, on: str) -> HttpResponse:
    """This function will show what an index date changes: totals first, then what must be looked at."""
    return render(request, "desk/files/index_date.html", _context(request, _day(on)))


def _context(request: HttpRequest, on: date) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    run = after_queries.index_run(on)
    if run is None or not can_index(actor):
        raise Http404
    page = Paginator(after_queries.index_lines(run), PER_PAGE).get_page(request.GET.get("page"))
    lines = list(page.object_list)
    totals = after_queries.index_totals(run)
    seen = after_queries.visible_numbers(
        files_visible_to(actor), {line.grant.file_id for line in lines}
    )
    heads = (_("Personne"), _("Avant"), _("Après"), _("Différence"), _("Suite"))
    return {
        "run": run,
        "totals": totals,
        "facts": [
            {"label": _("Aides à adapter"), "value": str(totals.ready)},
            {"label": _("Déjà adaptées"), "value": str(totals.done)},
            {"label": _("À regarder"), "value": str(totals.exceptions)},
            {"label": _("Par mois avant"), "value": words.euros(totals.old)},
            {"label": _("Par mois après"), "value": words.euros(totals.new)},
            {"label": _("Différence"), "value": words.euros(totals.new - totals.old)},
        ],
        "columns": [{"label": head, "end": 0 < n < 4} for n, head in enumerate(heads)],
        "rows": [_row(line, line.grant.file_id in seen) for line in lines],
        "page": page,
        "batches": [reverse("desk:letter_batch", args=[key]) for key in run.batches],
        "empty": {"title": _("Aucune aide n’est concernée par cette date.")},
    }


def _row(line: Any, is_seen: bool) -> list[Any]:
    """Another team’s person has no name here: the amounts alone are of the house."""
    tones = {"ready": "amber", "done": "green", "exception": "red"}
    who: dict[str, Any] = {"text": _("Dossier d’une autre équipe")}
    if is_seen:
        who = {
            "text": str(line.grant.file.person), "sub": line.grant.file.number,
            "url": reverse("desk:grant", args=[line.grant.reference]),
        }  # fmt: skip
    gain = line.new_amount - line.old_amount if line.new_amount is not None else None
    return [
        who,
        {"text": words.euros(line.old_amount), "end": True},
        {"text": words.euros(line.new_amount) if line.new_amount is not None else "–", "end": True},
        {"text": words.euros(gain) if gain is not None else "–", "end": True},
        {"tag": str(line.get_state_display()), "tone": tones[line.state], "sub": line.why},
    ]


@require_POST
def apply(request: HttpRequest, on: str) -> HttpResponse:
    """This function will apply for a few seconds, and come back to the page: it goes on from there."""
    day, actor = _day(on), request.actor  # type: ignore[attr-defined]
    if not can_index(actor) or after_queries.index_run(day) is None:
        raise Http404
    until, done = monotonic() + _SECONDS, 0
    try:
        while monotonic() < until:
            part = casework.apply_index(on=day, by=actor, clock=timezone.now, most=_AT_ONCE)
            done += part
            run = after_queries.index_run(day)
            if run is None or run.state == "done":
                break
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(n)s aides adaptées.") % {"n": done})
    return redirect("desk:index_date", on)
