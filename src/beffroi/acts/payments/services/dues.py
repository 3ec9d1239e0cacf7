"""Draws what each order owes, month by month, and settles what was paid against what is owed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from beffroi.acts.payments.enums import DueState, Periodicity
from beffroi.acts.payments.models import Due, Order, OrderTerm
from beffroi.acts.payments.periods import (
    Period,
    clip,
    month_start,
    next_month,
    parts_of_month,
    share_of_month,
)
from beffroi.acts.payments.permissions import can_execute
from beffroi.acts.payments.services.common import require
from beffroi.acts.payments.services.inserting import insert, stored
from beffroi.core.actors import Actor

_BATCH = 2000
_NOTHING = Decimal(0)


class Term(NamedTuple):
    """What an order pays from a day to a day, as it is read for a drawing."""

    amount: Decimal
    periodicity: str
    since_date: date
    until_date: date | None


class NewDue(NamedTuple):
    """A due to draw: order, first and last day, sequence, euros."""

    order_id: int
    start: date
    end: date
    sequence: int
    amount: Decimal


@dataclass
class Settling:
    """What a month of an order asks for: dues to draw, to correct, to cancel; what is too much."""

    drawn: list[NewDue] = field(default_factory=list)
    corrected: list[Due] = field(default_factory=list)
    cancelled: list[Due] = field(default_factory=list)
    overpaid: Decimal = _NOTHING


def owed(terms: Iterable[Term], month: date) -> dict[Period, Decimal]:
    """This function will give what the live terms of an order owe for a month, by period, in euros."""
    found: dict[Period, Decimal] = {}
    for term in terms:
        if term.periodicity == Periodicity.ONCE:
            if month_start(term.since_date) == month:
                found[Period(term.since_date, term.since_date)] = term.amount
            continue
        for part in parts_of_month(month, term.periodicity):
            period = clip(part, term.since_date, term.until_date)
            share = share_of_month(term.amount, period) if period else _NOTHING
            if period and share > 0:
                found[period] = share
    return dict(sorted(found.items()))


def settle_month(order_id: int, targets: dict[Period, Decimal], dues: list[Due]) -> Settling:
    """This function will say how the dues of a month become what is owed for it.

    What is in a run, sent or paid stays; the rest of the month is corrected by the difference, so
    that the sum of the month is what is owed, or more by `overpaid` when too much has left.
    """
    result = Settling()
    if not dues:
        result.drawn = [
            NewDue(order_id, period.start, period.end, 1, amount)
            for period, amount in targets.items()
        ]
        return result
    by_start: dict[date, list[Due]] = defaultdict(list)
    for due in dues:
        by_start[due.period_start].append(due)
    wanted = {period.start: amount for period, amount in targets.items()}
    ends = {period.start: period.end for period in targets}
    too_much = _NOTHING
    for start, rows in by_start.items():
        fixed = sum((d.amount for d in rows if d.state in _FIXED), _NOTHING)
        left = wanted.get(start, _NOTHING) - fixed
        too_much += max(-left, _NOTHING)
        wanted[start] = max(left, _NOTHING)
    for start in sorted(wanted):
        taken = min(too_much, wanted[start])
        wanted[start] -= taken
        too_much -= taken
        rows = by_start.get(start, [])
        _one(order_id, start, ends.get(start, start), wanted[start], rows, result)
    result.overpaid = too_much
    return result


_FIXED = (DueState.IN_RUN, DueState.SENT, DueState.PAID)


def _rank(due: Due) -> int:
    return due.sequence


def _one(
    order_id: int, start: date, end: date, amount: Decimal, rows: list[Due], result: Settling
) -> None:
    open_ = sorted((due for due in rows if due.state == DueState.PAYABLE), key=_rank)
    payable, others = (open_[0] if open_ else None), open_[1:]
    for due in others:
        due.state = DueState.CANCELLED
        result.cancelled.append(due)
    if payable is None:
        if amount > 0:
            sequence = max((due.sequence for due in rows), default=0) + 1
            result.drawn.append(NewDue(order_id, start, end, sequence, amount))
    elif amount == 0:
        payable.state = DueState.CANCELLED
        result.cancelled.append(payable)
    elif (payable.amount, payable.period_end) != (amount, end):
        payable.amount, payable.period_end = amount, end
        result.corrected.append(payable)


@dataclass(frozen=True)
class Drawn:
    """How many dues a drawing added, corrected and cancelled."""

    added: int
    corrected: int
    cancelled: int


@transaction.atomic
def draw_dues(*, through: date, by: Actor, at: datetime) -> Drawn:
    """This function will draw the dues of every order up to the end of the month of `through`.

    Run again, it adds nothing: the database takes one due an order, a period and a sequence.
    Raises: NotAllowed.
    """
    require(can_execute(by))
    month = month_start(through)
    orders = list(
        Order.objects.select_for_update(no_key=True)
        .filter(next_month__lte=month)
        .only("pk", "next_month", "since_date", "until_date")
        .order_by("pk")
    )
    counts = [0, 0, 0]
    for first in range(0, len(orders), _BATCH):
        done = _draw(orders[first : first + _BATCH], month, at)
        counts = [a + b for a, b in zip(counts, done, strict=True)]
    return Drawn(*counts)


def _draw(orders: list[Order], month: date, at: datetime) -> tuple[int, int, int]:
    ids = [order.pk for order in orders]
    terms: dict[int, list[Term]] = defaultdict(list)
    for order_id, *facts in OrderTerm.objects.filter(order__in=ids, is_live=True).values_list(
        "order", *Term._fields
    ):
        terms[order_id].append(Term(*facts))
    first = min(order.next_month for order in orders)
    known: dict[tuple[int, date], list[Due]] = defaultdict(list)
    for due in Due.objects.filter(order__in=ids, period_start__gte=first):
        known[due.order_id, month_start(due.period_start)].append(due)
    all_ = Settling()
    later: dict[int, date] = {}
    for (order_id, day), _dues in known.items():
        later[order_id] = max(day, later.get(order_id, month))
    for order in orders:
        day = order.next_month
        while day <= later.get(order.pk, month):
            owes = owed(terms[order.pk], day)
            found = settle_month(order.pk, owes, known.get((order.pk, day), []))
            all_.drawn += found.drawn
            all_.corrected += found.corrected
            all_.cancelled += found.cancelled
            day = next_month(day)
    drawn_at = stored(at)
    insert(
        Due,
        ("order", "period_start", "period_end", "sequence", "amount", "state", "drawn_at"),
        ((*new, DueState.PAYABLE.value, drawn_at) for new in all_.drawn),
    )
    if all_.corrected or all_.cancelled:
        Due.objects.bulk_update(
            all_.corrected + all_.cancelled, ["amount", "period_end", "state"], batch_size=_BATCH
        )
    _mark_drawn(orders, month, later)
    return len(all_.drawn), len(all_.corrected), len(all_.cancelled)


def _mark_drawn(orders: list[Order], month: date, later: dict[int, date]) -> None:
    """An order that ended is drawn for good: its next month lies beyond every run."""
    marked: dict[date, list[int]] = defaultdict(list)
    for order in orders:
        after = next_month(later.get(order.pk, month))
        over = order.until_date is not None and order.until_date < after
        marked[date.max if over else after].append(order.pk)
    for after, ids in marked.items():
        Order.objects.filter(pk__in=ids).update(next_month=after)


def draw_again(rows: QuerySet[Due]) -> None:
    """This function will have the months of these dues settled anew by the next drawing."""
    months = {month_start(day) for day in rows.values_list("period_start", flat=True).distinct()}
    for month in months:
        touched = rows.filter(period_start__gte=month, period_start__lt=next_month(month))
        Order.objects.filter(pk__in=touched.values("order"), next_month__gt=month).update(
            next_month=month
        )


def overpaid_of(order: Order, months: Iterable[date]) -> dict[date, Decimal]:
    """This function will say, in euros by month, what an order paid above what it now owes."""
    rows = order.terms.filter(is_live=True).values_list(*Term._fields)
    terms = [Term(*row) for row in rows]
    by_month: dict[date, list[Due]] = defaultdict(list)
    for due in order.dues.exclude(state=DueState.CANCELLED):
        by_month[month_start(due.period_start)].append(due)
    found = {}
    for month in months:
        too_much = settle_month(order.pk, owed(terms, month), by_month[month]).overpaid
        if too_much > 0:
            found[month] = too_much
    return found
