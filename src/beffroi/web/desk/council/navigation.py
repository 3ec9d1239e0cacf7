"""The council in the side bar: sittings for who sits, mandates for who keeps them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def council_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    items = (
        Item(_("À décider et séances"), "desk:council"),
        Item(_("Prévoir une séance"), "desk:council_sitting_new"),
        Item(_("Ce que le Conseil décide de nos dossiers"), "desk:council_fates"),
        Item(_("Mandats et attributions"), "desk:council_mandates"),
    )
    return group(request, _("Conseil"), items)
