"""The one thing that cannot wait, said in a sentence, with its button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests.enums import RequestState, Side
from beffroi.core.actors import Actor
from beffroi.web.desk.requests import words

#: What is said of a person who left her name, and of one who did not.
_LATE = (
    lazy("Le délai légal de %(name)s est dépassé."),
    lazy("Le délai légal d’une demande sans nom est dépassé."),
)
_TODAY = (
    lazy("%(name)s a besoin d’aide aujourd’hui."),
    lazy("Une personne qui n’a pas laissé son nom a besoin d’aide aujourd’hui."),
)
_SOON = (
    lazy("Le délai légal de %(name)s finit : %(left)s."),
    lazy("Le délai légal d’une demande sans nom finit : %(left)s."),
)
_PASSED = (
    lazy("Une équipe vous propose la demande de %(name)s."),
    lazy("Une équipe vous propose une demande sans nom."),
)
_ANSWERED = (
    lazy("%(name)s vous a répondu."),
    lazy("Une personne qui n’a pas laissé son nom vous a répondu."),
)
_NOBODY = (
    lazy("Personne ne s’occupe encore de la demande de %(name)s."),
    lazy("Personne ne s’occupe encore d’une demande sans nom."),
)


@dataclass(frozen=True)
class Pressing:
    """A sentence, its reason, and the act that answers it; without `act`, a link is enough."""

    title: str
    text: str
    reference: str
    url: str
    label: str
    act: str = ""


def pressing(actor: Actor, now: datetime) -> Pressing | None:
    """This function will say what cannot wait for this agent, if anything does."""
    today = timezone.localdate(now)
    request = inbox.most_pressing(actor, today)
    if request is None:
        return None
    due = getattr(request, "due_date", None)
    late = due is not None and due < today
    free = request.state == RequestState.RECEIVED
    return Pressing(
        title=_title(request, late, today),
        text=f"{request.service.name} · {request.get_kind_display()} · {request.reference}",
        reference=request.reference,
        url=words.page_url(request.reference),
        label=_("Prendre en charge") if free else _("Ouvrir la demande"),
        act="take" if free else "",
    )


def _title(request: Any, late: bool, today: Any) -> str:
    name = request.name
    left = ""
    if request.due_date is not None and (request.due_date - today).days <= inbox.SOON_DAYS:
        left = words.time_left(request.due_date, today, today).text
    if late:
        named, nameless = _LATE
    elif request.state == RequestState.RECEIVED and request.answers.get("urgency") == "today":
        named, nameless = _TODAY
    elif left:
        named, nameless = _SOON
    elif request.state == RequestState.PASSED:
        named, nameless = _PASSED
    elif request.last_side == Side.PERSON:
        named, nameless = _ANSWERED
    else:
        named, nameless = _NOBODY
    return str(named if name else nameless) % {"name": name, "left": left}
