"""What this room holds about a person: her cards and baskets, her tickets, her plots."""

from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.supplies.models import Access, Card, Gardener, Handout, Holding, Passage
from beffroi.acts.supplies.permissions import cards_visible_to, sites_visible_to
from beffroi.core.actors import Actor
from beffroi.core.plain import rows
from beffroi.people import queries as people


def export_supplies(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give what was handed to a person, and what waits for her.

    The privacy officer is given all of it; anybody else what her own counters may still read.
    """
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    hers = people.same_ids(pk)
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    cards = (Card.objects.all() if whole else cards_visible_to(actor)).filter(person__in=hers)
    handed, asked = (
        Handout.objects.filter(person__in=hers),
        Gardener.objects.filter(person__in=hers),
    )
    if not whole:
        sites = sites_visible_to(actor).order_by().values("pk")
        handed, asked = handed.filter(batch__site__in=sites), asked.filter(site__in=sites)
    of_cards = {"card__in": cards.order_by().values("pk")}
    return {
        "cards": rows(cards.order_by("pk")),
        "accesses": rows(Access.objects.filter(**of_cards).order_by("pk")),
        "baskets": rows(Passage.objects.filter(**of_cards).order_by("pk")),
        "tickets": rows(handed.order_by("pk")),
        "garden": rows(asked.order_by("pk")),
        "plots": rows(Holding.objects.filter(gardener__in=asked.values("pk")).order_by("pk")),
    }
