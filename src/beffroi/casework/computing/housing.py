"""Housing: the rental guarantee, the indemnity of transit, the income to enter insertion housing."""

from calendar import monthrange
from decimal import Decimal
from typing import cast

from beffroi.casework.computing.made import Made, facts_kept, from_outcome, monthly_resources
from beffroi.casework.details import Details, details_of
from beffroi.casework.models import Application
from beffroi.entitlements.enums import ComputationKind
from beffroi.rules import rental_guarantee as guarantee_rule
from beffroi.rules import transit_housing as rule
from beffroi.rules.figures import Table
from beffroi.rules.outcomes import Outcome

_TYPED = "plafonds de revenus de l’année, encodés par le service"
_HOUSE = "règlement du CPAS, encodé par le service"


def rental_guarantee(application: Application) -> Made:
    """This function will compute the guarantee the CPAS may stand for."""
    told = details_of(application)
    given = guarantee_rule.Facts(
        day=application.wanted_from,
        form=cast(guarantee_rule.Form, told.text("form")),
        rent=told.amount("rent"),
        asked=told.amount("asked_amount"),
        is_decent=told.flag("is_decent"),
    )
    return from_outcome(
        ComputationKind.GUARANTEE, application.wanted_from, facts_kept(application),
        guarantee_rule.guarantee(given),
    )  # fmt: skip


def transit(application: Application) -> Made:
    """This function will compute the indemnity of a whole month, once the household may enter."""
    told = details_of(application)
    day = told.day("entered_on") or application.wanted_from
    income, rooms = monthly_resources(application), told.count("rooms")
    kept = facts_kept(application, monthly_income=income)
    admitted = rule.admission(_admission(told, application))
    if admitted.status == "refused":
        return from_outcome(ComputationKind.HOUSING, day, kept, admitted)
    if rooms is None:
        lacking = Outcome("not_computable", Decimal(0), missing=("le nombre de chambres",))
        return from_outcome(ComputationKind.HOUSING, day, kept, lacking)
    first = day.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = rule.indemnity(rule.Occupancy(income, rooms, first, last, _tariff(told)))
    steps = (*admitted.steps, *(one for one in found.steps if one.key != "due"))
    outcome = Outcome(found.status, found.amount, steps, found.reasons, found.missing)
    return from_outcome(ComputationKind.HOUSING, day, kept, outcome)


def insertion(application: Application) -> Made:
    """This function will compare the income with the ceiling of admission."""
    told = details_of(application)
    day = told.day("entered_on") or application.wanted_from
    found = rule.admission(_admission(told, application))
    return from_outcome(ComputationKind.ADMISSION, day, facts_kept(application), found)


def _admission(told: Details, application: Application) -> rule.Admission:
    return rule.Admission(
        day=told.day("entered_on") or application.wanted_from,
        income=told.amount("annual_income"),
        adults=told.count("adults") or 1,
        children=told.count("children") or 0,
        is_excepted=told.flag("is_excepted") is True,
        ceilings=_ceilings(told),
    )


def _ceilings(told: Details) -> Table | None:
    single, several, child = (
        told.amount(key) for key in ("ceiling_single", "ceiling_several", "ceiling_child")
    )
    if single is None or several is None or child is None:
        return None
    return Table({"single": single, "several": several, "per_child": child}, _TYPED, "inferred")


def _tariff(told: Details) -> Table | None:
    share, per_room = told.amount("share"), told.amount("per_room")
    if share is None or per_room is None:
        return None
    return Table({"share": share, "per_room": per_room}, _HOUSE, "inferred")
