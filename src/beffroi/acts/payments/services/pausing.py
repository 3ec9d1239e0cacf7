"""Less, or nothing, for some days of an order: what was not owed is never paid later."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import OrderState, Periodicity
from beffroi.acts.payments.models import Order, OrderTerm
from beffroi.acts.payments.services.orders import add_term, locked, settle_from
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState

_DAY = timedelta(days=1)
_CENT = Decimal("0.01")


@transaction.atomic
def pay_less(
    *, reference: str, since: date, until: date, share: Decimal, owner_ref: str, why: str,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """This function will pay only `share` (0: nothing) of an order from a day to a day, both counted.

    A hold keeps money back and pays it later; this one is not owed at all. Months already paid
    are settled by the difference. It gives how many approvals this voids.
    Raises: NotAllowed; WrongState when the order has ended or pays once; InvalidInput.
    """
    order = locked(reference, by)
    if order.state != OrderState.RUNNING:
        raise WrongState(_("Cet ordre ne court plus."))
    if until < since or not 0 <= share < 1:
        raise InvalidInput(_("Cette période, ou cette part, n’est pas possible."))
    touched = [
        term
        for term in order.terms.filter(is_live=True, since_date__lte=until)
        if term.until_date is None or term.until_date >= since
    ]
    if any(term.periodicity == Periodicity.ONCE for term in touched):
        raise WrongState(_("Ce qui se paie une fois ne se suspend pas."))
    OrderTerm.objects.filter(pk__in=[term.pk for term in touched]).update(is_live=False)
    for term in touched:
        _cut_in_three(order, term, since, until, share, owner_ref, by, at)
    detail = {"since": since.isoformat(), "until": until.isoformat(), "share": str(share)}
    return settle_from(order, since, "order_pause", why, by, at, detail)


def _cut_in_three(
    order: Order, term: OrderTerm, since: date, until: date, share: Decimal, owner_ref: str,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """What lies before and after stays as it was; the middle pays its share, or has no term."""
    if term.since_date < since:
        add_term(order, term.amount, term.periodicity, term.since_date, since - _DAY,
                 term.owner_ref, by, at)  # fmt: skip
    less = (term.amount * share).quantize(_CENT, ROUND_HALF_UP)
    if less > 0:
        first = max(since, term.since_date)
        last = until if term.until_date is None else min(until, term.until_date)
        add_term(order, less, term.periodicity, first, last, owner_ref, by, at)
    if term.until_date is None or term.until_date > until:
        add_term(order, term.amount, term.periodicity, until + _DAY, term.until_date,
                 term.owner_ref, by, at)  # fmt: skip
