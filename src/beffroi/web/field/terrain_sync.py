"""The way back of what was noted outside without a network: each act counts once."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.core.actors import Actor
from beffroi.core.text import whole_number
from beffroi.web.field.offline import UNREADABLE, milliseconds, moment
from beffroi.web.field.terrain import Ground, take


def _draft(given: Any, grounds: dict[int, Ground], drift: timedelta) -> Any:
    """An act as the phone wrote it; nothing when it cannot be read."""
    try:
        ground, what = grounds[int(given["outing"])], str(given["what"])
        fields = {str(name): list(map(str, values)) for name, values in given["fields"].items()}
        fields["mark"] = [str(UUID(str(given["mark"])))]
        made_at = moment(given["at"]) + drift
    except UNREADABLE:
        return None
    form = ground.form(what, MultiValueDict(fields))
    if form is None or not form.is_valid():
        return None
    return take(what, form, ground.outing, made_at)


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """This function will take the acts that waited on a phone, and say what became of each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    try:
        sent = json.loads(request.body)
        drift = now - moment(sent["now"])
        given = [one for one in list(sent["taps"])[: fieldwork.MOST_ACTS] if isinstance(one, dict)]
    except UNREADABLE:
        return JsonResponse({"error": _("Cet envoi ne se lit pas.")}, status=400)
    grounds = _grounds(actor, given)
    drafts = [draft for one in given if (draft := _draft(one, grounds, drift)) is not None]
    told = fieldwork.send(acts=drafts, by=actor, at=now)
    said = {str(mark): became for mark, became in told.items()}
    for one in given:
        said.setdefault(str(one.get("mark")), fieldwork.REFUSED)
    return JsonResponse({"taps": said, "now": milliseconds(now)})


def _grounds(actor: Actor, given: list[dict[str, Any]]) -> dict[int, Ground]:
    """The outings of the actor’s teams that these acts name."""
    numbers = (whole_number(str(one.get("outing"))) for one in given)
    named = {number for number in numbers if number is not None}
    rows = permissions.outings_visible_to(actor).filter(
        area__team__key__in=permissions.own_teams(actor)
    )
    found = (queries.outing(rows, pk) for pk in sorted(named))
    return {one.pk: Ground.of(one) for one in found if one is not None}
