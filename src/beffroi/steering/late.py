"""What is late on a plan: reports, conventions that were not paid or proven, decisions, words of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from beffroi.rules.cohesion_plan import UnknownYear, justify_art20, report_due
from beffroi.steering import commission, queries, tellers
from beffroi.steering.enums import ConventionState, ReportKind, ReportState
from beffroi.steering.models import (
    AnnualReport,
    CommissionDecision,
    Convention,
    Line,
    Plan,
    PlanLine,
)

#: Days into a year after which the first payment of a running convention is missed.
_FIRST_PAYMENT = 90
_LEFT = (
    ReportState.SENT, ReportState.RECEIVED, ReportState.ACCEPTED, ReportState.TO_CORRECT,
)  # fmt: skip
_ZERO = Decimal(0)


class Lack(StrEnum):
    """What a convention lacks in a year."""

    PAYMENT = "payment"
    PROOF = "proof"
    CHECK = "check"
    BALANCE = "balance"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Behind:
    """What a convention lacks for one year; `amount` in euros where there is one."""

    convention: Convention
    year: int
    lack: Lack
    amount: Decimal | None = None


@dataclass(frozen=True)
class Late:
    """What is late on a plan, on a day."""

    conventions: list[Behind]
    decisions: list[CommissionDecision]
    #: Reports of last year that should have left, by kind.
    reports: list[ReportKind]
    #: Lines without words for last year for which nobody is named.
    unasked: list[Line]

    def __bool__(self) -> bool:
        return bool(self.conventions or self.decisions or self.reports)


def late(plan: Plan, day: date, untold: Iterable[PlanLine] = ()) -> Late:
    """This function will gather what is late on `day`; `untold` are the lines still without words."""
    lines = [row.line for row in untold]
    return Late(
        conventions_behind(plan, day),
        list(commission.decisions_late(plan, day)),
        _reports(plan, day),
        tellers.told_by_nobody(lines) if lines else [],
    )


def _reports(plan: Plan, day: date) -> list[ReportKind]:
    year = day.year - 1
    try:
        due = report_due(year)
    except UnknownYear:
        return []
    if day <= due or year < plan.programme.starts_date.year:
        return []
    rows = AnnualReport.objects.filter(plan=plan, year=year, state__in=_LEFT)
    left = set(rows.values_list("kind", flat=True))
    return [kind for kind in ReportKind if kind not in left]


def conventions_behind(plan: Plan, day: date) -> list[Behind]:
    """This function will say what running conventions lack: this year a payment, before it proofs and balances."""
    rows = queries.conventions_of(plan).filter(state=ConventionState.ACTIVE)
    found = []
    for one in rows.prefetch_related("tranches", "proofs"):
        last = min(day.year, one.ends_date.year)
        for year in range(one.starts_date.year, last + 1):
            found += _lacks(one, year, day)
    return found


def _lacks(one: Convention, year: int, day: date) -> list[Behind]:
    paid = sum((row.amount for row in one.tranches.all() if row.year == year), _ZERO)
    proofs = [row for row in one.proofs.all() if row.year == year]
    if year == day.year:
        begins = max(one.starts_date, date(year, 1, 1))
        missed = not paid and day - begins > timedelta(days=_FIRST_PAYMENT)
        return [Behind(one, year, Lack.PAYMENT)] if missed else []
    if not paid and not proofs:
        return []
    if not proofs:
        return [Behind(one, year, Lack.PROOF, paid)]
    waiting = [row.amount for row in proofs if row.accepted_amount is None]
    if waiting:
        return [Behind(one, year, Lack.CHECK, sum(waiting, _ZERO))]
    accepted = sum((row.accepted_amount or _ZERO for row in proofs), _ZERO)
    balance = justify_art20(one.yearly_amount, accepted) - paid
    if not balance:
        return []
    return [Behind(one, year, Lack.BALANCE if balance > 0 else Lack.RECOVERY, abs(balance))]
