"""What a decision that follows a grant does, once it is notified: to the grant, and to its payment."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from beffroi.acts.payments import services as payments
from beffroi.casework import sequels
from beffroi.casework.enums import GrantState, Outcome, SequelCause
from beffroi.casework.models import Decision, Grant, Notification, Sequel
from beffroi.casework.services import clocks
from beffroi.casework.services.after import (
    appealing,
    paying,
    recovering,
    sanctioning,
    suspending,
)
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState
from beffroi.rules.revision import effect


def carry_out(decision: Decision, sequel: Sequel, by: Actor, at: datetime) -> str:
    """This function will do what a decision says; gives the order or the claim it touched."""
    grant = sequels.newest_of(sequel.grant)
    order = ""
    if decision.outcome == Outcome.STOP:
        order = stop(grant, decision, by, at)
    elif decision.outcome == Outcome.SUSPENSION:
        suspending.carry_out(grant, decision, by, at)
    elif decision.outcome == Outcome.SANCTION:
        order = sanctioning.carry_out(grant, decision, sequel, by, at)
    elif decision.outcome == Outcome.RECOVERY:
        order = recovering.carry_out(grant, decision, sequel, by, at)
    elif decision.outcome == Outcome.WAIVER:
        order = recovering.carry_out_waiver(decision, sequel, by, at)
    elif sequel.cause == SequelCause.SUSPENSION:
        suspending.carry_out_refusal(grant, decision, by, at)
    if sequel.cause != SequelCause.JUDGMENT:
        clocks.void(grant.file, at=at, subject_ref=decision.number, but=("appeal", "repeat_window"))
    return order


def settle_hold(sequel: Sequel) -> None:
    """This function will unfreeze a file once the new decision a judgment wanted is carried out."""
    if sequel.cause == SequelCause.JUDGMENT:
        appealing.lift_hold(sequel.application.file)


def stop(grant: Grant, decision: Decision, by: Actor, at: datetime) -> str:
    """This function will end a grant the day before a decision counts; gives its order."""
    last = max(decision.from_date - timedelta(days=1), grant.from_date)
    ended = Grant.objects.filter(pk=grant.pk).exclude(state=GrantState.ENDED)
    if not ended.update(state=GrantState.ENDED, until_date=last, review_due_on=None):
        raise WrongState(_("Cet octroi est déjà terminé."))
    order = paying.order_of(grant)
    if order:
        payments.end_order(reference=order, on=last, by=by, at=at,
                           why=_("Fin décidée : %(number)s") % {"number": decision.number})  # fmt: skip
    clocks.void(grant.file, at=at, subject_ref=grant.reference)
    return order


def settle_effect(grant: Grant, decision: Decision, sequel: Sequel | None) -> None:
    """This function will set the first day of a revised grant as the law counts it.

    A lower amount after a mistake of the CPAS that the person could not know waits for the
    month after the letter. Source: loi 26/05/2002 art. 22.
    """
    before = grant.replaces
    told = Notification.objects.filter(decision=decision, sent_at__isnull=False).first()
    if sequel is None or before is None or told is None or told.sent_at is None:
        return
    found = effect(
        appeared=decision.from_date, notified=told.sent_at.date(),
        is_lower=grant.amount < before.amount, is_cpas_error=sequel.cause == SequelCause.CPAS_ERROR,
        could_know=bool(sequel.facts.get("could_know", True)),
    )  # fmt: skip
    if not found.waits_for_letter:
        return
    grant.from_date = max(found.from_date, decision.from_date)
    last = grant.from_date - timedelta(days=1)
    Grant.objects.filter(pk=grant.pk).update(from_date=grant.from_date)
    Grant.objects.filter(pk=before.pk).update(until_date=last)
    before.until_date = last


def go_on(grant: Grant, by: Actor, at: datetime) -> str:
    """This function will have the order of the grant that was replaced pay the new one, if it can.

    The payee, her account and her third party stay as they are. Gives the order, or nothing when
    a new one must be opened.
    """
    before = grant.replaces
    order = paying.order_of(before) if before is not None else ""
    if not order or before is None or before.periodicity != grant.periodicity or not grant.amount:
        return ""
    paying.change_amount(grant, order, grant.from_date, by, at)
    Grant.objects.filter(pk=grant.pk).update(order_ref=order)
    return order
