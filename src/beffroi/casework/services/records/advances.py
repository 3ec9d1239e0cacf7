"""Advances on benefits: what the paying body gives back once it pays its arrears."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import queries as payments_queries
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.services import Instalment
from beffroi.casework.aids import aid
from beffroi.casework.models import Grant
from beffroi.casework.services.common import file_for, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules import advances as rule

_DAYS_TO_PAY = 30


@transaction.atomic
def reclaim_advance(*, grant_ref: str, owed: Decimal, by: Actor, at: datetime) -> str:
    """This function will claim an advance back out of the arrears a body owes, in euros.

    Only what really left the house comes back, and never more than the arrears. It gives the
    reference of the claim. Raises: NotAllowed; InvalidInput; WrongState.
    Source: loi organique du 8 juillet 1976, art. 99 §2.
    """
    grant = Grant.objects.select_for_update(no_key=True).filter(reference=grant_ref).first()
    if grant is None or aid(grant.kind).recovery != "paying_body":
        raise NotAllowed(_("Cet octroi n’est pas une avance."))
    file = file_for(grant.file.number, by, at)
    if owed <= 0:
        raise InvalidInput(_("Dites ce que l’organisme doit."), {"owed": _("Plus que zéro.")})
    if payments_queries.has_claim("advance", grant.reference):
        raise WrongState(_("Cette avance est déjà réclamée."))
    found = rule.refund(owed, payments_queries.sent_for("grant", grant.reference))
    if found.to_cpas <= 0:
        raise WrongState(_("Aucune avance n’est encore sortie de la caisse."))
    body = str(grant.decision.facts["details"].get("paying_body") or "")
    due = timezone.localdate(at) + timedelta(days=_DAYS_TO_PAY)
    claim = payments.open_claim(
        person_ref=file.person.reference, amount=found.to_cpas, owner_kind="advance",
        owner_ref=grant.reference, subject_ref=file.number,
        label=_("Avance à rendre par %(body)s") % {"body": body},
        instalments=[Instalment(due, found.to_cpas)], by=by, at=at,
    )  # fmt: skip
    trace(file, "advance.reclaim", by=by, at=at, about=grant.reference,
          detail={"claim": claim, "amount": str(found.to_cpas)})  # fmt: skip
    return claim
