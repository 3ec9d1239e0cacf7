"""Execution: what a decision gives becomes an order that payments pay."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments import services as payments
from beffroi.casework import aids, sequels
from beffroi.casework.enums import GRANTING, ApplicationEnd, Outcome
from beffroi.casework.models import Application, Decision, Grant
from beffroi.casework.services import clocks
from beffroi.casework.services.after import carrying
from beffroi.casework.services.common import AlreadyMoved, application_for, move, trace
from beffroi.casework.services.records.common import pay_to
from beffroi.casework.services.records.guarantees import claim_advance
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState


@transaction.atomic
def execute(
    *,
    reference: str,
    by: Actor,
    at: datetime,
    account: str = "",
    in_cash_why: str = "",
    third_party: str = "",
    enterprise_number: str = "",
    communication: str = "",
) -> str:
    """This function will open the payment of what was decided and close the application.

    `account` is the person’s, or that of the `third_party` named where the aid is paid to one.
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
        payee = _payee(application, decision, account, third_party, enterprise_number, by, at)
        payee = replace(payee, cash_reason=in_cash_why, communication=communication)
        order = _pay(application, decision.grant, payee, by, at)
        claim_advance(decision.grant, by, at)
    end = ApplicationEnd.REFUSED if decision.outcome == Outcome.REFUSAL else ApplicationEnd.EXECUTED
    move(application, "execute", by=by, at=at, closed_at=at, end=end, detail={"order": order})
    if sequel is not None:
        carrying.settle_hold(sequel)
    return order


def _payee(
    application: Application,
    decision: Decision,
    account: str,
    third_party: str,
    enterprise_number: str,
    by: Actor,
    at: datetime,
) -> payments.Payee:
    """The person, or the third party named; the account given is the one of whoever is paid."""
    person, since = application.file.person, decision.from_date
    if not third_party:
        if account:
            payments.add_account(
                iban=account, holder=str(person), since=since, person_ref=person.reference,
                by=by, at=at,
            )  # fmt: skip
        return payments.Payee()
    if "third_party" not in aids.aid(application.kind).payees:
        raise InvalidInput(
            _("Cette aide ne se paie qu’à la personne."),
            {"third_party": _("Laissez ce champ vide.")},
        )
    if not account:
        raise InvalidInput(
            _("Le paiement n’est pas ouvert."), {"account": _("Le compte du tiers manque.")}
        )
    reference = pay_to(
        third_party, account, since=since, enterprise_number=enterprise_number, by=by, at=at
    )
    return payments.Payee(third_party_ref=reference)


def _pay(
    application: Application, grant: Grant, payee: payments.Payee, by: Actor, at: datetime
) -> str:
    kind = aids.aid(application.kind)
    person = application.file.person
    if grant.order_ref:
        raise WrongState(_("Cet octroi est déjà en paiement."))
    carrying.settle_effect(grant, grant.decision, sequels.sequel_of(application))
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
        until=grant.until_date, label=str(kind.label), payee=payee,
        refund_facts=_refund_facts(grant), by=by, at=at,
    )  # fmt: skip
    Grant.objects.filter(pk=grant.pk).update(order_ref=order)
    _paying(application, grant, order, by, at)
    return order


def _paying(application: Application, grant: Grant, order: str, by: Actor, at: datetime) -> None:
    clocks.meet(application.file, "first_payment", at=at, subject_ref=grant.decision.number)
    clocks.void(application.file, at=at, subject_ref=grant.decision.number, but=("appeal",))
    trace(application.file, "grant.execute", by=by, at=at, about=grant.reference,
          detail={"order": order})  # fmt: skip


def _refund_facts(grant: Grant) -> dict[str, Any]:
    """What the State’s refund rate depends on, as it was when the aid was first asked."""
    line = Grant.objects.select_related("decision__application").filter(
        pk__in=sequels.lineage(grant)
    )
    first = min((one.decision.application for one in line), key=lambda one: (one.asked_on, one.pk))
    reason = first.entry_reason or grant.decision.application.entry_reason
    return {"entry_reason": reason, "asked_on": first.asked_on.isoformat()}
