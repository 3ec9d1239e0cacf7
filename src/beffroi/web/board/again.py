"""A form that was refused comes back on the page it was sent from, with what was typed and the words beside it."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from beffroi.web.access import access_table
from beffroi.web.sections import Refused


def shown_again(request: HttpRequest, key: str, form: forms.Form, back: str) -> HttpResponse | None:
    """This function will show the page at `back` with the form that was refused, or None when it has no such form.

    The page is made as if it were opened: its own rights are asked, those of its address too.
    """
    path, _mark, query = back.partition("?")
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if not request.actor.roles & access_table().get(found.view_name, frozenset()):  # type: ignore[attr-defined]
        return None
    refused = Refused(key, request.POST.get("ref", ""), form)
    page: Any = copy(request)
    page.method, page.path, page.path_info = "GET", path, path
    page.GET, page.resolver_match, page.refused = QueryDict(query), found, refused
    response: HttpResponse = found.func(page, *found.args, **found.kwargs)
    return response if refused.is_shown else None
