"""The way back of what was done in a house without a network: each act counts once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.stays import services as stays
from beffroi.acts.stays.services import NightAct
from beffroi.core.text import whole_number
from beffroi.web.field.offline import UNREADABLE, made_at, milliseconds, sent_acts, told_acts

#: The fields of the page that carry words, in the order in which an act takes them.
_WORDS = ("text", "told", "referred_to")
_NUMBERS = ("count", "delta", "severity")
_KINDS = ("service", "reason")


def _uuid(given: Any) -> UUID | None:
    return UUID(str(given)) if given else None


def _draft(given: dict[str, Any], drift: timedelta) -> NightAct | str:
    """An act as the phone wrote it, or in words why it cannot be taken."""
    try:
        fields = {str(name): str(values[0]) for name, values in given["fields"].items()}

        def first(names: tuple[str, ...]) -> str:
            return next((fields[name] for name in names if name in fields), "")

        bed = given.get("bed") or {}
        return NightAct(
            mark=UUID(str(given["mark"])), house=int(given["house"]),
            day=date.fromisoformat(str(given["day"])), what=str(given["what"]),
            made_at=made_at(given, drift), guest=_uuid(given.get("guest")),
            stay=_uuid(given.get("stay")), bed=whole_number(str(bed.get("pk"))),
            number=int(first(_NUMBERS) or 0), kind=first(_KINDS), text=first(_WORDS),
            more=fields.get("done", ""),
        )  # fmt: skip
    except (*UNREADABLE, IndexError):
        return _("Cet envoi ne se lit pas.")


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """This function will take the acts that waited on a phone, and say what became of each."""
    now = timezone.now()
    try:
        given, drift = sent_acts(request, now)
    except UNREADABLE:
        return JsonResponse({"error": _("Cet envoi ne se lit pas.")}, status=400)
    drafts = [_draft(one, drift) for one in given]
    acts = [one for one in drafts if not isinstance(one, str)]
    told = stays.send(acts=acts, by=request.actor, at=now)  # type: ignore[attr-defined]
    return JsonResponse({**told_acts(given, drafts, told), "now": milliseconds(now)})
