"""What the pages of finance share: where their acts go."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from beffroi.web import sections


def shown(
    request: HttpRequest, title: str, intro: str, parts: list[sections.Section], **more: Any
) -> HttpResponse:
    """This function will show a page of finance."""
    return sections.shown(request, title, intro, parts, acts_to="desk:finance_act", **more)
