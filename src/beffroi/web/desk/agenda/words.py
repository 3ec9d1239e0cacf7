"""How the agenda reads: since when, which state, whom, and names found though mistyped."""

import unicodedata
from datetime import datetime
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.agenda.enums import AppointmentState, ArrivalState

_TONES = {
    AppointmentState.OFFERED: "amber", AppointmentState.CONFIRMED: "green",
    AppointmentState.MOVED: "", AppointmentState.KEPT: "", AppointmentState.MISSED: "copper",
    AppointmentState.CANCELLED: "",
    ArrivalState.ANNOUNCED: "amber", ArrivalState.CALLED: "copper", ArrivalState.RECEIVED: "green",
    ArrivalState.DONE: "", ArrivalState.GONE: "",
}  # fmt: skip
#: From this many minutes on, somebody waits too long.
LONG_WAIT = 30


def tone(state: str) -> str:
    """This function will give the tone of a state."""
    known: dict[Any, str] = _TONES
    return known.get(state, "")


def waited(since: datetime, now: datetime) -> dict[str, Any]:
    """This function will say since when somebody waits, in words and with a tone."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    if minutes < 60:
        text = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    else:
        text = _("%(h)d h %(m)02d") % {"h": minutes // 60, "m": minutes % 60}
    return {
        "text": text,
        "sub": _("depuis %(hour)s") % {"hour": hour(since)},
        "tone": "red" if minutes >= LONG_WAIT else "",
    }


def hour(at: datetime) -> str:
    """This function will write an hour."""
    return timezone.localtime(at).strftime("%H:%M")


def span(starts_at: datetime, ends_at: datetime) -> str:
    """This function will write a time from an hour to another."""
    return f"{hour(starts_at)}–{hour(ends_at)}"


def day(at: datetime) -> str:
    """This function will write a day with its name."""
    return str(date_filter(timezone.localtime(at), "l j F Y"))


def weekday(at: datetime) -> str:
    """This function will write a day of a week that is known."""
    return str(date_filter(timezone.localtime(at), "l j"))


def who(thing: Any) -> str:
    """This function will give the name of the person, or her reference when she gave none."""
    return thing.who or thing.subject_ref or _("sans nom")


def url(reference: str) -> str:
    """This function will give the address of an appointment."""
    return reverse("desk:agenda_appointment", args=[reference])


def folded(text: str) -> str:
    """This function will write a text without case, accents or marks, to be compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())  # fmt: skip
