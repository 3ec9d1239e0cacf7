"""The journal and retention in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def journal_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the pages of the privacy officer."""
    items = (Item(_("Journal"), "desk:journal"), Item(_("Durées de garde"), "desk:retention"))
    return group(request, _("Vie privée"), items)
