"""What a mediation service counts for a year: households, debts, kinds, means, outcomes."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q

from beffroi.acts.budgets.enums import DebtKind, DebtState, Outcome, PlanState
from beffroi.acts.budgets.models import Debt, MediationFile, Plan

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class YearFigures:
    """The counts of one year; amounts in euros."""

    year: int
    followed: int
    opened: int
    closed: int
    outcomes: tuple[tuple[str, int], ...]
    debts: int
    kinds: tuple[tuple[str, int], ...]
    total_owed: Decimal
    mean_owed: Decimal
    mean_debts: Decimal
    plans_started: int
    plans_broken: int


def year_figures(year: int) -> YearFigures:
    """This function will count a year: files open at any time in it, and their debts.

    Debts taken out of an inventory are not counted; an amount is what the creditor claims.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    followed = MediationFile.objects.filter(opened_at__date__lte=last).filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gte=first)
    )
    closed = followed.filter(closed_at__date__lte=last)
    debts = Debt.objects.filter(file__in=followed).exclude(state=DebtState.STRUCK)
    amounts = [
        principal + interest + costs
        for principal, interest, costs in debts.values_list("principal", "interest", "costs")
    ]
    households, total = followed.count(), sum(amounts, ZERO)
    plans = Plan.objects.filter(file__in=followed)
    return YearFigures(
        year=year, followed=households,
        opened=followed.filter(opened_at__date__gte=first).count(), closed=closed.count(),
        outcomes=_counted(closed.values("outcome").annotate(n=Count("pk")), "outcome", Outcome),
        debts=len(amounts), kinds=_counted(debts.values("kind").annotate(n=Count("pk")), "kind", DebtKind),
        total_owed=total, mean_owed=_mean(total, households),
        mean_debts=_mean(Decimal(len(amounts)), households),
        plans_started=plans.filter(started_date__range=(first, last)).count(),
        plans_broken=plans.filter(state=PlanState.BROKEN, ended_date__range=(first, last)).count(),
    )  # fmt: skip


def _mean(total: Decimal, count: int) -> Decimal:
    return (total / count).quantize(CENT, ROUND_HALF_UP) if count else ZERO


def _counted(rows, field: str, choices) -> tuple[tuple[str, int], ...]:  # type: ignore[no-untyped-def]
    found = {row[field]: row["n"] for row in rows.order_by(field)}
    counted = [(str(choice.label), found.get(choice.value, 0)) for choice in choices]
    return tuple(sorted(counted, key=lambda one: (-one[1], one[0])))
