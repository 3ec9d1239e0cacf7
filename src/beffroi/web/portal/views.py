from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from beffroi.directory import queries as directory


def home(request: HttpRequest) -> HttpResponse:
    """This function will show the one question, the needs and what is near."""
    return render(request, "portal/home.html", {"needs": directory.needs()})


def quick_exit(request: HttpRequest) -> HttpResponse:
    """This function will lead away, and forget what was typed here."""
    response = HttpResponseRedirect(settings.BEFFROI_QUICK_EXIT)
    for name in list(request.COOKIES):
        if name.startswith("portal_"):
            response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache"'
    return response
