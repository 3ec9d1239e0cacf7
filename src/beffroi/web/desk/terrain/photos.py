"""Photographs of things: shown to the team, cleared when nobody is on them, removed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.fieldwork import permissions
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.documents.enums import ScanState


def photo_rows(photos: Iterable[Any]) -> list[dict[str, Any]]:
    """This function will give photographs as a page draws them."""
    return [
        {"pk": one.pk, "stage": one.get_stage_display(), "is_cleared": one.is_cleared,
         "is_checked": one.attachment.state == ScanState.CLEAN, "at": one.at}
        for one in photos
    ]  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> Any:
    rows = permissions.photos_visible_to(request.actor)  # type: ignore[attr-defined]
    found = rows.select_related("attachment").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """This function will give a photograph whose file was checked."""
    kept = _visible(request, pk).attachment
    if kept.state != ScanState.CLEAN:
        raise Http404
    answer = FileResponse(kept.file.open("rb"), content_type=kept.content_type)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will say that nobody is on a photograph, or remove it."""
    found = _visible(request, pk)
    given: dict[str, Any] = {"photo": pk, "by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if act == "sans-personne":
        fieldwork.clear_photo(**given)
    elif act == "retirer":
        fieldwork.remove_photo(**given)
    else:
        raise Http404
    messages.success(request, _("C’est noté."))
    if found.surface_id:
        return redirect("desk:terrain_surface", found.surface_id)
    return redirect("desk:terrain_fault", found.observation_id)
