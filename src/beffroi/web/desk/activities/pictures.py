"""Pictures of a session: kept, named, published when everybody agrees, taken away."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.activities import permissions, picture_queries, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Channel
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.text import whole_number
from beffroi.documents.enums import ScanState
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.people_forms import PictureForm


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.session(permissions.sheets_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the pictures of a session to whom may read its names; keep one more."""
    found, actor, now = _visible(request, pk), request.actor, timezone.now()  # type: ignore[attr-defined]
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            activities.add_picture(
                session=pk, name=str(sent.name), content=sent.read(),
                caption=form.cleaned_data["caption"], by=actor, at=now,
            )  # fmt: skip
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("L’image est gardée. Dites maintenant qui y est visible."))
            return redirect("desk:activity_pictures", pk)
    activities.read_sheet(session=pk, by=actor, at=now)
    rows = [row for row in queries.sheet(found).rows if row.id is not None]
    context = {
        "session": found, "form": form, "day": words.day(found.starts_at), "people": rows,
        "pictures": [_row(one, rows) for one in picture_queries.pictures_of(pk)],
        "channels": Channel.choices,
    }  # fmt: skip
    return render(request, "desk/activities/pictures.html", context)


def _row(one: Any, people: list[Any]) -> dict[str, Any]:
    named = {person.pk for person in one.people.all()}
    others = [(person.pk, person.name, True) for person in one.people.all() if person.pk not in {p.id for p in people}]  # fmt: skip
    return {
        "pk": one.pk, "caption": one.caption, "state": one.get_state_display(), "why": one.why,
        "is_published": one.state == "published", "everybody": one.everybody_named,
        "people": [(p.id, p.name, p.id in named) for p in people] + others,
        "channel": dict(Channel.choices).get(one.channel, ""),
        "is_cleared": one.attachment.state == ScanState.CLEAN,
    }  # fmt: skip


def _picture(request: HttpRequest, pk: int, picture: int) -> Any:
    found = picture_queries.pictures_of(_visible(request, pk).pk).filter(pk=picture).first()
    if found is None:
        raise Http404
    return found


@require_safe
def file(request: HttpRequest, pk: int, picture: int) -> HttpResponseBase:
    """This function will give a picture that was cleared, to whom may read the names of the session."""
    kept = _picture(request, pk, picture).attachment
    if kept.state != ScanState.CLEAN:
        raise Http404
    answer = FileResponse(kept.file.open("rb"), content_type=kept.content_type)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_POST
def act(request: HttpRequest, pk: int, picture: int, act: str) -> HttpResponse:
    """This function will say who is on a picture, publish it or take it away."""
    _picture(request, pk, picture)
    given: dict[str, Any] = {"picture": picture, "by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if act == "nommer":
        typed = [whole_number(one) for one in request.POST.getlist("personne")]
        people = [one for one in typed if one is not None]
        if len(people) < len(typed):
            raise InvalidInput(_("Choisissez des personnes de la liste."))
        activities.name_people(people=people, everybody=bool(request.POST.get("toutes")), **given)
    elif act == "publier":
        activities.publish_picture(channel=str(request.POST.get("ou", "")), **given)
    elif act == "retirer":
        activities.withdraw_picture(why=str(request.POST.get("why", "")), **given)
    else:
        raise Http404
    messages.success(request, _("C’est noté."))
    return redirect("desk:activity_pictures", pk)
