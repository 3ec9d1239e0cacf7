"""What a scenario may ask: the name of an act, and the function that does it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.rules import (
    allocation,
    brackets,
    debts,
    disability,
    heating,
    home_help,
    installation_grant,
    interest,
    pharmacy,
    piis,
    procedure,
    reception,
    rest_home,
    sanctions,
    seizure,
    state_refund,
    stay_abroad,
    transit_housing,
)
from beffroi.rules.figures import Table
from tests.rules.plain import read

Given = dict[str, Any]


def _many(kind: Any, given: Any) -> list[Any]:
    return [read(kind, one) for one in given]


def _amounts(given: Any) -> list[Decimal]:
    return [read(Decimal, one) for one in given]


def _plan(given: Given) -> Any:
    found = debts.plan(
        _many(debts.Debt, given["debts"]), Decimal(given["monthly"]), given["first_due"]
    )
    return {
        "count": len(found),
        "first": found[0].parts if found else [],
        "last": found[-1].parts if found else [],
        "last_total": found[-1].total if found else None,
        "dates": [one.due for one in found[:4]],
        "instalments": [one.parts for one in found[:6]],
    }


def _budget(given: Given) -> Any:
    lines = {
        key: _many(debts.Line, given.get(key, [])) for key in ("incomes", "expenses", "repayments")
    }
    return debts.budget(
        lines["incomes"], lines["expenses"], Decimal(given.get("reserve", "0.00")),
        lines["repayments"],
    )  # fmt: skip


def _scale(given: Given) -> Any:
    scale = brackets.scale_on(given["scale"], "Barème", given["day"])
    found = brackets.charge(scale, Decimal(given["income"]), given.get("facts", {}))
    return {"amount": found.amount, "times": found.amount * given.get("units", 1)}


def _refund_rate(given: Given) -> Any:
    payment = read(state_refund.Payment, given["payment"])
    return state_refund.rate_of(payment, Decimal(given["standard"]))


def _claim(given: Given) -> Any:
    found = state_refund.monthly_claim(
        _many(state_refund.Payment, given["payments"]), Decimal(given["standard"]),
        given.get("files", []),
    )  # fmt: skip
    return {
        "refunds": [one.refund for one in found.lines],
        "file_costs": found.file_costs,
        "total": found.total,
    }


def _stays(given: Given) -> Any:
    return stay_abroad.year_of(_many(stay_abroad.Stay, given["stays"]), given["year"])


def _shares(given: Given) -> Any:
    found = rest_home.children_shares(
        Decimal(given["amount"]), _many(rest_home.Child, given["children"])
    )
    return {
        "most": [one.most for one in found.shares],
        "asked": [one.asked for one in found.shares],
        "left_to_cpas": found.left_to_cpas,
        "missing": found.missing,
    }


def _bill(given: Given) -> Any:
    found = pharmacy.check(
        read(pharmacy.Card, given["card"]), _many(pharmacy.Line, given["lines"]),
        Decimal(given.get("granted_before", "0.00")),
    )  # fmt: skip
    return {
        "granted": [one.granted for one in found.lines],
        "refused": [one.refused for one in found.lines],
        "reasons": [one.reason for one in found.lines],
        "total": found.granted,
        "unchecked": [one.code for one in found.unchecked],
    }


def _transit_calendar(given: Given) -> Any:
    first, works = given["first"], given.get("works_days", 0)
    last = transit_housing.stay_end(first, given["renewals"])
    asked: date = given["asked"]
    return {
        "last_day": last,
        "can_renew": transit_housing.can_renew(first, given["renewals"]),
        "next_entry": transit_housing.next_entry(last, works),
        "asked_is_free": transit_housing.is_free(asked, asked, [(first, last)], works),
    }


def _reception(given: Given) -> Any:
    rates = given.get("rates")
    held = None if rates is None else read(Table, rates)
    return reception.monthly_claim(_many(reception.Stay, given["stays"]), given["month"], held)


def _project(given: Given) -> Any:
    due = piis.due_date(given["granted"])
    return {
        "due": due,
        "evaluations": piis.evaluations(given.get("signed", due), given["until"]),
        "at_risk": piis.subsidy_at_risk(Decimal(given["monthly"]), given["until"]).amount,
        "months_at_risk": piis.months_at_risk(
            given["granted"], given.get("signed"), given["until"]
        ),
    }


def _due(given: Given) -> Any:
    return {one.what: one.due_date for one in procedure.deadlines(given["event"], given["day"])}


ACTS: dict[str, Callable[[Given], Any]] = {
    "allocation.allocate": lambda g: allocation.allocate(
        Decimal(g["total"]), _amounts(g["weights"])
    ),
    "allocation.equal_parts": lambda g: allocation.equal_parts(Decimal(g["total"]), g["count"]),
    "allocation.split_by_days": lambda g: allocation.split_by_days(
        Decimal(g["monthly"]), g["month"], [tuple(one) for one in g["spans"]]
    ),
    "scales.charge": _scale,
    "home_help.contribution": lambda g: home_help.contribution(read(home_help.Facts, g)),
    "debts.plan": _plan,
    "debts.budget": _budget,
    "debts.prescription": lambda g: debts.prescription(
        g["nature"], g["since"], g["today"], g.get("interruptions", [])
    ),
    "debts.over_indebted": lambda g: debts.is_over_indebted(
        [(Decimal(a), Decimal(b)) for a, b in g["months"]], g["day"]
    ),
    "seizure.seizable": lambda g: seizure.seizable(read(seizure.Facts, g)),
    "interest.late": lambda g: interest.late_interest(
        Decimal(g["amount"]), requested=g["requested"], decided=g["decided"],
        matured=g["matured"], paid=g["paid"],
    ),
    "installation_grant.grant": lambda g: installation_grant.grant(
        read(installation_grant.Facts, g)
    ),
    "heating.allowance": lambda g: heating.allowance(read(heating.Facts, g)),
    "state_refund.standard_rate": lambda g: state_refund.standard_rate(
        g["year"], Decimal(g["n2"]), Decimal(g["n3"]), Decimal(g["last_rate"])
    ),
    "state_refund.rate_of": _refund_rate,
    "state_refund.monthly_claim": _claim,
    "stay_abroad.year_of": _stays,
    "sanctions.sanction": lambda g: sanctions.sanction(read(sanctions.Facts, g)),
    "rest_home.cost": lambda g: rest_home.cost(read(rest_home.Facts, g)),
    "rest_home.children_shares": _shares,
    "transit_housing.indemnity": lambda g: transit_housing.indemnity(
        read(transit_housing.Occupancy, g)
    ),
    "transit_housing.admission": lambda g: transit_housing.admission(
        read(transit_housing.Admission, g)
    ),
    "transit_housing.calendar": _transit_calendar,
    "pharmacy.check": _bill,
    "reception.monthly_claim": _reception,
    "piis.project": _project,
    "piis.projection": lambda g: piis.projection(read(piis.Contract, g)),
    "piis.target_days": lambda g: piis.target_days(g["day"], g["age"]).amount,
    "disability.simulation": lambda g: disability.simulation(g["points"], g["day"]),
    "disability.right_begins": lambda g: disability.right_begins(g["filed"]),
    "disability.arrears": lambda g: disability.arrears(
        g["filed"], g["decided"], Decimal(g["owed"]), _amounts(g["advances"])
    ),
    "procedure.deadlines": _due,
}  # fmt: skip
