"""The rooms where people are received."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import planning_queries
from beffroi.acts.agenda import services as agenda
from beffroi.core.errors import InvalidInput
from beffroi.directory import place_queries
from beffroi.web.desk.agenda.forms import RoomForm


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the rooms in use and add one."""
    places = [(str(place.pk), place.name) for place in place_queries.places()]
    desks = [(team.key, team.name) for team in accounts.teams()]
    form = RoomForm(places, desks, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "place": UUID(form.cleaned_data["place"])}
        try:
            agenda.add_room(by=request.actor, at=timezone.now(), **given)  # type: ignore[attr-defined]
        except InvalidInput as refused:
            form.tell(refused)
        else:
            messages.success(request, _("Le local est ajouté."))
            return redirect("desk:agenda_rooms")
    context = {"rows": planning_queries.rooms(), "form": form}
    return render(request, "desk/agenda/rooms.html", context)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will take a room out of use."""
    try:
        agenda.close_room(room=pk, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    except InvalidInput as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le local n’est plus proposé."))
    return redirect("desk:agenda_rooms")
