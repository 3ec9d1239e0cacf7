"""Standing orders: opened by a decision, changed from a day, ended on a day, held and let go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank.accounts import BadAccount, check_communication
from beffroi.acts.payments.enums import (
    CLIENT_MONEY_OWNERS,
    AccountClass,
    Means,
    OrderState,
    Periodicity,
)
from beffroi.acts.payments.models import Hold, Order, OrderTerm
from beffroi.acts.payments.periods import month_start
from beffroi.acts.payments.permissions import can_execute
from beffroi.acts.payments.queries import UnknownPayee, article, person_of, third_party
from beffroi.acts.payments.services.common import facts_changed, require, said, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Payee:
    """To whom an order pays: the person herself, a third party, or the counter with a reason."""

    third_party_ref: str = ""
    cash_reason: str = ""
    communication: str = ""

    @property
    def means(self) -> Means:
        return Means.CASH if self.cash_reason else Means.TRANSFER


def _amount(given: Decimal) -> Decimal:
    if not given.is_finite() or given <= 0 or given != given.quantize(_CENT):
        raise InvalidInput(
            _("Le montant est en euros, avec deux décimales, et plus grand que zéro.")
        )
    return given.quantize(_CENT)


@transaction.atomic
def open_order(
    *,
    owner_kind: str,
    owner_ref: str,
    subject_ref: str,
    person_ref: str,
    article_code: str,
    aid_kind: str,
    amount: Decimal,
    periodicity: str,
    since: date,
    label: str,
    by: Actor,
    at: datetime,
    until: date | None = None,
    payee: Payee | None = None,
    refund_facts: Mapping[str, Any] | None = None,
) -> str:
    """This function will open a standing order and give its reference, ORD followed by its number.

    `amount` is in euros: by month, however it is split, or once. Days are both counted.
    Raises: NotAllowed; InvalidInput: unknown person, article or third party, client money.
    """
    require(can_execute(by))
    payee = payee or Payee()
    if owner_kind in CLIENT_MONEY_OWNERS:
        raise InvalidInput(
            _("L’argent d’une personne en médiation ne passe pas par les paiements du CPAS."),
            why=_("Il reste sur son compte à elle."),
        )
    if periodicity not in Periodicity.values or until is not None and until < since:
        raise InvalidInput(_("La période de cet ordre n’est pas possible."))
    if periodicity == Periodicity.ONCE:
        until = since
    rank = documents.next_number(register="ORD", year=at.year)
    order = Order.objects.create(
        reference=f"ORD-{at.year}-{rank:05d}", owner_kind=owner_kind, owner_ref=owner_ref,
        subject_ref=subject_ref, person=_person(person_ref), aid_kind=aid_kind,
        label=said(label, "label", _("Dites ce qui est payé."))[:140], since_date=since,
        until_date=until, next_month=month_start(since), refund_facts=dict(refund_facts or {}),
        opened_at=at, opened_by_ref=by.ref, opened_by_label=by.label, means=payee.means,
        **_paid_to(payee), **_charged_on(article_code),
    )  # fmt: skip
    add_term(order, _amount(amount), periodicity, since, until, owner_ref, by, at)
    trace("order_open", "order", order.reference, by=by, at=at, subject=subject_ref,
          detail={"decision": owner_ref})  # fmt: skip
    return order.reference


def _person(reference: str) -> Any:
    try:
        return person_of(reference)
    except UnknownPayee as error:
        raise InvalidInput(_("Cette personne n’est pas connue.")) from error


def _charged_on(code: str) -> dict[str, Any]:
    found = article(code)
    if found is None or found.kind != AccountClass.EXPENSE:
        raise InvalidInput(
            _("L’article budgétaire « %(code)s » n’est pas une dépense connue.") % {"code": code}
        )
    return {"article": found}


def _paid_to(payee: Payee) -> dict[str, Any]:
    found = third_party(payee.third_party_ref) if payee.third_party_ref else None
    if payee.third_party_ref and (found is None or payee.cash_reason):
        raise InvalidInput(_("Ce tiers n’est pas connu, ou ne se paie pas au guichet."))
    digits = ""
    if payee.communication:
        try:
            digits = check_communication(payee.communication)
        except BadAccount as error:
            raise InvalidInput(str(error), {"communication": str(error)}) from error
    return {
        "third_party": found, "cash_reason": payee.cash_reason[:200], "communication": digits,
    }  # fmt: skip


def add_term(
    order: Order, amount: Decimal, periodicity: str, since: date, until: date | None,
    owner_ref: str, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """This function will write what an order pays from a day to a day."""
    OrderTerm.objects.create(
        order=order, amount=amount, periodicity=periodicity, since_date=since, until_date=until,
        owner_ref=owner_ref, entered_at=at, entered_by_label=by.label,
    )  # fmt: skip


def locked(reference: str, by: Actor) -> Order:
    """This function will give an order, its row held. Raises: NotAllowed."""
    require(can_execute(by))
    order = Order.objects.select_for_update(no_key=True).filter(reference=reference).first()
    if order is None:
        raise NotAllowed(_("Cet ordre de paiement n’existe pas."))
    return order


def _cut(order: Order, on: date) -> OrderTerm | None:
    """Ends what the order pays before `on`; gives the term that covered that day."""
    covering = order.terms.filter(is_live=True, since_date__lte=on).order_by("-since_date").first()
    order.terms.filter(is_live=True, since_date__gte=on).update(is_live=False)
    before = order.terms.filter(is_live=True)
    before.filter(until_date__isnull=True).update(until_date=on - timedelta(days=1))
    before.filter(until_date__gte=on).update(until_date=on - timedelta(days=1))
    return covering


@transaction.atomic
def change_order(
    *,
    reference: str,
    on: date,
    owner_ref: str,
    by: Actor,
    at: datetime,
    amount: Decimal | None = None,
    periodicity: str = "",
    until: date | None = None,
) -> int:
    """This function will pay another amount, or at another pace, from the day `on`.

    Months already paid are settled by the difference. It gives how many approvals this voids.
    Raises: NotAllowed; WrongState when the order has ended or pays once; InvalidInput.
    """
    order = locked(reference, by)
    if order.state != OrderState.RUNNING or on < order.since_date:
        raise WrongState(_("Cet ordre ne court pas à cette date."))
    last = order.terms.filter(is_live=True).order_by("-since_date").first()
    if last is None or last.periodicity == Periodicity.ONCE or periodicity == Periodicity.ONCE:
        raise WrongState(
            _("Ce qui se paie une fois ne change pas."),
            todo=_("Terminez l’ordre, ouvrez-en un autre."),
        )
    if periodicity and periodicity not in Periodicity.values or until and until < on:
        raise InvalidInput(_("La période de cet ordre n’est pas possible."))
    covering = _cut(order, on) or last
    until = until or order.until_date
    if until is not None and until < on:
        raise InvalidInput(_("La fin de cet ordre est avant le changement."))
    add_term(
        order, _amount(covering.amount if amount is None else amount),
        periodicity or covering.periodicity, on, until, owner_ref, by, at,
    )  # fmt: skip
    Order.objects.filter(pk=order.pk).update(until_date=until)
    detail = {"decision": owner_ref, "on": on.isoformat()}
    return settle_from(order, on, "order_change", _("Montant ou rythme changé"), by, at, detail)


@transaction.atomic
def end_order(*, reference: str, on: date, by: Actor, at: datetime, why: str = "") -> int:
    """This function will end an order: `on` is the last day it pays for.

    A day before its start ends it before it paid anything. It gives how many approvals this voids.
    Raises: NotAllowed; WrongState when it has already ended on that day or before.
    """
    order = locked(reference, by)
    if order.state == OrderState.ENDED and order.until_date and order.until_date <= on:
        raise WrongState(_("Cet ordre est déjà terminé."))
    _cut(order, on + timedelta(days=1))
    Order.objects.filter(pk=order.pk).update(state=OrderState.ENDED, until_date=on)
    detail = {"on": on.isoformat()}
    return settle_from(order, on, "order_end", why or _("Ordre terminé"), by, at, detail)


def settle_from(
    order: Order, on: date, verb: str, why: str, by: Actor, at: datetime, detail: dict[str, str]
) -> int:
    """This function will have an order settled anew from a day, and void what rested on it."""
    first = min(month_start(max(on, order.since_date)), order.next_month)
    Order.objects.filter(pk=order.pk).update(next_month=first)
    voided = facts_changed([order], why, by=by, at=at)
    trace(
        verb,
        "order",
        order.reference,
        by=by,
        at=at,
        subject=order.subject_ref,
        reason=why,
        detail=detail,
    )
    return voided


@transaction.atomic
def hold(
    *, reference: str, reason: str, since: date, by: Actor, at: datetime, until: date | None = None
) -> Hold:
    """This function will keep the payments of an order back from a day; the right stays.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when one is held already.
    """
    order = locked(reference, by)
    reason = said(reason, "reason", _("Dites pourquoi ce paiement est retenu."))
    if until is not None and until < since:
        raise InvalidInput(_("La retenue finit avant de commencer."))
    if order.holds.filter(released_at__isnull=True, until_date__lt=since).exists():
        order.holds.filter(released_at__isnull=True).update(
            released_at=at, released_by_label=by.label, release_reason=_("Terme atteint.")
        )
    if order.holds.filter(released_at__isnull=True).exists():
        raise WrongState(_("Ce paiement est déjà retenu."))
    row = Hold.objects.create(
        order=order, reason=reason[:300], since_date=since, until_date=until, placed_at=at,
        placed_by_label=by.label,
    )  # fmt: skip
    facts_changed([order], _("Paiement retenu : %(why)s") % {"why": reason}, by=by, at=at)
    trace("hold", "order", order.reference, by=by, at=at, subject=order.subject_ref, reason=reason)
    return row


@transaction.atomic
def release(*, reference: str, reason: str, by: Actor, at: datetime) -> Hold:
    """This function will let go what is held of an order: the next run pays what was kept back.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when nothing is held.
    """
    order = locked(reference, by)
    reason = said(reason, "reason", _("Dites pourquoi ce paiement est libéré."))
    row = order.holds.filter(released_at__isnull=True).first()
    if row is None:
        raise WrongState(_("Ce paiement n’est pas retenu."))
    Hold.objects.filter(pk=row.pk, released_at__isnull=True).update(
        released_at=at, released_by_label=by.label, release_reason=reason[:300]
    )
    trace(
        "release", "order", order.reference, by=by, at=at, subject=order.subject_ref, reason=reason
    )
    row.refresh_from_db()
    return row
