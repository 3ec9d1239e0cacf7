"""How a row of a list reads: the time left, who, what, where it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.requests.enums import RequestState, Side
from beffroi.acts.requests.queries import due_of
from beffroi.web.components.templatetags.ui import tel as dialled


@dataclass(frozen=True)
class TimeLeft:
    """The time left until what the law wants, or since how long a request waits."""

    text: str
    tone: str = ""
    sub: str = ""


def time_left(due_date: date | None, received_on: date, today: date) -> TimeLeft:
    """This function will say in words how long is left, with a tone; never a colour alone."""
    due = due_of(due_date, today)
    if due.days_left is None or due.date is None:
        return TimeLeft(_waits((today - received_on).days), "", _("sans délai légal"))
    sub = date_filter(due.date, "j F")
    if due.days_left < 0:
        late = -due.days_left
        text = ngettext("%(n)d jour de retard", "%(n)d jours de retard", late) % {"n": late}
    elif due.days_left == 0:
        text = _("aujourd’hui")
    elif due.days_left == 1:
        text = _("demain")
    else:
        text = ngettext("%(n)d jour", "%(n)d jours", due.days_left) % {"n": due.days_left}
    return TimeLeft(text, due.tone, sub)


def _waits(days: int) -> str:
    if days <= 0:
        return _("arrivée aujourd’hui")
    if days == 1:
        return _("arrivée hier")
    return _("arrivée il y a %(n)d j") % {"n": days}


def who(request: Any) -> str:
    """This function will give the person's name, or say that she left none."""
    if request.name:
        return str(request.name)
    return _("vidée") if request.anonymised_at else _("sans nom")


def standing(request: Any) -> tuple[str, str, str]:
    """This function will say where a request stands: a word, its tone, and a precision."""
    state = RequestState(request.state)
    if state is RequestState.CLOSED:
        return _("clôturée"), "", str(request.get_outcome_display())
    if state is RequestState.PASSED and request.pending_handovers:
        handover = request.pending_handovers[0]
        names = {"from": handover.from_team.name, "to": handover.to_team.name}
        return _("proposée"), "amber", _("par %(from)s à %(to)s") % names
    if state is RequestState.WAITING:
        return _("attend la personne"), "amber", ""
    if state is RequestState.RECEIVED:
        urgent = request.answers.get("urgency") == "today"
        sub = _("besoin d’aide aujourd’hui") if urgent else ""
        return _("à prendre"), "red" if urgent else "copper", sub
    if request.last_side == Side.PERSON:
        return _("a répondu"), "copper", _("à vous de jouer")
    return _("en cours"), "green", ""


def columns() -> list[dict[str, str]]:
    """This function will give the heads of the columns of a list of requests."""
    heads = (_("Délai"), _("Personne"), _("Demande"), _("Reçue"), _("Où en est-on"), _("Agent"))
    return [{"label": head} for head in heads]


def row(request: Any, today: date) -> list[dict[str, Any]]:
    """This function will give the cells of a request in a list."""
    received = timezone.localdate(request.received_at)
    word, tone, sub = standing(request)
    if request.closed_at:
        closed_on = date_filter(timezone.localtime(request.closed_at), "j F")
        left = TimeLeft(_("close"), "", _("le %(date)s") % {"date": closed_on})
    else:
        left = time_left(getattr(request, "due_date", None), received, today)
    person = {"text": who(request), "url": page_url(request.reference), "sub": request.reference}
    if request.for_other:
        person["sub"] += " · " + _("pour %(name)s") % {"name": request.other_name}
    return [
        {"text": left.text, "tone": left.tone, "sub": left.sub, "due": True},
        person,
        {"text": request.service.name, "sub": request.get_kind_display()},
        {"text": date_filter(received, "j b"), "sub": request.get_channel_display()},
        {"tag": word, "tone": tone, "sub": sub},
        {"text": str(request.assignee) if request.assignee else _("personne"),
         "sub": request.team.name},
    ]  # fmt: skip


def page_url(reference: str) -> str:
    """This function will give the address of the page of a request."""
    return reverse("desk:request", args=[reference])


def moment(value: Any) -> str:
    """This function will write a moment in full."""
    return str(date_filter(timezone.localtime(value), "l j F Y, H:i"))


def language(code: str) -> str:
    """This function will name a language, in French."""
    names = {"fr": _("français"), "nl": _("néerlandais"), "de": _("allemand"), "en": _("anglais")}
    return names.get(code, code)


def tel(number: str) -> str:
    """This function will give the address that dials a number."""
    return dialled(number)
