"""The facts on which the State's refund rests: the centre's rate of a year, the entry of a file."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import REFUNDED_AIDS, EntryReason, RefundState
from beffroi.acts.payments.models import CentreRate, Order, RefundClaim
from beffroi.acts.payments.permissions import can_book, orders_visible_to
from beffroi.acts.payments.services.common import require, said, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules import state_refund
from beffroi.rules.series import OutsideParameters


@transaction.atomic
def set_centre_rate(
    *,
    year: int,
    two_years_before: Decimal,
    three_years_before: Decimal,
    last_rate: Decimal,
    by: Actor,
    at: datetime,
) -> CentreRate:
    """This function will work out what the State refunds this centre in `year`, and keep it.

    The averages are persons entitled each month in the years n−2 and n−3; `last_rate` is the
    share of the year n−1, from 0 to 1.
    Raises: NotAllowed; InvalidInput; WrongState once a claim of that year was sent.
    """
    require(can_book(by))
    if not 0 <= last_rate <= 1:
        raise InvalidInput(
            _("Un taux va de 0 à 100 %."), {"last_rate": _("Écrivez un taux de 0 à 100.")}
        )
    if RefundClaim.objects.filter(month__year=year, state=RefundState.SENT).exists():
        raise WrongState(
            _("Un état de %(year)s est déjà introduit : le taux de l’année ne change plus.")
            % {"year": year}
        )
    try:
        found = state_refund.standard_rate(year, two_years_before, three_years_before, last_rate)
    except (OutsideParameters, ValueError) as fault:
        raise InvalidInput(_("Ce taux ne se calcule pas pour cette année.")) from fault
    row, _new = CentreRate.objects.update_or_create(
        year=year,
        defaults={
            "two_years_before": two_years_before, "three_years_before": three_years_before,
            "last_rate": last_rate, "rate": found.rate, "set_at": at, "set_by_label": by.label,
            "basis": " ; ".join(step.formula for step in found.steps)[:300],
            "reference": " ; ".join(dict.fromkeys(step.reference for step in found.steps))[:200],
            "is_verified": all(step.is_read for step in found.steps),
        },
    )  # fmt: skip
    trace("centre_rate", "refund", str(year), by=by, at=at, detail={"rate": str(found.rate)})
    return row


@transaction.atomic
def complete_refund_facts(
    *,
    reference: str,
    by: Actor,
    at: datetime,
    entry_reason: str = "",
    rate: Decimal | None = None,
    basis: str = "",
) -> None:
    """This function will say what brought a person, or settle the rate of an order and its basis.

    `rate` is a share from 0 to 1, for a case that the law of this house does not know. What was
    claimed and sent does not change.
    Raises: NotAllowed; InvalidInput when nothing is said, or a rate has no basis.
    """
    require(can_book(by))
    order = orders_visible_to(by).select_for_update(no_key=True).filter(reference=reference).first()
    if order is None or order.aid_kind not in REFUNDED_AIDS:
        raise NotAllowed(_("Cet ordre n’est pas celui d’un revenu d’intégration."))
    facts = {**order.refund_facts}
    if rate is not None:
        if not 0 <= rate <= 1:
            raise InvalidInput(_("Un taux va de 0 à 100 %."), {"rate": _("De 0 à 100.")})
        words = said(basis, "basis", _("Dites sur quel article ce taux repose."))
        facts |= {"rate": str(rate), "basis": words[:300], "verified": True}
    elif entry_reason in EntryReason.values:
        facts = {k: v for k, v in facts.items() if k not in ("rate", "basis", "verified")}
        facts["entry_reason"] = entry_reason
    else:
        words = _("Choisissez un motif d’entrée, ou écrivez un taux.")
        raise InvalidInput(words, {"entry_reason": words})
    Order.objects.filter(pk=order.pk).update(refund_facts=facts)
    trace("refund_facts", "order", order.reference, by=by, at=at, subject=order.subject_ref,
          detail={"entry_reason": entry_reason, "rate": "" if rate is None else str(rate)})  # fmt: skip
