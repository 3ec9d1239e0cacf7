"""The way back of what was done outside without a network: each outing and each act counts once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.services import EndDraft, StartDraft
from beffroi.core.actors import Actor
from beffroi.core.text import whole_number
from beffroi.web.field.offline import (
    UNREADABLE,
    made_at,
    milliseconds,
    sent_acts,
    told_acts,
    words_of,
)
from beffroi.web.field.terrain import Ground, own_areas, take


def _ref(given: Any) -> int | UUID:
    """An outing by its number, or by its mark. Raises: ValueError for neither."""
    number = whole_number(str(given))
    return UUID(str(given)) if number is None else number


def _fields(given: dict[str, Any]) -> MultiValueDict[str, str]:
    fields = {str(name): list(map(str, values)) for name, values in given["fields"].items()}
    fields["mark"] = [str(UUID(str(given["mark"])))]
    return MultiValueDict(fields)


def _started(given: dict[str, Any], drift: timedelta) -> StartDraft:
    fields = _fields(given)
    return StartDraft(
        UUID(str(fields["mark"])), int(str(fields["area"])), made_at(given, drift),
        tuple(int(one) for one in fields.getlist("crew")),
    )  # fmt: skip


def _draft(given: dict[str, Any], grounds: dict[Any, Ground], drift: timedelta) -> Any:
    """An act as the phone wrote it, or in words why it cannot be taken."""
    try:
        what, at = str(given["what"]), made_at(given, drift)
        if what == "sortir":
            return _started(given, drift)
        fields, ref = _fields(given), _ref(given["outing"])
        if what == "rentrer":
            return EndDraft(UUID(str(fields["mark"])), ref, at, fields.get("note") or "")
    except UNREADABLE:
        return _("Cet envoi ne se lit pas.")
    if ref not in grounds:
        return _("Cette sortie n’est pas de votre équipe.")
    form = grounds[ref].form(what, fields)
    if form is None:
        return _("Cet envoi ne se lit pas.")
    if not form.is_valid():
        return words_of(form)
    return take(what, form, grounds[ref], at)


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """This function will take the acts that waited on a phone, and say what became of each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    try:
        given, drift = sent_acts(request, now)
    except UNREADABLE:
        return JsonResponse({"error": _("Cet envoi ne se lit pas.")}, status=400)
    grounds = _grounds(actor, given, drift)
    drafts = [_draft(one, grounds, drift) for one in given]
    told = fieldwork.send(
        acts=[one for one in drafts if not isinstance(one, str)], by=actor, at=now
    )
    said = told_acts(given, drafts, told)
    where = {str(mark): address for mark, address in _addresses(actor, drafts)}
    return JsonResponse({**said, "where": where, "now": milliseconds(now)})


def _own(actor: Actor) -> Any:
    teams = permissions.own_teams(actor)
    return permissions.outings_visible_to(actor).filter(area__team__key__in=teams)


def _addresses(actor: Actor, drafts: list[Any]) -> list[tuple[UUID, str]]:
    """Where the outings that began on the phone are read from now on."""
    marks = [one.mark for one in drafts if isinstance(one, StartDraft)]
    found = (queries.outing_marked(_own(actor), mark) for mark in marks)
    return [
        (one.mark, reverse("field:terrain_outing", args=[one.pk])) for one in found if one
    ]  # fmt: skip


def _grounds(
    actor: Actor, given: list[dict[str, Any]], drift: timedelta
) -> dict[int | UUID, Ground]:
    """The outings of the actor’s teams that these acts name, also those that begin with them."""
    begun: dict[UUID, StartDraft] = {}
    named: set[int | UUID] = set()
    for one in given:
        try:
            if one.get("what") == "sortir":
                start = _started(one, drift)
                begun[start.mark] = start
            elif "outing" in one:
                named.add(_ref(one["outing"]))
        except UNREADABLE:
            continue
    grounds = {ref: _ground(actor, ref, begun) for ref in named}
    return {ref: one for ref, one in grounds.items() if one is not None}


def _ground(actor: Actor, ref: int | UUID, begun: dict[UUID, StartDraft]) -> Ground | None:
    if not isinstance(ref, UUID):
        found = queries.outing(_own(actor), ref)
        return Ground.of(found) if found else None
    found = queries.outing_marked(_own(actor), ref)
    if found is not None:
        return Ground.of(found)
    start = begun.get(ref)
    area = queries.area(own_areas(actor), start.area) if start else None
    if start is None or area is None:
        return None
    return Ground.on(area, timezone.localdate(start.began_at), ref)
