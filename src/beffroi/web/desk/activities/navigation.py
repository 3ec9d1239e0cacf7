"""The activities in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def activities_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links to the activities, who comes, the cash and the phones’ page."""
    items = (
        Item(_("Activités"), "desk:activities"),
        Item(_("La semaine"), "desk:activity_week"),
        Item(_("Qui vient"), "desk:activity_people"),
        Item(_("Bénévoles"), "desk:activity_volunteers"),
        Item(_("Caisse"), "desk:activity_cash"),
        Item(_("Incidents"), "desk:activity_incidents"),
        Item(_("Pointer sur place"), "field:today"),
    )
    return group(request, _("Activités"), items)
