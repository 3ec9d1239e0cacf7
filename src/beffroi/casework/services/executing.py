"""Execution: what a decision gives becomes an order that payments pay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments import services as payments
from beffroi.casework import aids, sequels
from beffroi.casework.enums import GRANTING, ApplicationEnd, Outcome
from beffroi.casework.models import Application, Grant
from beffroi.casework.services import clocks
from beffroi.casework.services.after import carrying
from beffroi.casework.services.common import AlreadyMoved, application_for, move, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState


@transaction.atomic
def execute(
    *, reference: str, by: Actor, at: datetime, account: str = "", in_cash_why: str = ""
) -> str:
    """This function will open the payment of what was decided and close the application.

    Gives the reference of the payment order, empty where there is nothing to pay.
    Raises: NotAllowed; AlreadyMoved before notification; WrongState; what payments refuse.
    """
    application = application_for(reference, by, at)
    decision = application.decisions.order_by("decided_at", "pk").last()
    if decision is None or application.state != "notified":
        raise AlreadyMoved(application, str(_("Exécuter")))
    order = ""
    sequel = sequels.sequel_of(application)
    if sequel is not None:
        order = carrying.carry_out(decision, sequel, by, at)
    if decision.outcome in GRANTING and decision.amount:
        order = _pay(application, decision.grant, account, in_cash_why, by, at)
    end = ApplicationEnd.REFUSED if decision.outcome == Outcome.REFUSAL else ApplicationEnd.EXECUTED
    move(application, "execute", by=by, at=at, closed_at=at, end=end, detail={"order": order})
    if sequel is not None:
        carrying.settle_hold(sequel)
    return order


def _pay(
    application: Application, grant: Grant, account: str, in_cash_why: str, by: Actor, at: datetime
) -> str:
    kind = aids.aid(application.kind)
    person = application.file.person
    if grant.order_ref:
        raise WrongState(_("Cet octroi est déjà en paiement."))
    carrying.settle_effect(grant, grant.decision, sequels.sequel_of(application))
    if account:
        payments.add_account(
            iban=account, holder=str(person), since=grant.from_date, person_ref=person.reference,
            by=by, at=at,
        )  # fmt: skip
    if kept := carrying.go_on(grant, by, at):
        _paying(application, grant, kept, by, at)
        return kept
    if grant.replaces is not None and grant.replaces.order_ref and grant.replaces.until_date:
        payments.end_order(
            reference=grant.replaces.order_ref, on=grant.replaces.until_date, by=by, at=at,
            why=_("Remplacé par la révision %(number)s") % {"number": grant.decision.number},
        )  # fmt: skip
    order = payments.open_order(
        owner_kind="grant", owner_ref=grant.reference, subject_ref=application.file.number,
        person_ref=person.reference, article_code=kind.article, aid_kind=application.kind,
        amount=grant.amount, periodicity=grant.periodicity, since=grant.from_date,
        until=grant.until_date, label=str(kind.label), payee=payments.Payee(cash_reason=in_cash_why),
        refund_facts=_refund_facts(application), by=by, at=at,
    )  # fmt: skip
    Grant.objects.filter(pk=grant.pk).update(order_ref=order)
    _paying(application, grant, order, by, at)
    return order


def _paying(application: Application, grant: Grant, order: str, by: Actor, at: datetime) -> None:
    clocks.meet(application.file, "first_payment", at=at, subject_ref=grant.decision.number)
    clocks.void(application.file, at=at, subject_ref=grant.decision.number, but=("appeal",))
    trace(application.file, "grant.execute", by=by, at=at, about=grant.reference,
          detail={"order": order})  # fmt: skip


def _refund_facts(application: Application) -> dict[str, Any]:
    """What the State’s refund rate depends on, as it was when the aid was asked."""
    return {"entry_reason": application.entry_reason, "asked_on": application.asked_on.isoformat()}
