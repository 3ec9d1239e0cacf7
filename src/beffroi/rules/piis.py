"""The individual integration project and work under article 60: dates, and money at risk.

A project is signed within three months of the grant, then evaluated at least each quarter
(loi 26/05/2002 art. 11; AR 11/07/2002 art. 15). A month without a valid project loses the
subsidy. Work under article 60 §7 lasts at most the days that open the right to benefits.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from beffroi.core.dates import add_months, is_working_day
from beffroi.rules.amounts import euros, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, figure, table
from beffroi.rules.outcomes import Outcome, granted
from beffroi.rules.procedure import deadlines

_ONE_DAY = timedelta(days=1)


def due_date(granted_on: date) -> date:
    """This function will give the last day to sign a project after a grant.

    Raises: OutsideParameters before November 2016.
    """
    found = {one.what: one.due_date for one in deadlines("ris_granted", granted_on)}
    return found["piis"]


def evaluations(signed: date, until: date) -> list[date]:
    """This function will give the days by which to evaluate a project, up to `until` included.

    Each counts from the signature, so a short month does not move the next one.
    """
    every = int(figure("piis_evaluation_months", signed).amount)
    found, number = [], 1
    while (day := add_months(signed, every * number)) <= until:
        found.append(day)
        number += 1
    return found


def subsidy_at_risk(monthly_income: Decimal, month: date) -> Outcome:
    """This function will give the euros of subsidy a month without a valid project loses."""
    rate = figure("piis_subsidy_rate", month)
    amount = to_cent(monthly_income * rate.amount)
    told = Explanation()
    words = f"{euros(monthly_income)} × {percent(rate.amount)} = {euros(amount)}"
    told.add("at_risk", "Subside menacé par mois", words, amount, [rate])
    return granted(amount, told.steps)


def months_at_risk(granted_on: date, signed: date | None, today: date) -> int:
    """This function will count the months begun since the last day to sign, without a project."""
    due = due_date(granted_on)
    until = today if signed is None else min(signed, today)
    count = 0
    while add_months(due, count) < until:
        count += 1
    return count


def target_days(day: date, age_at_end: int) -> Figure:
    """This function will give the days of work that open the full right to benefits.

    `day` is that of the end of the contract.
    """
    held = table("art60_days", day)
    if age_at_end < 36:
        return held.figure("below_36")
    return held.figure("below_50" if age_at_end < 50 else "from_50")


@dataclass(frozen=True, slots=True)
class Contract:
    """Work under article 60: its first day, the days wanted, and those that do not count.

    `unpaid_days` are days of the week without pay nor benefit equal to work. A paid legal
    holiday counts, unless `holidays_count` is false.
    """

    first: date
    target_days: int
    unpaid_days: int = 0
    holidays_count: bool = True


@dataclass(frozen=True, slots=True)
class Projection:
    """When a contract reaches its days, when it would have without absence, and when to act."""

    end: date
    end_without_absence: date
    alert: date


def projection(contract: Contract) -> Projection:
    """This function will give the day on which a contract reaches its days, five a week.

    Raises: ValueError when no day is wanted, or the days that do not count are below zero.
    """
    if contract.target_days < 1 or contract.unpaid_days < 0:
        raise ValueError("a contract wants one day or more")
    before = contract.first - _ONE_DAY
    planned = _after(before, contract.target_days, contract.holidays_count)
    end = _after(planned, contract.unpaid_days, contract.holidays_count)
    alert = figure("art60_alert_days", contract.first)
    return Projection(end, planned, end - timedelta(days=int(alert.amount)))


def _after(day: date, count: int, holidays_count: bool) -> date:
    while count > 0:
        day += _ONE_DAY
        if day.weekday() < 5 and (holidays_count or is_working_day(day)):
            count -= 1
    return day
