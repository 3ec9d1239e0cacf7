"""One session: who came, its count, its corrections, its printed list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import permissions, picture_queries, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import SessionState
from beffroi.core.errors import Refusal
from beffroi.web.desk.activities import acts, words
from beffroi.web.desk.activities.forms import CorrectionForm, SessionForm, WhyForm


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.session(permissions.sessions_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _local(found: Any) -> dict[str, Any]:
    starts, ends = (timezone.localtime(one) for one in (found.starts_at, found.ends_at))
    return {
        "day": starts.date(),
        "hour": starts.time(),
        "until_time": ends.time(),
        "room": found.room,
    }


def _forms(found: Any, sheet: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    correction = None
    if sheet is not None and found.state == SessionState.HELD:
        first = {"minutes": found.minutes}
        correction = CorrectionForm(
            sheet, post if act == "corriger" else None, initial=first, auto_id="c-%s"
        )
    return {
        "why_form": WhyForm(post if act == "annuler" else None, auto_id="y-%s"),
        "times_form": SessionForm(
            post if act == "deplacer" else None, initial=_local(found), auto_id="t-%s"
        ),
        "correction_form": correction,
    }


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a session; its names to whom may read them, its counts to all."""
    return _page(request, _visible(request, pk))


def _page(request: HttpRequest, found: Any, filled: dict[str, Any] | None = None) -> HttpResponse:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    may_tap = permissions.can_take_attendance(actor, found)
    sheet = queries.sheet(found) if may_tap else None
    if may_tap:
        activities.read_sheet(session=found.pk, by=actor, at=now)
    forms = filled or _forms(found, sheet)
    faulty = next((f for f in forms.values() if f is not None and f.is_bound and f.errors), None)
    context = {
        "session": found, "sheet": sheet, "may_tap": may_tap, "faulty": faulty, **forms,
        "day": words.day(found.starts_at), "span": words.span(found.starts_at, found.ends_at),
        "tone": words.tone(found.state), "counts": queries.counts_of(found.pk),
        "has_begun": found.starts_at <= now, "now_ms": "", "came": words.came(found),
        "bands": acts.band_rows(sheet) if sheet else [],
    }  # fmt: skip
    return render(request, "desk/activities/session.html", context)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the list of a session to print and sign by hand."""
    found = queries.session(permissions.sheets_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        if permissions.sessions_visible_to(request.actor).filter(pk=pk).exists():  # type: ignore[attr-defined]
            return redirect("desk:activity_session", pk)
        raise Http404
    activities.read_sheet(session=pk, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    sheet = queries.sheet(found)
    known = [row.id for row in sheet.rows if row.id is not None]
    around = picture_queries.contacts_for(known, found.date)
    context = {
        "rows": [(row, around.get(row.id or 0, [])) for row in sheet.rows],
        "session": found, "sheet": sheet, "day": words.day(found.starts_at),
        "span": words.span(found.starts_at, found.ends_at), "blank": range(8),
    }  # fmt: skip
    return render(request, "desk/activities/sheet.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will say who came, close, correct, move, cancel or restore a session."""
    actor, found, now = request.actor, _visible(request, pk), timezone.now()  # type: ignore[attr-defined]
    given: dict[str, Any] = {"session": pk, "by": actor, "at": now}
    if act in acts.ACTS:
        said = acts.do(act, request.POST, **given)
        if said:
            messages.success(request, said)
        return redirect("desk:activity_session", pk)
    if act == "retablir":
        activities.restore_session(**given)
        messages.success(request, _("La séance est de nouveau prévue."))
        return redirect("desk:activity_session", pk)
    sheet = queries.sheet(found) if permissions.can_take_attendance(actor, found) else None
    forms = _forms(found, sheet, request.POST, act)
    names = {"annuler": "why_form", "deplacer": "times_form", "corriger": "correction_form"}
    form = forms.get(names.get(act, ""))
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            messages.success(request, _write(act, form, given))
        except Refusal as refused:
            form.tell(refused)
        else:
            return redirect("desk:activity_session", pk)
    return _page(request, found, forms)


def _write(act: str, form: Any, given: dict[str, Any]) -> str:
    if act == "annuler":
        activities.cancel_session(why=form.cleaned_data["why"], **given)
        return _("La séance est annulée.")
    if act == "deplacer":
        activities.move_times(**form.times(), **given)
        return _("Le moment de la séance a changé.")
    activities.correct_session(correction=form.correction(), why=form.cleaned_data["why"], **given)
    return _("Le compte est corrigé ; l’ancien reste écrit.")
