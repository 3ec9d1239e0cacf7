"""The heating allowance of a delivery, what the same household had before in the same year counted."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from beffroi.casework.computing.made import Made, facts_kept, from_outcome
from beffroi.casework.details import Details, details_of
from beffroi.casework.enums import GRANTING
from beffroi.casework.models import Application, Decision
from beffroi.entitlements.enums import ComputationKind
from beffroi.rules import heating as rule
from beffroi.rules.amounts import ZERO
from beffroi.rules.figures import Figure, Table

_TYPED = "barème du SPP Intégration sociale, encodé par le service"


def heating(application: Application) -> Made:
    """This function will compute the allowance; a scale the house does not know is typed."""
    told = details_of(application)
    delivered = told.day("delivered") or application.asked_on
    before = granted_before(application, delivered)
    given = rule.Facts(
        delivered=delivered,
        claimed=application.asked_on,
        fuel=cast(rule.Fuel, told.text("fuel")),
        price_per_litre=told.amount("price_per_litre"),
        litres=told.amount("litres"),
        all_increased_refund=told.flag("all_increased_refund"),
        taxable_income=told.amount("taxable_income"),
        self_employed_net=told.amount("self_employed_net") or ZERO,
        cadastral_elsewhere=told.amount("cadastral_elsewhere") or ZERO,
        dependants=told.count("dependants") or 0,
        in_debt_mediation=told.flag("in_debt_mediation"),
        unable_to_pay=told.flag("unable_to_pay"),
        supplier_paid=told.flag("supplier_paid") is not False,
        bulk_scale=_scale(told),
        pump_amount=_lump_sum(told),
        **before,
    )
    found = rule.allowance(given)
    kept = facts_kept(
        application, asked_on=application.asked_on, category=found.category,
        paid_to=found.paid_to, **before,
    )  # fmt: skip
    return from_outcome(ComputationKind.HEATING, delivered, kept, found.outcome)


def granted_before(application: Application, delivered: date) -> dict[str, Any]:
    """This function will count what this person had for deliveries of the same calendar year.

    The heating period as the calendar year is inferred, not read.
    """
    found: dict[str, Any] = {
        "litres_before": Decimal(0), "amount_before": ZERO, "bulk_before": False,
        "pump_before": False,
    }  # fmt: skip
    rows = Decision.objects.filter(
        application__file__person=application.file.person_id,
        application__kind="heating_allowance", outcome__in=GRANTING, amount__gt=0,
    ).exclude(application=application)  # fmt: skip
    for decision in rows.select_related("application"):
        told = details_of(decision.application)
        day = told.day("delivered")
        if day is None or day.year != delivered.year:
            continue
        if told.text("fuel").startswith("pump"):
            found["pump_before"] = True
            continue
        found["bulk_before"] = True
        found["litres_before"] += told.amount("litres") or 0
        found["amount_before"] += decision.amount or ZERO
    return found


def _scale(told: Details) -> Table | None:
    rate, litres, most = (told.amount(key) for key in ("scale_rate", "scale_litres", "scale_most"))
    if rate is None or litres is None or most is None:
        return None
    content = {"litres": litres, "most": most, "prices": [{"below": None, "rate": rate}]}
    return Table(content, _TYPED, "inferred")


def _lump_sum(told: Details) -> Figure | None:
    typed = told.amount("pump_amount")
    return None if typed is None else Figure(typed, _TYPED, "inferred")
