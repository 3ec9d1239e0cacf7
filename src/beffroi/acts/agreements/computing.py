"""The rules of projects, work and transit applied to agreements; every formula lies in `rules`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.rules import piis, procedure, transit_housing
from beffroi.rules.outcomes import Outcome
from beffroi.rules.procedure import Due


def limit(event: str, what: str, day: date) -> Due:
    """This function will give the time limit `what` that `event` starts on `day`."""
    return next(due for due in procedure.deadlines(event, day) if due.what == what)


def signature_due(granted_on: date) -> date:
    """This function will give the last day to sign a project granted on this day."""
    return piis.due_date(granted_on)


def reflection_until(proposed_on: date) -> date:
    """This function will give the last day of reflection after the text was handed over."""
    return limit("piis_proposed", "reflection", proposed_on).due_date


def evaluation_after(held: date | None, start: date) -> date:
    """This function will give the day of the next evaluation: from the last one, or the start."""
    event, day = ("piis_evaluated", held) if held else ("piis_signed", start)
    return limit(event, "evaluation", day).due_date


def risk(monthly: Decimal, month: date) -> Outcome:
    """This function will give the subsidy in euros that a month without a project loses."""
    return piis.subsidy_at_risk(monthly, month)


def months_lost(granted_on: date, signed_on: date | None, on: date) -> int:
    """This function will count the months of subsidy lost for want of a signed project."""
    return piis.months_at_risk(granted_on, signed_on, on)


@dataclass(frozen=True)
class Days:
    """The counters of a work contract, and the days that follow from them."""

    target: int
    paid: int
    unpaid: int
    end: date
    end_without_absence: date
    alert: date

    @property
    def left(self) -> int:
        return max(self.target - self.paid, 0)

    @property
    def percent(self) -> int:
        return min(self.paid * 100 // self.target, 100)


def days_of(first: date, target: int, paid: int, unpaid: int) -> Days:
    """This function will give the counters of a contract; unpaid days push its end further."""
    ahead = piis.projection(piis.Contract(first, target, unpaid))
    return Days(target, paid, unpaid, ahead.end, ahead.end_without_absence, ahead.alert)


def target_days(end: date, age: int) -> tuple[int, str, bool]:
    """This function will give the days that open the right to benefits, the source, and if read."""
    figure = piis.target_days(end, age)
    return int(figure.amount), figure.reference, figure.status == "read"


def transit_month(income: Decimal, rooms: int, first: date, last: date) -> Outcome:
    """This function will give the indemnity in euros of the days of a month of transit."""
    return transit_housing.indemnity(transit_housing.Occupancy(income, rooms, first, last))


def transit_end(first: date, renewals: int) -> date:
    """This function will give the last day of an occupancy. Raises: ValueError."""
    return transit_housing.stay_end(first, renewals)
