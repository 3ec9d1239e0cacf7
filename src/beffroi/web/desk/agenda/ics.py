"""One's own agenda as a file for a calendar: times, places and references, and no person."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.agenda import permissions, queries
from beffroi.acts.agenda.enums import AppointmentState
from beffroi.acts.agenda.workflow import STILL_TO_COME
from beffroi.core.actors import Actor
from beffroi.core.later import later

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

_DAYS_BACK, _DAYS_AHEAD = 14, 120


def own(request: HttpRequest) -> HttpResponse:
    """This function will give the agent's own appointments of the last weeks and the next months."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = timezone.localdate() - timedelta(days=_DAYS_BACK)
    own_rows = permissions.appointments_visible_to(actor).filter(worker_id=int(actor.ref))
    rows = queries.on_day(own_rows, first, _DAYS_BACK + _DAYS_AHEAD)
    file = icalendar.Calendar()
    file.add("prodid", "-//Beffroi//FR")
    file.add("version", "2.0")
    for row in rows.filter(state__in=(*STILL_TO_COME, AppointmentState.KEPT)):
        event = icalendar.Event()
        event.add("uid", f"{row.reference}@beffroi")
        event.add("dtstamp", row.made_at)
        event.add("dtstart", timezone.localtime(row.starts_at))
        event.add("dtend", timezone.localtime(row.ends_at))
        # Other programs read this file: it says neither with whom nor why.
        event.add("summary", _("Rendez-vous %(reference)s") % {"reference": row.reference})
        if row.room is not None:
            event.add("location", row.room.name)
        offered = row.state == AppointmentState.OFFERED
        event.add("status", "TENTATIVE" if offered else "CONFIRMED")
        file.add_component(event)
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    response["Cache-Control"] = "no-store, private"
    return response
