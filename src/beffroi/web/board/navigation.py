"""Its group in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.board.access import READERS
from beffroi.web.desk.links import Item, group


def board_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the way to the board."""
    if not request.actor.roles & READERS:  # type: ignore[attr-defined]
        return []
    return group(
        request,
        _("Pilotage"),
        (Item(_("Tableau de bord"), "board:home"), Item(_("PST et PSSP"), "board:strategic")),
    )
