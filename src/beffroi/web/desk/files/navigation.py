"""Social files in the side bar, with how many each list holds."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import queries
from beffroi.casework.permissions import (
    can_decide_urgently,
    can_index,
    file_teams,
    files_visible_to,
    led_teams,
    openings_told_to,
    urgent_visible_to,
)
from beffroi.web.desk.links import Item, group, shows_counts


def counts_of(request: HttpRequest, *, whole: bool = False) -> dict[str, int]:
    """This function will give the counts of the agent's lists of files, counted once for a page.

    A page that needs the `whole` says so before the side bar asks.
    """
    known: dict[str, int] | None = getattr(request, "file_counts", None)
    if known is None:
        actor = request.actor  # type: ignore[attr-defined]
        visible, today = files_visible_to(actor), timezone.localdate()
        known = queries.counts(visible, int(actor.ref), today, whole=whole)
        request.file_counts = known  # type: ignore[attr-defined]
    return known


def openings_told(request: HttpRequest) -> int:
    """This function will count the openings the leader has not seen yet, once for a page."""
    known: int | None = getattr(request, "openings_told", None)
    if known is None:
        known = openings_told_to(request.actor).count()  # type: ignore[attr-defined]
        request.openings_told = known  # type: ignore[attr-defined]
    return known


def files_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the lists of files of an agent who works on them."""
    actor = request.actor  # type: ignore[attr-defined]
    urgent: tuple[Item, ...] = ()
    if can_decide_urgently(actor):
        waiting = urgent_visible_to(actor).count()
        urgent = (Item(_("Aides urgentes"), "desk:urgent_aids", waiting),)
    index = (Item(_("Adaptation à l’index"), "desk:index_dates", 0),) if can_index(actor) else ()
    if not file_teams(actor):
        others = (*urgent, *index)
        return group(request, _("Dossiers sociaux"), others) if others else []
    here = shows_counts(request, "desk:files")
    counts = counts_of(request) if here else {}

    def listed(label: str, name: str, count: int = 0) -> Item:
        return Item(label, "desk:files", count, {"liste": name})

    items = [
        listed(_("Mes dossiers"), queries.MINE, counts.get(queries.MINE, 0)),
        listed(_("En retard"), queries.LATE, counts.get(queries.LATE, 0)),
        listed(_("À confier"), queries.FREE, counts.get(queries.FREE, 0)),
    ]
    if led_teams(actor):
        told = openings_told(request) if here else 0
        items.append(Item(_("Ouvertures à voir"), "desk:file_openings", told))
    items.append(Item(_("Avances à récupérer"), "desk:advances"))
    items.append(Item(_("Nuits d’accueil"), "desk:reception_nights"))
    return group(request, _("Dossiers sociaux"), (*urgent, *items, *index))
