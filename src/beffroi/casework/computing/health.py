"""A month in a rest home, and the points of a disability: both to inform, the council decides."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from beffroi.casework.computing.made import Made, facts_kept, from_outcome, monthly_resources
from beffroi.casework.details import details_of
from beffroi.casework.models import Application
from beffroi.entitlements.enums import ComputationKind, ComputationStatus
from beffroi.rules import disability as disability_rule
from beffroi.rules import rest_home as rule
from beffroi.rules.amounts import ZERO

_POINTS = ("points_move", "points_eat", "points_wash", "points_home", "points_safe",
           "points_contacts")  # fmt: skip


def rest_home(application: Application) -> Made:
    """This function will compute what a whole month costs the CPAS, from the month of entry."""
    told = details_of(application)
    day = told.day("entered_on") or application.wanted_from
    month = day.replace(day=1)
    income = monthly_resources(application)
    given = rule.Facts(
        month=month,
        day_price=told.amount("day_price"),
        days=days_of(month),
        resources=income,
        pocket_money=told.amount("pocket_money"),
        other_costs=told.amount("other_costs") or ZERO,
    )
    kept = facts_kept(application, resources=income, days=given.days)
    return from_outcome(ComputationKind.REST_HOME, month, kept, rule.cost(given))


def days_of(month: date) -> int:
    """This function will give how many days a month has."""
    return monthrange(month.year, month.month)[1]


def disability(application: Application) -> Made:
    """This function will simulate the points; it never says that there is no right."""
    told = details_of(application)
    day = told.day("filed_on") or application.asked_on
    found = disability_rule.simulation([told.count(key) for key in _POINTS], day)
    if found.missing:
        status, amount = ComputationStatus.NOT_COMPUTABLE, None
    else:
        status, amount = ComputationStatus.ENTITLED, found.highest_monthly or Decimal("0.00")
    kept = facts_kept(application, points=found.points, category=found.category, binding="non")
    return Made(ComputationKind.DISABILITY, day, kept, found.steps, status, amount, found.missing)
