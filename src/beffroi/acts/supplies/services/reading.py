"""Cards are read by name: each reading leaves a row in the journal."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Card, Site
from beffroi.acts.supplies.permissions import can_grant, can_keep, cards_visible_to
from beffroi.acts.supplies.services.common import trace
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed


@transaction.atomic
def read_card(*, card: int, by: Actor, at: datetime) -> Card:
    """This function will give a card to whom may read it, and journal it. Raises: NotAllowed."""
    found = cards_visible_to(by).filter(pk=card).first()
    if found is None:
        raise NotAllowed(_("Cette carte n’est pas d’un de vos sites."))
    thing = ("supply_card", card)
    trace("supply.read_card", by=by, at=at, site=found.site, thing=thing, kind=ActKind.READ)
    return found


def _grocery(pk: int, by: Actor) -> Site:
    found = Site.objects.select_related("team").filter(pk=pk, kind=SiteKind.GROCERY).first()
    if found is None or not (can_keep(by, found) or can_grant(by, found)):
        raise NotAllowed(_("Cette épicerie n’est pas de votre équipe."))
    return found


@transaction.atomic
def read_cards(*, site: int, by: Actor, at: datetime) -> QuerySet[Card]:
    """This function will give the cards of a grocery by name, and journal it. Raises: NotAllowed."""
    found = _grocery(site, by)
    trace("supply.read_cards", by=by, at=at, site=found, kind=ActKind.READ)
    return cards_visible_to(by).filter(site=found).order_by("name", "pk")


@transaction.atomic
def find_cards(*, site: int, words: str, by: Actor, at: datetime, most: int = 30) -> list[Card]:
    """This function will find cards of a grocery by number or by the start of a name, journalled.

    Without words, none. Raises: NotAllowed.
    """
    found = _grocery(site, by)
    said = " ".join(words.split())
    if not said:
        return []
    named = Q(number=said) | Q(name__istartswith=said) | Q(name__icontains=f" {said}")
    rows = list(cards_visible_to(by).filter(named, site=found).order_by("name", "pk")[:most])
    detail = {"found": len(rows)}
    trace("supply.find_cards", by=by, at=at, site=found, kind=ActKind.READ, detail=detail)
    return rows
