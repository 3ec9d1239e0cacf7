"""Rental guarantees: paid back month by month, released or called when the lease ends."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import services as payments
from beffroi.casework.enums import GuaranteeForm, GuaranteeState
from beffroi.casework.models import Grant, RentalGuarantee
from beffroi.casework.services.common import trace
from beffroi.casework.services.records.common import record_for
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput, WrongState


def claim_advance(grant: Grant, by: Actor, at: datetime) -> str:
    """This function will open the repayment of an advanced guarantee, in the transaction under way.

    It starts the month after; gives the reference of the claim, empty where none is due.
    """
    held = RentalGuarantee.objects.filter(grant=grant, claim_ref="").first()
    if held is None or held.form != GuaranteeForm.ADVANCE or not held.instalment:
        return ""
    first = add_months(timezone.localdate(at).replace(day=1), 1)
    claim = payments.open_claim(
        person_ref=grant.file.person.reference, amount=held.amount, owner_kind="guarantee",
        owner_ref=held.number, subject_ref=grant.file.number,
        label=_("Garantie locative %(number)s") % {"number": held.number},
        instalments=payments.equal_instalments(held.amount, held.instalment, first),
        by=by, at=at,
    )  # fmt: skip
    RentalGuarantee.objects.filter(pk=held.pk).update(claim_ref=claim)
    return claim


@transaction.atomic
def end_guarantee(
    *,
    number: str,
    called: bool,
    on: date,
    returned: Decimal,
    why: str,
    by: Actor,
    at: datetime,
) -> None:
    """This function will end a guarantee: released to the CPAS, or called by the landlord.

    `returned` is what came back to the CPAS, in euros. Raises: NotAllowed; InvalidInput; WrongState.
    """
    held = record_for(RentalGuarantee, number, by, at)
    faults: dict[str, str] = {}
    if not why.strip():
        faults["why"] = _("Dites comment le bail s’est terminé.")
    if not 0 <= returned <= held.amount:
        faults["returned"] = _("Entre zéro et le montant de la garantie.")
    if on > timezone.localdate(at):
        faults["on"] = _("Cette date n’est pas encore là.")
    if faults:
        raise InvalidInput(_("La garantie n’est pas terminée."), faults)
    done = RentalGuarantee.objects.filter(pk=held.pk, state=GuaranteeState.ACTIVE).update(
        state=GuaranteeState.CALLED if called else GuaranteeState.RELEASED, ended_on=on,
        returned=returned, ended_why=why.strip()[:300],
    )  # fmt: skip
    if not done:
        raise WrongState(_("Cette garantie est déjà terminée."))
    trace(held.grant.file, "guarantee.end", by=by, at=at, about=number, why=why)
