"""What the counters without a shelf show: tickets, gifts, openings, gardens, loans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from beffroi.acts.supplies.enums import PlotState, StubKind, WaitState
from beffroi.acts.supplies.models import (
    Campaign,
    Gardener,
    GiftBand,
    Handout,
    Holding,
    Item,
    Loan,
    Opening,
    Plot,
    Stub,
    TicketBatch,
)
from beffroi.acts.supplies.pricing import to_cent


@dataclass(frozen=True)
class BatchRow:
    """A batch of tickets and what became of them; used, lost and still out are parts of handed."""

    batch: TicketBatch
    handed: int
    used: int
    returned: int
    lost: int

    @property
    def out(self) -> int:
        """This property gives the tickets that are in people’s hands."""
        return self.handed - self.used - self.returned - self.lost


@dataclass(frozen=True)
class FundingRow:
    """What one source of funding paid for: tickets handed, and euros on both sides."""

    funding: str
    handed: int
    own: Decimal
    users: Decimal


def batches_of(site: int) -> list[BatchRow]:
    """This function will give the batches of a site with what became of their tickets."""
    batches = TicketBatch.objects.filter(site=site).annotate(out=Sum("handouts__quantity"))
    stubs = Stub.objects.filter(handout__batch__site=site).order_by()
    sums = stubs.values_list("handout__batch", "kind").annotate(n=Sum("quantity"))
    became = {(batch, kind): int(n) for batch, kind, n in sums}

    def of(batch: TicketBatch, kind: str) -> int:
        return became.get((batch.pk, kind), 0)

    return [
        BatchRow(
            one, int(one.out or 0), of(one, StubKind.USED), of(one, StubKind.RETURNED),
            of(one, StubKind.LOST),
        )
        for one in batches
    ]  # fmt: skip


def by_funding(sites: Iterable[int], since: date, until: date) -> list[FundingRow]:
    """This function will add up, by source of funding, the tickets handed over in a period.

    Euros: the share of the CPAS, and what people paid; a ticket given back is not paid back.
    """
    rows = Handout.objects.filter(batch__site__in=list(sites), date__range=(since, until))
    sums = rows.order_by().values("batch__funding", "batch__own_share", "batch__user_price")
    found: dict[str, FundingRow] = {}
    for row in sums.annotate(n=Sum("quantity")).order_by("batch__funding"):
        name, many = row["batch__funding"], int(row["n"])
        before = found.get(name, FundingRow(name, 0, Decimal(0), Decimal(0)))
        found[name] = FundingRow(
            name, before.handed + many, to_cent(before.own + row["batch__own_share"] * many),
            to_cent(before.users + row["batch__user_price"] * many),
        )  # fmt: skip
    return list(found.values())


def open_batches(site: int, day: date) -> QuerySet[TicketBatch]:
    """This function will give the batches that may be handed out on a day."""
    return TicketBatch.objects.filter(site=site, left__gt=0, valid_until__gte=day)


def open_handouts(site: int) -> QuerySet[Handout]:
    """This function will give the handouts whose tickets are not all accounted for."""
    rows = Handout.objects.filter(batch__site=site, settled__lt=F("quantity"))
    return rows.select_related("batch")


def handouts_of(site: int, most: int = 20) -> QuerySet[Handout]:
    """This function will give the last handouts of a site."""
    return Handout.objects.filter(batch__site=site).select_related("batch")[:most]


def campaigns_of(site: int) -> list[Campaign]:
    """This function will give the campaigns of a site with their bands and who is enrolled."""
    bands = GiftBand.objects.annotate(enrolled=Count("cards"))
    return list(Campaign.objects.filter(site=site).prefetch_related(Prefetch("bands", bands)))


def openings_of(site: int, most: int = 30) -> QuerySet[Opening]:
    """This function will give the last openings of a donnerie."""
    return Opening.objects.filter(site=site)[:most]


def openings_sum(site: int, year: int) -> dict[str, Any]:
    """This function will add up the openings of a year."""
    rows = Opening.objects.filter(site=site, date__year=year, taken_back_at__isnull=True)
    return rows.order_by().aggregate(
        openings=Count("pk"), items=Sum("items_out"), grams=Sum("grams_out"), visits=Sum("visits")
    )


def plots_of(site: int) -> QuerySet[Plot]:
    """This function will give the plots of a garden with who holds each."""
    held = Holding.objects.filter(until_date__isnull=True).select_related("gardener")
    return Plot.objects.filter(site=site).prefetch_related(
        Prefetch("holdings", held, to_attr="held")
    )


def standing(site: int) -> QuerySet[Gardener]:
    """This function will give who waits, is offered or holds a plot, in the order they asked."""
    rows = Gardener.objects.filter(
        site=site, state__in=(WaitState.WAITING, WaitState.OFFERED, WaitState.GARDENS)
    )
    return rows.select_related("offered")


def free_and_resting(site: int) -> QuerySet[Plot]:
    """This function will give the plots nobody holds."""
    return Plot.objects.filter(site=site).exclude(state=PlotState.HELD)


def items_of(site: int) -> QuerySet[Item]:
    """This function will give what is lent, with the loan that is out."""
    out = Loan.objects.filter(back_date__isnull=True)
    return Item.objects.filter(site=site, is_current=True).prefetch_related(
        Prefetch("loans", out, to_attr="out")
    )


def items_in(site: int) -> QuerySet[Item]:
    """This function will give what may be lent today."""
    out = Loan.objects.filter(back_date__isnull=True).values("item")
    return Item.objects.filter(Q(site=site), is_current=True).exclude(pk__in=out)


def loans_out(site: int) -> QuerySet[Loan]:
    """This function will give what is out, the oldest promise first."""
    rows = Loan.objects.filter(item__site=site, back_date__isnull=True)
    return rows.select_related("item")
