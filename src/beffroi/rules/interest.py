"""Legal interest on aid paid late (loi 26/05/2002 art. 23).

It runs from the sixteenth day after the decision; where the decision itself came late, from
the forty-sixth day after the request. Simple interest, by days, at the year's rate.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from beffroi.rules.amounts import ZERO, euros, in_words, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, figure
from beffroi.rules.procedure import deadlines
from beffroi.rules.series import OutsideParameters
from beffroi.rules.steps import Step

_DAYS = Figure(ZERO, "loi 26/05/2002 art. 23 (jours réels de l’année)", "inferred")


@dataclass(frozen=True, slots=True)
class Interest:
    """Euros of interest, and the first day that bore some (None when paid in time)."""

    amount: Decimal
    since: date | None
    steps: tuple[Step, ...]


def bears_interest_from(requested: date, decided: date) -> date:
    """This function will give the first day that bears interest for a request and its decision.

    Raises: OutsideParameters before the law.
    """
    of_request = _limits("request_received", requested)
    if decided > of_request["decision"]:
        return of_request["late_interest"]
    return _limits("decision_taken", decided)["late_interest"]


def late_interest(
    amount: Decimal, *, requested: date, decided: date, matured: date, paid: date
) -> Interest:
    """This function will give the interest on `amount` euros that fell due on `matured`.

    The day of payment bears none. Raises: ValueError for a negative amount; OutsideParameters
    where the rate of a year is not known.
    """
    if amount < 0:
        raise ValueError("an amount paid late is zero or more")
    since = max(bears_interest_from(requested, decided), matured)
    if paid <= since:
        return Interest(ZERO, None, ())
    told, total = Explanation(), ZERO
    day = since
    while day < paid:
        until = min(paid, date(day.year + 1, 1, 1))
        rate = figure("legal_interest_rate", day)
        year_days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        days = (until - day).days
        part = amount * rate.amount * days / year_days
        total += part
        label = f"Du {in_words(day)} au {in_words(until - timedelta(days=1))}"
        words = f"{euros(amount)} × {percent(rate.amount)} × {days} / {year_days}"
        told.add(f"interest_{day.year}", label, words, to_cent(part), [rate, _DAYS])
        day = until
    result = to_cent(total)
    told.add("interest", "Intérêts de retard", euros(result), result, [_DAYS])
    return Interest(result, since, told.done())


def _limits(event: str, day: date) -> dict[str, date]:
    found = {one.what: one.due_date for one in deadlines(event, day)}
    if "late_interest" not in found:
        raise OutsideParameters(f"no interest rule is known for {event} on {day.isoformat()}")
    return found
