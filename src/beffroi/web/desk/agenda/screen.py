"""The wall screen of a waiting room: tickets and rooms, and nothing that names anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from beffroi.acts.agenda import permissions, queries
from beffroi.core.actors import Actor


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the tickets called and those that wait; asked again, these alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    desks = permissions.desk_teams(actor) | permissions.led_teams(actor)
    called, waiting = queries.screen(desks, timezone.localdate())
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "desk/agenda/_screen.html" if part else "desk/agenda/screen.html"
    return render(request, template, {"called": called, "tickets": waiting, "now": timezone.now()})
