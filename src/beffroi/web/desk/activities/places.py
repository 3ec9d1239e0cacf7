"""The places of an activity or a session: who has one, who waits, and since when."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Enrolment, PlaceState
from beffroi.acts.activities.workflow import place_moves_from
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.forms import PlaceForm
from beffroi.web.sent_once import SAID_ONCE

_TONES: dict[Any, str] = {
    PlaceState.CONFIRMED: "green", PlaceState.OFFERED: "copper", PlaceState.WAITING: "amber",
}  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> tuple[Any, Any]:
    """The activity, and the session named in the address when one enrols in each session."""
    actor = request.actor  # type: ignore[attr-defined]
    one = queries.activity(permissions.activities_visible_to(actor), pk)
    if one is None:
        raise Http404
    typed = whole_number(request.GET.get("seance", ""))
    if one.enrolment != Enrolment.SESSION or typed is None:
        return one, None
    own = permissions.sessions_visible_to(actor).filter(activity=one)
    session = queries.session(own, typed)
    if session is None:
        raise Http404
    return one, session


def _address(one: Any, session: Any) -> str:
    query = f"?seance={session.pk}" if session else ""
    return reverse("desk:activity_places", args=[one.pk]) + query


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the places in their order, and give one."""
    one, session = _visible(request, pk)
    form = PlaceForm(request.POST or None, initial={"nonce": uuid4().hex})
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        nonce = given.pop("nonce")
        try:
            got = activities.register(
                activity=pk, session=session.pk if session else None, nonce=nonce, by=actor,
                at=now, draft=activities.PlaceDraft(**given),
            )  # fmt: skip
        except Refusal as refused:
            form.tell(refused)
        else:
            said = _("%(reference)s, code %(secret)s.") % vars(got)
            messages.success(request, said, extra_tags=SAID_ONCE)
            return redirect(_address(one, session))
    return render(request, "desk/activities/places.html", _context(request, one, session, form))


def _context(request: HttpRequest, one: Any, session: Any, form: Any) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    may_read = one.team.key in permissions.own_teams(actor)
    needs_day = one.enrolment == Enrolment.SESSION and session is None
    capacity = session.capacity if session else one.capacity
    rows = (
        [] if needs_day else list(queries.registrations_of(one.pk, session.pk if session else None))
    )
    left = queries.places_left([one.pk])
    days = queries.sessions_to_come(one.pk, now) if one.enrolment == Enrolment.SESSION else []
    if may_read and rows:
        activities.read_places(activity=one.pk, by=actor, at=now)
    return {
        "activity": one, "session": session, "form": form, "may_read": may_read,
        "day": words.day(session.starts_at) if session else "", "capacity": capacity,
        "held": left.get((one.pk, session.pk if session else None), (0, 0)),
        "rows": [_row(row, may_read) for row in rows], "needs_day": needs_day,
        "days": [{"pk": d.pk, "day": words.day(d.starts_at), "held": left.get((one.pk, d.pk), (0, 0)), "capacity": d.capacity} for d in days],
    }  # fmt: skip


def _row(row: Any, may_read: bool) -> dict[str, Any]:
    moves = [m for m in place_moves_from(row.state) if m.key in ("accept", "withdraw")]
    return {
        "pk": row.pk, "rank": row.rank, "reference": row.reference, "seats": row.seats,
        "name": (row.name or _("sans nom")) if may_read else "",
        "contact": " ".join(filter(None, (row.phone, row.email))) if may_read else "",
        "state": row.get_state_display(), "tone": _TONES.get(row.state, ""),
        "until": row.offered_until, "made_at": row.made_at,
        "moves": [(m.key, m.label) for m in moves] if may_read else [],
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will take an offered place for somebody, give one back, or settle the list."""
    one, session = _visible(request, pk)
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    typed = whole_number(request.POST.get("inscription", ""))
    own = queries.registrations_of(pk, session.pk if session else None)
    if act not in ("accept", "withdraw"):
        raise Http404
    if typed is None or not own.filter(pk=typed).exists():
        raise InvalidInput(_("Choisissez une inscription de cette liste."))
    try:
        activities.answer_for(registration=typed, key=act, by=actor, at=now)
    except InvalidInput as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est noté."))
    return redirect(_address(one, session))
