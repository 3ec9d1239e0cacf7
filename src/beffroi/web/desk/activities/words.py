"""How activities read: when, where, how many, in which state."""

from datetime import datetime
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.activities.enums import SessionState

_TONES: dict[Any, str] = {
    SessionState.PLANNED: "amber", SessionState.HELD: "green", SessionState.CANCELLED: "",
}  # fmt: skip


def tone(state: str) -> str:
    """This function will give the tone of the state of a session."""
    return _TONES.get(state, "")


def span(starts_at: datetime, ends_at: datetime) -> str:
    """This function will write a time from an hour to another."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{start:%H:%M}–{end:%H:%M}"


def day(at: datetime) -> str:
    """This function will write a day with its name."""
    return str(date_filter(timezone.localtime(at), "l j F Y"))


def came(session: Any) -> str:
    """This function will say how many came to a closed session, named and not."""
    if session.state != SessionState.HELD:
        return ""
    said = ngettext("%(n)d présence", "%(n)d présences", session.presences) % {
        "n": session.presences
    }
    if session.anonymous_count:
        said += _(", dont %(n)d sans nom") % {"n": session.anonymous_count}
    return said


def passed_over(written: Any) -> str:
    """This function will say what was written, and which days were passed over."""
    said = ngettext("%(n)d séance est écrite.", "%(n)d séances sont écrites.", written.sessions) % {
        "n": written.sessions
    }
    if written.passed:
        days = ", ".join(f"{one:%d/%m} ({why})" for one, why in written.passed)
        said += " " + _("Passés : %(days)s.") % {"days": days}
    return said
