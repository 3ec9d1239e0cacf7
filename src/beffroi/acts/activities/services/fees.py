"""Prices by date, what somebody owes less her reduction, receipts, refunds, and the cash of a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import money_queries
from beffroi.acts.activities.enums import FeeState, PayMethod, PriceBasis
from beffroi.acts.activities.models import (
    Activity,
    CashDay,
    CashLine,
    Fee,
    Participant,
    Price,
    Session,
)
from beffroi.acts.activities.permissions import own_teams
from beffroi.acts.activities.services.common import (
    must_say,
    own_activity,
    own_session,
    trace,
)
from beffroi.acts.activities.services.reductions import must_not_be_close
from beffroi.acts.activities.workflow import FEE_MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

_CENT = Decimal("0.01")
_MOST = Decimal("5000")
_REGISTER = "activity_receipts"


@dataclass(frozen=True)
class FeeDue:
    """What somebody owes: the price of that day, the percentage she is let off, the rest."""

    price: Decimal
    percent: int
    amount: Decimal


def due_of(price: Decimal, percent: int) -> FeeDue:
    """This function will give what is owed of a price, in euros, rounded once to the cent, half up."""
    left = price * (100 - percent) / 100
    return FeeDue(price, percent, left.quantize(_CENT, ROUND_HALF_UP))


@transaction.atomic
def set_price(
    *, activity: int, basis: str, amount: Decimal, since: date, by: Actor, at: datetime
) -> Price:
    """This function will set what an activity costs from a day on, in euros; the price before ends.

    Raises: NotAllowed; InvalidInput, also for a day before the price that stands.
    """
    found, wrong = own_activity(activity, by), {}
    if basis not in PriceBasis.values:
        wrong["basis"] = _("Dites si le prix vaut à chaque séance ou une fois pour toutes.")
    if not 0 <= amount <= _MOST or amount != amount.quantize(_CENT):
        wrong["amount"] = _("Écrivez un montant en euros, au centime.")
    standing = Price.objects.filter(activity=found, until_date__isnull=True).first()
    if standing and since < standing.since_date:
        wrong["since"] = _("Un prix plus récent existe déjà.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    if standing and standing.since_date == since:
        standing.delete()
    elif standing:
        Price.objects.filter(pk=standing.pk).update(until_date=since - timedelta(days=1))
    made = Price.objects.create(activity=found, basis=basis, amount=amount, since_date=since)
    trace("activity.price", by=by, at=at, activity=found, detail={"amount": str(amount)})
    return made


def _price(activity: Activity, session: Session | None, day: date) -> Price:
    price = money_queries.price_on(activity.pk, day)
    basis = PriceBasis.SESSION if session else PriceBasis.SERIES
    if price is None or price.basis != basis:
        raise WrongState(
            _("Aucun prix de ce genre ne vaut ce jour-là."),
            todo=_("Écrivez le prix dans la page de l’activité."),
        )
    return price


def _of(activity: int | None, session: int | None, by: Actor) -> tuple[Activity, Session | None]:
    if session is not None:
        held = own_session(session, by, for_names=True)
        return held.activity, held
    found = own_activity(activity or 0, by)
    if not (by.kind is ActorKind.SYSTEM or found.team.key in own_teams(by)):
        raise NotAllowed(_("Cette activité n’est pas de votre équipe."))
    return found, None


@transaction.atomic
def charge(
    *, mark: UUID, participant: int, by: Actor, at: datetime, session: int | None = None,
    activity: int | None = None, method: str = "",
) -> Fee:  # fmt: skip
    """This function will say what somebody owes for a session, or for the whole series, once.

    With a `method` it is paid at once, and has its receipt. The same fee for a mark that is known.
    Raises: NotAllowed; InvalidInput; WrongState without a price, or when it was charged already.
    """
    of, held = _of(activity, session, by)
    who = Participant.objects.filter(pk=participant, team=of.team_id, anonymised_at__isnull=True)
    person = who.first()
    if person is None:
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    if known := Fee.objects.filter(mark=mark, activity=of).first():
        return known
    day = held.date if held else timezone.localdate(at)
    price = _price(of, held, day)
    due = due_of(price.amount, money_queries.percent_on(person.pk, day))
    try:
        with transaction.atomic():
            made = _fee(mark, of, held, person, day, due, by, at)
    except IntegrityError as error:
        raise WrongState(_("Sa participation est déjà notée.")) from error
    trace("fee.charge", by=by, at=at, activity=of, session=held, detail={"fee": made.pk})
    return _pay(made, method, by, at) if method and made.state == FeeState.OWED else made


@transaction.atomic
def charge_nameless(*, mark: UUID, session: int, method: str, by: Actor, at: datetime) -> Fee:
    """This function will take what somebody without a name pays for a session, with its receipt.

    Raises: NotAllowed; InvalidInput; WrongState without a price.
    """
    of, held = _of(None, session, by)
    if known := Fee.objects.filter(mark=mark, activity=of).first():
        return known
    day = held.date if held else timezone.localdate(at)
    due = due_of(_price(of, held, day).amount, 0)
    made = _fee(mark, of, held, None, day, due, by, at)
    trace("fee.charge", by=by, at=at, activity=of, session=held, detail={"fee": made.pk})
    return _pay(made, method, by, at) if made.state == FeeState.OWED else made


def _fee(
    mark: UUID, of: Activity, held: Session | None, who: Participant | None, day: date,
    due: FeeDue, by: Actor, at: datetime,
) -> Fee:  # fmt: skip
    return Fee.objects.create(
        mark=mark, activity=of, session=held, participant=who, date=day, price=due.price,
        percent=due.percent, amount=due.amount, at=at, by_ref=by.ref, by_label=by.label,
        state=FeeState.OWED if due.amount else FeeState.FREE,
    )  # fmt: skip


def _own(pk: int, by: Actor) -> Fee:
    rows = Fee.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("activity__team", "session").filter(pk=pk).first()
    may = found is not None and (
        by.kind is ActorKind.SYSTEM or found.activity.team.key in own_teams(by)
    )
    if found is None or not may:
        raise NotAllowed(_("Cette participation n’est pas de votre équipe."))
    return found


def _move(fee: Fee, key: str, **changes: Any) -> None:
    step = FEE_MOVES[key]
    rows = Fee.objects.filter(pk=fee.pk, state=fee.state)
    if fee.state not in step.sources or not rows.update(state=step.target, **changes):
        raise WrongState(
            _("« %(act)s » n’est plus possible.") % {"act": step.label},
            todo=_("Rouvrez la page pour voir ce qui a changé."),
        )
    fee.refresh_from_db()


def _line(fee: Fee, method: str, amount: Decimal, by: Actor, at: datetime) -> None:
    """Money moved: with a receipt in the register, in a day whose cash is still open."""
    place = fee.session.place_id if fee.session else fee.activity.place_id
    day, team = timezone.localdate(at), fee.activity.team_id
    if method not in PayMethod.values:
        words = _("Dites si c’est en espèces ou par carte.")
        raise InvalidInput(words, fields={"method": words})
    # The register is held first: whoever closes the cash waits, and counts this line.
    number = documents.next_number(register=_REGISTER, year=day.year)
    shut = CashDay.objects.filter(team=team, place=place, date=day).exists()
    if method == PayMethod.CASH and shut:
        raise WrongState(
            _("La caisse de ce jour est close."), todo=_("Encaissez demain, ou par carte.")
        )
    CashLine.objects.create(
        fee=fee, receipt=f"R{day:%y}{number:06d}", team_id=team, place_id=place, date=day,
        method=method, amount=amount, at=at, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip


def _pay(fee: Fee, method: str, by: Actor, at: datetime) -> Fee:
    _move(fee, "pay")
    _line(fee, method, fee.amount, by, at)
    trace("fee.pay", by=by, at=at, activity=fee.activity, detail={"fee": fee.pk})
    return fee


@transaction.atomic
def pay(*, fee: int, method: str, by: Actor, at: datetime) -> Fee:
    """This function will take what is owed, in cash or by card, with its receipt.

    Raises: NotAllowed; InvalidInput; WrongState when it is paid, or the cash of the day is closed.
    """
    return _pay(_own(fee, by), method, by, at)


@transaction.atomic
def waive(*, fee: int, why: str, by: Actor, at: datetime) -> Fee:
    """This function will let somebody off what she owes, with a reason. Raises: NotAllowed, also
    for herself or somebody close to her; InvalidInput; WrongState.
    """
    said, found = must_say(why, _("Dites pourquoi c’est remis.")), _own(fee, by)
    must_not_be_close(found.participant, by)
    _move(found, "waive", why=said[:200])
    trace("fee.waive", by=by, at=at, activity=found.activity, detail={"fee": found.pk})
    return found


@transaction.atomic
def refund(*, fee: int, why: str, by: Actor, at: datetime) -> Fee:
    """This function will give back what was paid, by the same means, with its receipt and a reason.

    Raises: NotAllowed, also for herself or somebody close to her; InvalidInput; WrongState when
    nothing was paid, or the cash is closed.
    """
    said, found = must_say(why, _("Dites pourquoi c’est remboursé.")), _own(fee, by)
    must_not_be_close(found.participant, by)
    paid = found.lines.filter(amount__gt=0).order_by("pk").last()
    _move(found, "refund", why=said[:200])
    if paid is not None:
        _line(found, paid.method, -found.amount, by, at)
    trace("fee.refund", by=by, at=at, activity=found.activity, detail={"fee": found.pk})
    return found


@transaction.atomic
def close_cash(
    *, team: str, place: UUID, day: date, counted: Decimal, by: Actor, at: datetime, why: str = ""
) -> CashDay:
    """This function will close the cash of a day in a house: what was counted, in euros.

    A difference with what the receipts say is explained. Raises: NotAllowed; InvalidInput;
    WrongState when it is closed already, or the day has not come.
    """
    if not (by.kind is ActorKind.SYSTEM or team in own_teams(by)):
        raise NotAllowed(_("Cette caisse n’est pas de votre équipe."))
    if day > timezone.localdate(at):
        raise WrongState(_("Ce jour n’est pas encore venu."))
    documents.hold_register(register=_REGISTER, year=day.year)
    expected = money_queries.cash_of(team, place, day)
    if counted < 0 or counted != counted.quantize(_CENT):
        words = _("Écrivez ce que vous avez compté, en euros, au centime.")
        raise InvalidInput(words, fields={"counted": words})
    if counted != expected and not why.strip():
        words = _("Les reçus disent %(expected)s €. Dites d’où vient la différence.")
        raise InvalidInput(words % {"expected": expected}, fields={"why": words % {"expected": expected}})  # fmt: skip
    try:
        with transaction.atomic():
            made = CashDay.objects.create(
                team_id=money_queries.team_pk(team), place_id=place, date=day, expected=expected,
                counted=counted, why=why.strip()[:200], at=at, by_ref=by.ref, by_label=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(_("Cette caisse est déjà close.")) from error
    audit.record(
        by=by.as_of_team(team), kind=ActKind.WRITE, verb="cash.close", object_kind="cashday",
        object_ref=str(made.pk), at=at, detail={"difference": str(counted - expected)},
    )  # fmt: skip
    return made
