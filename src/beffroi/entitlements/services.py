"""Making a computation and keeping it whole: nothing of it ever changes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.documents import services as documents
from beffroi.entitlements.enums import ComputationKind
from beffroi.entitlements.models import Computation
from beffroi.rules import VERSION, living_income
from beffroi.rules.living_income_facts import ImpossibleFact
from beffroi.rules.living_income_reading import facts_of
from beffroi.rules.series import OutsideParameters


@transaction.atomic
def compute_living_income(
    *,
    facts: Mapping[str, Any],
    subject_ref: str,
    by: Actor,
    at: datetime,
    kind: ComputationKind = ComputationKind.LIVING_INCOME,
) -> str:
    """This function will compute a living income and freeze facts, steps and result; its reference.

    Amounts are in euros, the result by month. Raises: InvalidInput for an impossible fact or a day
    whose amounts are not known. Source: loi 26/05/2002 art. 14, 16; AR 11/07/2002 art. 22 à 35.
    """
    result = _computed(facts)
    monthly = result.granted_monthly
    return _keep(
        kind=kind, subject_ref=subject_ref, on_date=date.fromisoformat(facts["date"]),
        regime=result.regime, facts=dict(facts), status=result.status,
        steps=[step._asdict() for step in result.steps],
        result={
            "status": result.status,
            "missing": list(result.missing),
            "full_monthly": result.full_monthly,
            "granted_monthly": monthly,
            "granted_annual": result.granted_annual,
            "is_read": result.is_read,
            "parameters_since": result.parameters_since.isoformat(),
        },
        monthly=None if monthly is None else Decimal(monthly), by=by, at=at,
    )  # fmt: skip


def _computed(facts: Mapping[str, Any]) -> living_income.Result:
    try:
        return living_income.compute(facts_of(facts))
    except ImpossibleFact as error:
        raise InvalidInput(
            _("Le calcul ne peut pas se faire."), why=str(error), todo=_("Corrigez ce fait.")
        ) from None
    except OutsideParameters:
        raise InvalidInput(
            _("Les montants de la loi ne sont pas connus à cette date."),
            todo=_("Vérifiez la date à partir de laquelle l’aide est demandée."),
        ) from None


@transaction.atomic
def keep_computation(
    *,
    kind: ComputationKind,
    subject_ref: str,
    on_date: date,
    facts: Mapping[str, Any],
    steps: list[dict[str, Any]],
    status: str,
    amount: Decimal | None,
    by: Actor,
    at: datetime,
    missing: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
) -> str:
    """This function will freeze a computation of another aid, as its rule made it; its reference.

    `amount` is in euros; `reasons` say why there is no right, `missing` what is not known yet.
    """
    result = {"status": status, "missing": list(missing), "reasons": list(reasons),
              "amount": None if amount is None else f"{amount:.2f}"}  # fmt: skip
    return _keep(
        kind=kind, subject_ref=subject_ref, on_date=on_date, regime="", facts=dict(facts),
        steps=steps, result=result, status=status, monthly=amount, by=by, at=at,
    )  # fmt: skip


def _keep(*, by: Actor, at: datetime, **values: Any) -> str:
    year = timezone.localtime(at).year
    number = documents.next_number(register="K", year=year)
    made = Computation.objects.create(
        reference=f"K{year % 100:02d}{number:06d}", rules_version=VERSION,
        made_at=at, made_by_ref=by.ref, made_by_label=by.label, **values,
    )  # fmt: skip
    audit.record(
        by=by, kind=ActKind.WRITE, verb="entitlement.compute", object_kind="computation",
        object_ref=made.reference, subject_ref=made.subject_ref, at=at,
        detail={"status": made.status},
    )  # fmt: skip
    return made.reference
