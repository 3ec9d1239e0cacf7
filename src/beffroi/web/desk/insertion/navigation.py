"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.acts.agreements.permissions import agreement_teams, can_keep_partners
from beffroi.web.desk.links import Item, group


def insertion_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    actor = request.actor  # type: ignore[attr-defined]
    if not agreement_teams(actor):
        return []
    items = [Item(_("Projets et conventions"), "desk:insertion")]
    if can_keep_partners(actor):
        items.append(Item(_("Emplois article 60"), "desk:insertion_work"))
        items.append(Item(_("Partenaires et places"), "desk:insertion_partners"))
    return group(request, _("Insertion"), tuple(items))
