"""The side bar of the desk: what this agent's posts open."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from beffroi.web.desk.editor.navigation import editor_groups


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links of the side bar, with their counts."""
    url = reverse("desk:first_page")
    items = [{"label": _("À traiter"), "url": url, "count": None, "current": request.path == url}]
    return [{"title": "", "items": items}, *editor_groups(request)]
