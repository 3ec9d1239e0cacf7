"""The one thing that cannot wait, said in a sentence, with its button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests.enums import RequestState, Side
from beffroi.core.actors import Actor
from beffroi.web.desk.requests import words


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
    name = {"name": words.who(request)}
    if late:
        return _("Le délai légal de %(name)s est dépassé.") % name
    if request.state == RequestState.RECEIVED and request.answers.get("urgency") == "today":
        return _("%(name)s a besoin d’aide aujourd’hui.") % name
    if request.due_date is not None and (request.due_date - today).days <= inbox.SOON_DAYS:
        left = words.time_left(request.due_date, today, today).text
        return _("Le délai légal de %(name)s finit : %(left)s.") % {**name, "left": left}
    if request.state == RequestState.PASSED:
        return _("Une équipe vous propose la demande de %(name)s.") % name
    if request.last_side == Side.PERSON:
        return _("%(name)s vous a répondu.") % name
    return _("Personne ne s’occupe encore de la demande de %(name)s.") % name
