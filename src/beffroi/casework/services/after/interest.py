"""Interest on aid decided or paid late: computed from what truly left, and proposed unasked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import paid
from beffroi.casework import aids
from beffroi.casework.enums import GRANTING, SequelCause
from beffroi.casework.models import Decision, Sequel
from beffroi.casework.services.after.common import follow
from beffroi.casework.services.notifying import decision_for
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState
from beffroi.rules.figures import figure
from beffroi.rules.interest import bears_interest_from, late_interest
from beffroi.rules.series import OutsideParameters


@dataclass(frozen=True)
class LateInterest:
    """Interest owed on a decision: euros, the sum that was late, the days, and why it was late."""

    amount: Decimal
    base: Decimal
    since: date
    until: date
    is_late_decision: bool
    rate: Decimal


def interest_of(decision: Decision) -> LateInterest | None:
    """This function will give the interest a decision bears on what left late, or None.

    Each period falls due on its last day, or on the day of the decision when it was past.
    """
    if decision.outcome not in GRANTING or not hasattr(decision, "grant"):
        return None
    if aids.aid(decision.application.kind).computation != "living_income":
        return None
    order = decision.grant.order_ref
    requested, decided = decision.application.asked_on, decision.sitting_date
    limit = bears_interest_from(requested, decided)
    total, base, last = Decimal(0), Decimal(0), limit
    for one in paid.paid_on([order]) if order else []:
        if one.on <= limit:
            continue
        found = late_interest(
            one.amount, requested=requested, decided=decided, matured=max(one.end, limit),
            paid=one.on,
        )  # fmt: skip
        if found.amount > 0:
            total, base, last = total + found.amount, base + one.amount, max(last, one.on)
    if total == 0:
        return None
    rate = figure("legal_interest_rate", limit).amount
    late = limit != bears_interest_from(decided, decided)
    return LateInterest(total, base, limit, last, late, rate)


@transaction.atomic
def propose_interest(*, number: str, by: Actor, at: datetime) -> str:
    """This function will open the application that pays the interest a decision bears; its reference.

    Raises: NotAllowed; WrongState when nothing left late, or it is proposed already.
    Source: loi 26/05/2002 art. 23.
    """
    decision = decision_for(number, by, at)
    try:
        owed = interest_of(decision)
    except OutsideParameters:
        raise WrongState(
            _("Le taux légal de cette année n’est pas encore connu."),
            todo=_("Ajoutez-le aux paramètres, puis recommencez."),
        ) from None
    if owed is None:
        raise WrongState(_("Rien n’a été payé en retard sur cette décision."))
    if Sequel.objects.filter(cause=SequelCause.INTEREST, facts__decision=number).exists():
        raise WrongState(_("Les intérêts de cette décision sont déjà proposés."))
    why = (
        _("La décision est venue plus de quarante-cinq jours après la demande.")
        if owed.is_late_decision
        else _("Le paiement est venu plus de quinze jours après la décision.")
    )
    return follow(
        decision.grant, SequelCause.INTEREST, why=why, from_date=timezone.localdate(at), by=by,
        at=at,
        facts={
            "decision": number, "amount": str(owed.amount), "base": str(owed.base),
            "since": owed.since.isoformat(), "until": owed.until.isoformat(),
            "rate": str(owed.rate),
        },
    ).reference  # fmt: skip
