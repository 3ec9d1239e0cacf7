"""The houses in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def stays_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links to the nights, the figures, the guests and the phones’ page."""
    items = (
        Item(_("Nuits et journées"), "desk:stays"),
        Item(_("Chiffres"), "desk:stay_figures"),
        Item(_("Hôtes"), "desk:stay_guests"),
        Item(_("Accueillir sur place"), "field:stays"),
    )
    return group(request, _("Abri et accueil de jour"), items)
