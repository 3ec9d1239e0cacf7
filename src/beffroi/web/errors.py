"""Pages for what went wrong: what, why, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This function will say that there is nothing here, and where to go."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """This function will say that the fault is ours; it uses no query and no session."""
    return render(None, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This function will say that the page was open too long, and that nothing was sent."""
    return render(request, "errors/csrf.html", status=403)
