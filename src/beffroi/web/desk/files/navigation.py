"""Social files in the side bar, with how many each list holds."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import queries
from beffroi.casework.permissions import (
    can_decide_urgently,
    file_teams,
    files_visible_to,
    led_teams,
    openings_told_to,
    urgent_visible_to,
)
from beffroi.web.desk.links import Item, group


def files_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the lists of files of an agent who works on them."""
    actor = request.actor  # type: ignore[attr-defined]
    urgent: tuple[Item, ...] = ()
    if can_decide_urgently(actor):
        waiting = urgent_visible_to(actor).count()
        urgent = (Item(_("Aides urgentes"), "desk:urgent_aids", waiting),)
    if not file_teams(actor):
        return group(request, _("Dossiers sociaux"), urgent) if urgent else []
    counts = queries.counts(files_visible_to(actor), int(actor.ref), timezone.localdate())

    def listed(label: str, name: str, count: int = 0) -> Item:
        return Item(label, "desk:files", count, {"liste": name})

    items = [
        listed(_("Mes dossiers"), queries.MINE, counts["mine"]),
        listed(_("En retard"), queries.LATE, counts["late"]),
        listed(_("À confier"), queries.FREE, counts["free"]),
    ]
    if led_teams(actor):
        told = openings_told_to(actor).count()
        items.append(Item(_("Ouvertures à voir"), "desk:file_openings", told))
    items.append(Item(_("Nuits d’accueil"), "desk:reception_nights"))
    return group(request, _("Dossiers sociaux"), (*urgent, *items))
