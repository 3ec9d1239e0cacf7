"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.web.desk.links import Item, group


def letters_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    items = (
        Item(_("À envoyer"), "desk:letters"),
        Item(_("Recommandés du jour"), "desk:letters_registered"),
        Item(_("Lots de lettres"), "desk:letter_batches"),
        Item(_("Modèles de lettre"), "desk:letter_templates"),
    )
    return group(request, _("Courriers"), items)
