"""What a person pays for help and meals at home, by the scale of the service."""

from decimal import Decimal

from beffroi.casework.computing.made import Made, facts_kept, from_outcome, monthly_resources
from beffroi.casework.details import details_of
from beffroi.casework.models import Application
from beffroi.entitlements.enums import ComputationKind
from beffroi.rules import brackets
from beffroi.rules import home_help as rule
from beffroi.rules.amounts import euros
from beffroi.rules.figures import Explanation, Figure
from beffroi.rules.outcomes import Outcome, granted, not_computable

_EXAMPLE = "meals_verviers"


def home_help(application: Application) -> Made:
    """This function will compute the contribution of a month; the rate is read in the scale."""
    told = details_of(application)
    income = monthly_resources(application)
    given = rule.Facts(
        day=application.wanted_from,
        hours=told.amount("hours") or Decimal(1),
        income=income,
        has_derogation=told.flag("has_derogation") is True,
        scale_rate=told.amount("scale_rate"),
    )
    kept = facts_kept(application, monthly_income=income)
    return from_outcome(
        ComputationKind.HOME_HELP, application.wanted_from, kept, rule.contribution(given)
    )


def meals(application: Application) -> Made:
    """This function will compute what a meal costs: our typed tariff, or the example’s scale."""
    told = details_of(application)
    income = monthly_resources(application)
    kept = facts_kept(application, monthly_income=income)
    if told.text("tariff") == "example":
        outcome = _by_example(application, income)
    else:
        outcome = _typed(told.amount("rate"))
    return from_outcome(ComputationKind.MEALS, application.wanted_from, kept, outcome)


def _typed(rate: Decimal | None) -> Outcome:
    if rate is None:
        return not_computable(["le tarif par repas de notre règlement"])
    steps = Explanation()
    own = Figure(rate, "règlement du CPAS, encodé par le service", "inferred")
    steps.add("rate", "Tarif par repas", euros(rate), rate, [own])
    return granted(rate, steps.steps)


def _by_example(application: Application, income: Decimal | None) -> Outcome:
    told = details_of(application)
    second = told.flag("second_meal")
    missing = ["les revenus du ménage"] if income is None else []
    if second is None:
        missing.append("si c’est le second repas d’un cohabitant")
    if missing or income is None or second is None:
        return not_computable(missing)
    scale = brackets.scale_on(
        _EXAMPLE, "Barème d’exemple (Verviers, 2023)", application.wanted_from
    )
    found = brackets.charge(scale, income, {"second_meal": second})
    return granted(found.amount, found.steps)
