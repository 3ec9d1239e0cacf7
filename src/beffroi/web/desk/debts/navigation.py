"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.acts.budgets.permissions import can_count, can_mediate
from beffroi.web.desk.links import Item, group


def debts_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    actor = request.actor  # type: ignore[attr-defined]
    figures = (Item(_("Chiffres de l’année"), "desk:debts_figures"),) if can_count(actor) else ()
    if not can_mediate(actor):
        return group(request, _("Médiation de dettes"), figures) if figures else []
    items = (
        Item(_("Dossiers de médiation"), "desk:debts"),
        Item(_("Nouveau dossier"), "desk:debts_new"),
        Item(_("Créanciers"), "desk:debts_creditors"),
        *figures,
    )
    return group(request, _("Médiation de dettes"), items)
