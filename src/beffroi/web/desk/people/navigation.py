"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def people_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    items = (
        Item(_("Chercher une personne"), "desk:people"),
        Item(_("Nouvelle personne"), "desk:person_new"),
        Item(_("Doublons possibles"), "desk:duplicates"),
        Item(_("Agents et personnes"), "desk:staff_people"),
    )
    return group(request, _("Personnes"), items)
