"""What was really paid on an order, and when: for recoveries, interest and the person’s export."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.acts.payments.enums import LineState, OrderState
from beffroi.acts.payments.models import Claim, Hold, Order, RunLine
from beffroi.acts.payments.periods import month_start


@dataclass(frozen=True)
class Paid:
    """A payment that left for a period, in euros before any retention, and the day it left."""

    start: date
    end: date
    amount: Decimal
    on: date


def paid_on(orders: Collection[str]) -> list[Paid]:
    """This function will give what left on these orders, the oldest period first."""
    rows = RunLine.objects.filter(
        due__order__reference__in=orders, state__in=(LineState.SENT, LineState.PAID)
    ).order_by("due__period_start", "pk")
    return [
        Paid(*row)
        for row in rows.values_list(
            "due__period_start", "due__period_end", "gross", "execution_date"
        )
    ]


def paid_by_month(orders: Collection[str], since: date, until: date) -> dict[date, Decimal]:
    """This function will add up, by first day of the month, what left for periods in these days."""
    found: dict[date, Decimal] = {}
    for one in paid_on(orders):
        if one.end >= since and one.start <= until:
            month = month_start(one.start)
            found[month] = found.get(month, Decimal(0)) + one.amount
    return found


def is_running(reference: str) -> bool:
    """This function will say whether an order still pays."""
    return Order.objects.filter(reference=reference, state=OrderState.RUNNING).exists()


def is_held(reference: str) -> bool:
    """This function will say whether the payments of an order are kept back."""
    return Hold.objects.filter(order__reference=reference, released_at__isnull=True).exists()


def balance_of(claim: str) -> Decimal | None:
    """This function will give what is left of a recovery, in euros; None when there is none."""
    return Claim.objects.filter(reference=claim).values_list("balance", flat=True).first()
