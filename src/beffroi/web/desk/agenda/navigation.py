"""The agenda in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def agenda_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links to the waiting room and the agenda."""
    items = (
        Item(_("Salle d’attente"), "desk:agenda_waiting"),
        Item(_("Calendrier"), "desk:agenda_calendar"),
        Item(_("Permanences"), "desk:agenda_permanences"),
        Item(_("Heures et absences"), "desk:agenda_hours"),
        Item(_("Locaux"), "desk:agenda_rooms"),
    )
    return group(request, _("Accueil et rendez-vous"), items)
