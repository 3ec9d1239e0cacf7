"""How long what is known of those who are served is kept, and how it ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from beffroi.acts.supplies.models import (
    Access,
    Card,
    Gardener,
    Handout,
    Holding,
    Loan,
    Movement,
    Passage,
)
from beffroi.audit.retention import Rule, declare

#: Two years after an access ended: the year of the report that counts it, and the recall of a lot.
_CARDS = timedelta(days=2 * 365)
_HANDOUTS = timedelta(days=2 * 365)
_GARDENERS = timedelta(days=2 * 365)
_LOANS = timedelta(days=365)
_AUTHORS = timedelta(days=10 * 365)


@transaction.atomic
def empty_cards(at: datetime) -> int:
    """This function will empty cards two years after their last access: a number stays."""
    day = timezone.localdate(at - _CARDS)
    running = Access.objects.filter(until_date__gt=day, ended_at__isnull=True)
    running |= Access.objects.filter(ended_at__gt=at - _CARDS)
    due = Card.objects.filter(anonymised_at__isnull=True, made_at__lte=at - _CARDS)
    keys = list(due.exclude(pk__in=running.values("card")).values_list("pk", flat=True))
    accesses = Access.objects.filter(card__in=keys)
    accesses.update(decision="–")
    accesses.exclude(end_why="").update(end_why="–")
    Passage.objects.filter(card__in=keys).exclude(cancel_why="").update(cancel_why="–")
    return Card.objects.filter(pk__in=keys).update(
        name="–", phone="", person=None, anonymised_at=at
    )


def empty_handouts(at: datetime) -> int:
    """This function will forget who got tickets two years ago; how many stays."""
    due = Handout.objects.filter(at__lte=at - _HANDOUTS, anonymised_at__isnull=True)
    return due.update(who="", person=None, anonymised_at=at)


def empty_gardeners(at: datetime) -> int:
    """This function will forget gardeners two years after they gave up or left; the plot stays."""
    day = timezone.localdate(at - _GARDENERS)
    due = Gardener.objects.filter(state__in=("left", "lapsed"), anonymised_at__isnull=True)
    due = due.filter(settled_date__lte=day).exclude(holdings__until_date__gt=day)
    keys = list(due.values_list("pk", flat=True))
    Holding.objects.filter(gardener__in=keys).exclude(deposit_why="").update(deposit_why="–")
    return Gardener.objects.filter(pk__in=keys).update(
        name="", phone="", person=None, anonymised_at=at
    )


def empty_loans(at: datetime) -> int:
    """This function will forget who borrowed what, a year after it came back."""
    day = timezone.localdate(at - _LOANS)
    due = Loan.objects.filter(back_date__lte=day, anonymised_at__isnull=True)
    return due.update(who="", phone="", note="", anonymised_at=at)


def empty_authors(at: datetime) -> int:
    """This function will forget who moved which units ten years ago."""
    due = Movement.objects.filter(at__lte=at - _AUTHORS).exclude(by_ref="", by_label="")
    return due.update(by_ref="", by_label="")


declare(
    Rule("supplies.Site"),
    Rule("supplies.SupplyKey"),
    Rule("supplies.Article"),
    Rule("supplies.Recall"),
    Rule("supplies.Lot"),
    Rule("supplies.Movement", ("by_ref", "by_label"), "10 ans", empty_authors),
    Rule("supplies.StockCount"),
    Rule("supplies.CountedLot"),
    Rule("supplies.PointRule"),
    Rule(
        "supplies.Card",
        personal=("name", "phone", "person"),
        keep="2 ans après la fin du dernier accès",
        end=empty_cards,
    ),
    Rule(
        "supplies.Access",
        personal=("decision", "end_why"),
        keep="avec la carte",
        with_parent="supplies.Card",
    ),
    Rule(
        "supplies.Passage",
        personal=("card", "access", "cancel_why"),
        keep="avec la carte",
        with_parent="supplies.Card",
    ),
    Rule(
        "supplies.PassageLine",
        personal=("passage",),
        keep="avec la carte",
        with_parent="supplies.Card",
    ),
    Rule("supplies.TicketBatch"),
    Rule("supplies.Handout", ("who", "person"), "2 ans", empty_handouts),
    Rule("supplies.Stub"),
    Rule("supplies.Campaign"),
    Rule("supplies.GiftBand"),
    Rule("supplies.GiftCard"),
    Rule("supplies.Opening"),
    Rule("supplies.Plot"),
    Rule(
        "supplies.Gardener",
        personal=("name", "phone", "person"),
        keep="2 ans après son départ",
        end=empty_gardeners,
    ),
    Rule(
        "supplies.Holding",
        personal=("gardener", "deposit_why"),
        keep="avec la personne qui jardine",
        with_parent="supplies.Gardener",
    ),
    Rule("supplies.Item"),
    Rule("supplies.Loan", ("who", "phone", "note"), "1 an après le retour", empty_loans),
)
