"""The sessions of today on a phone, and the sheet of one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.fieldwork import permissions as fieldwork
from beffroi.acts.stays import permissions as stays
from beffroi.core.actors import Actor
from beffroi.web.desk.activities import acts, words
from beffroi.web.desk.activities.activities import session_row

#: A session nobody closed is shown on the phone this long after its day.
_LATE_FOR = timedelta(days=14)


def today(request: HttpRequest) -> HttpResponse:
    """This function will show the sessions of today, and those of late that wait to be closed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    day, own = timezone.localdate(now), permissions.sheets_visible_to(actor)
    late = queries.sessions_unclosed(own.filter(date__gte=day - _LATE_FOR), day)
    context = {
        "day": words.day(now), "late": [session_row(one) for one in late],
        "rows": [session_row(one) for one in queries.sessions_between(own, day, day)],
        "doors": _doors(actor),
    }  # fmt: skip
    return render(request, "field/today.html", context)


def _doors(actor: Actor) -> list[dict[str, str]]:
    """The other pages of the phones that this agent has something to do on."""
    doors = []
    if stays.kept_by(actor).exists():
        doors.append({"label": _("Accueillir"), "text": _("Les nuits et les journées des maisons"), "url": reverse("field:stays")})  # fmt: skip
    areas = fieldwork.areas_visible_to(actor).filter(team__key__in=fieldwork.own_teams(actor))
    if areas.exists():
        doors.append({"label": _("Terrain"), "text": _("Sortir, noter qui l’on rencontre"), "url": reverse("field:terrain")})  # fmt: skip
    return doors


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.session(permissions.sheets_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _context(found: Any) -> dict[str, Any]:
    now_ms = int(timezone.now().timestamp() * 1000)
    sheet = queries.sheet(found)
    address = {
        f"{name}_url": reverse("field:act", args=[found.pk, act])
        for name, act in (("tap", "pointer"), ("add", "ajouter"), ("count", "compter"))
    }
    return {
        "session": found, "sheet": sheet, "bands": acts.band_rows(sheet), **address,
        "day": words.day(found.starts_at), "span": words.span(found.starts_at, found.ends_at),
        "has_begun": found.starts_at <= timezone.now(), "came": words.came(found),
        # Read before the sheet: a tap that comes meanwhile is shown from the phone.
        "now_ms": now_ms,
    }  # fmt: skip


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the sheet of a session."""
    actor, found = request.actor, _visible(request, pk)  # type: ignore[attr-defined]
    activities.read_sheet(session=pk, by=actor, at=timezone.now())
    return render(request, "field/session.html", _context(found))


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will take one touch on the sheet, or close the session."""
    actor = request.actor  # type: ignore[attr-defined]
    _visible(request, pk)
    if act not in acts.ACTS:
        raise Http404
    said = acts.do(act, request.POST, session=pk, by=actor, at=timezone.now())
    if said:
        messages.success(request, said)
    return redirect("field:session", pk)
