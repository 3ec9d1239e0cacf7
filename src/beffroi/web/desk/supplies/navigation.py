"""What is handed over, in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def supplies_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links to the counters, the articles and the recalls."""
    items = (
        Item(_("Distributions"), "desk:supplies"),
        Item(_("Articles"), "desk:supplies_articles"),
        Item(_("Rappels de produits"), "desk:supplies_recalls"),
    )
    return group(request, _("Distributions"), items)
