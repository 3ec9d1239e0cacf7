"""What the pages of one person's request share: nothing kept, nothing told, wrong keys counted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from beffroi.acts.requests import services as requests
from beffroi.web import limits
from beffroi.web.client import client_address

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """This function will keep the page out of caches, out of search and out of addresses told."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        # Pages with a form need the origin (see the settings); the others tell nothing at all.
        response.setdefault("Referrer-Policy", "same-origin")
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return shown


def own(view: View) -> View:
    """This function will open a page of the person's request, or say that the key is wrong.

    A right secret always opens, whatever others tried; only wrong ones are counted.
    """

    @private
    @wraps(view)
    def opened(
        request: HttpRequest, reference: str, secret: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(request, reference, secret, *args, **kwargs)
        except requests.UnknownReference as refused:
            at, address = timezone.now(), client_address(request)
            may_try = limits.may_try_code(reference, address, at)
            limits.count_wrong_code(reference, address, at)
            context = {"refused": refused, "again_at": None if may_try else limits.again_at(at)}
            status = 404 if may_try else 429
            return render(request, "portal/requests/not_found.html", context, status=status)

    return opened
