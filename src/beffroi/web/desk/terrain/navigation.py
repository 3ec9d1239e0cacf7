"""The field in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def terrain_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links to outings, faults, surfaces and figures."""
    items = (
        Item(_("Sorties"), "desk:terrain"),
        Item(_("Constats"), "desk:terrain_faults"),
        Item(_("Surfaces"), "desk:terrain_surfaces"),
        Item(_("Chiffres du terrain"), "desk:terrain_figures"),
        Item(_("Réglages du terrain"), "desk:terrain_settings"),
        Item(_("Sortir"), "field:terrain"),
    )
    return group(request, _("Terrain"), items)
