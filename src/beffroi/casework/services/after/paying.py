"""The payment of a right over time: one order that changes, with the days that are not paid."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from beffroi.acts.payments import paid
from beffroi.acts.payments import services as payments
from beffroi.casework import sequels
from beffroi.casework.enums import Periodicity
from beffroi.casework.models import Grant, Sanction, Suspension
from beffroi.core.actors import Actor


def change_amount(grant: Grant, order: str, on: date, by: Actor, at: datetime) -> None:
    """This function will have an order pay the amount of `grant` from a day, and its pauses kept."""
    payments.change_order(
        reference=order, on=on, owner_ref=grant.reference, amount=grant.amount,
        periodicity=grant.periodicity, until=grant.until_date, by=by, at=at,
    )  # fmt: skip
    pause_again(grant, order, on, by, at)


def pause_again(grant: Grant, order: str, on: date, by: Actor, at: datetime) -> None:
    """This function will keep unpaid, after a change on a day, what sanctions and stays leave so."""
    line = sequels.whole_line(grant)
    for sanction in Sanction.objects.filter(grant__in=line, until_date__gte=on):
        if not sanction.suspended_execution:
            _pause(order, max(on, sanction.from_date), sanction.until_date, 1 - sanction.share,
                   sanction.decision.number, by, at)  # fmt: skip
    decided = Suspension.objects.filter(grant__in=line, decision__isnull=False)
    for suspension in decided.select_related("decision"):
        for first, last in ranges_of(suspension):
            if last >= on and suspension.decision is not None:
                _pause(order, max(on, first), last, Decimal(0), suspension.decision.number, by, at)


def ranges_of(suspension: Suspension) -> list[tuple[date, date]]:
    """This function will give the periods of a suspension that are not paid."""
    return [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in suspension.unpaid]


def _pause(
    order: str, since: date, until: date, share: Decimal, number: str, by: Actor, at: datetime
) -> None:
    payments.pay_less(
        reference=order, since=since, until=until, share=share, owner_ref=number, by=by, at=at,
        why=_("Suspension décidée : %(number)s") % {"number": number},
    )  # fmt: skip


def pause(grant: Grant, since: date, until: date, share: Decimal, number: str, by: Actor,
          at: datetime) -> str:  # fmt: skip
    """This function will pay only `share` of a grant from a day to a day; its order, if it has one."""
    order = order_of(grant)
    if order:
        _pause(order, since, until, share, number, by, at)
    return order


def order_of(grant: Grant) -> str:
    """This function will give the order that pays a grant now, empty when none runs."""
    if not grant.order_ref or grant.periodicity == Periodicity.ONCE:
        return ""
    return grant.order_ref if paid.is_running(grant.order_ref) else ""


def hold(grant: Grant, since: date, why: str, by: Actor, at: datetime) -> None:
    """This function will keep the payments of a grant back until the organ has decided."""
    order = order_of(grant)
    if order and not paid.is_held(order):
        payments.hold(reference=order, reason=why, since=since, by=by, at=at)


def let_go(grant: Grant, why: str, by: Actor, at: datetime) -> None:
    """This function will let go what was kept back of a grant."""
    if grant.order_ref and paid.is_held(grant.order_ref):
        payments.release(reference=grant.order_ref, reason=why, by=by, at=at)
