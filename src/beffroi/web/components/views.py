from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.web.components import gallery


def show(request: HttpRequest) -> HttpResponse:
    """This function will show every component in each of its states."""
    return render(request, "components/gallery.html", {"entries": gallery.entries()})
