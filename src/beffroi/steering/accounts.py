"""The accounts of a plan in a year: what is charged, what is due, the forecast, the reconciliation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beffroi.rules.cohesion_plan import Justification, UnknownYear, justify
from beffroi.steering.enums import ConventionKind, Funding, Nature
from beffroi.steering.models import (
    AccountRow,
    BudgetLine,
    Convention,
    Expenditure,
    Explained,
    Plan,
    StaffAssignment,
    Subsidy,
)
from beffroi.steering.queries import YearAccount, year_account

ZERO = Decimal("0.00")
_CENT = Decimal("0.01")
_MONTHS = 12


#: Percents are written to a tenth.
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Charged:
    """What a part of the plan was foreseen, spent, admitted and charged to the plan, in euros."""

    label: str
    budget: Decimal
    spent: Decimal
    eligible: Decimal
    charged: Decimal


@dataclass(frozen=True)
class YearMoney:
    """The money of a year, in euros; `justification` is None until the subsidy is notified."""

    year: int
    subsidy: Decimal | None
    eligible: Decimal
    by_nature: list[Charged]
    by_line: list[Charged]
    justification: Justification | None
    art20: list[tuple[Convention, YearAccount]]
    wage_share: Decimal | None


@dataclass(frozen=True)
class Forecast:
    """What the year will come to on 31 December: paid, committed, wages still to come, in euros."""

    paid: Decimal
    committed: Decimal
    wages_to_come: Decimal
    total: Decimal
    justification: Justification | None


@dataclass(frozen=True)
class Reconciled:
    """A function of the accounts against what the plan holds; a difference is nil or explained."""

    function: str
    accounts: Decimal
    plan: Decimal
    difference: Decimal
    why: str

    @property
    def is_settled(self) -> bool:
        return self.difference == 0 or bool(self.why)


@dataclass(frozen=True)
class Spending:
    """What each nature of cost was foreseen and charged; in percent, the part spent and the year gone."""

    by_nature: list[Charged]
    spent: Decimal | None
    gone: Decimal

    def shares(self) -> list[tuple[Charged, Decimal | None]]:
        """This function will give the part of its budget that each nature spent, in percent."""
        return [(one, _share(one.charged, one.budget)) for one in self.by_nature]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def costs_of(plan: Plan, year: int) -> QuerySet[Expenditure]:
    """This function will give the costs of a year that were not cancelled, with who pays them."""
    rows = Expenditure.objects.filter(plan=plan, year=year, cancelled_at__isnull=True)
    return rows.select_related("line").prefetch_related("shares")


def charged_of(cost: Expenditure, funding: str = Funding.PCS) -> Decimal:
    """This function will give what of a cost is charged to a funding, in euros, half a cent up."""
    share = sum((one.share for one in cost.shares.all() if one.funding == funding), Decimal(0))
    return _cents(cost.eligible_amount * share)


def year_money(plan: Plan, year: int) -> YearMoney:
    """This function will give the money of a year: what is charged and what is due."""
    costs, budget = _paid(plan, year), _foreseen(plan, year)
    eligible = sum((charged_of(cost) for cost in costs), ZERO)
    natures = _by_nature(budget, costs)
    wages = natures[0].charged
    return YearMoney(
        year, _subsidy(plan, year), eligible, natures, _by_line(budget, costs),
        _justified(plan, year, eligible), _art20(plan, year),
        (wages * 100 / eligible).quantize(Decimal("0.1"), ROUND_HALF_UP) if eligible else None,
    )  # fmt: skip


def _paid(plan: Plan, year: int) -> list[Expenditure]:
    return [cost for cost in costs_of(plan, year) if cost.paid_date]


def _foreseen(plan: Plan, year: int) -> list[BudgetLine]:
    return list(BudgetLine.objects.filter(plan=plan, year=year).select_related("line"))


def _by_nature(budget: list[BudgetLine], costs: list[Expenditure]) -> list[Charged]:
    return [
        _charged(
            str(nature.label), [row for row in budget if row.nature == nature],
            [cost for cost in costs if cost.nature == nature],
        )
        for nature in Nature
    ]  # fmt: skip


def _charged(label: str, budget: Iterable[BudgetLine], costs: Iterable[Expenditure]) -> Charged:
    held = list(costs)
    return Charged(
        label,
        sum((row.amount for row in budget), ZERO),
        sum((cost.amount for cost in held), ZERO),
        sum((cost.eligible_amount for cost in held), ZERO),
        sum((charged_of(cost) for cost in held), ZERO),
    )


def _by_line(budget: list[BudgetLine], costs: list[Expenditure]) -> list[Charged]:
    lines = {row.line_id: row.line for row in budget} | {row.line_id: row.line for row in costs}
    numbers = {pk: line.number if line else 0 for pk, line in lines.items()}
    order = sorted(lines, key=numbers.__getitem__)
    return [
        _charged(
            str(lines[pk]) if lines[pk] else _("commun"),
            [row for row in budget if row.line_id == pk],
            [cost for cost in costs if cost.line_id == pk],
        )
        for pk in order
    ]


def _subsidy(plan: Plan, year: int) -> Decimal | None:
    rows = Subsidy.objects.filter(plan=plan, year=year)
    return rows.values_list("amount", flat=True).first()


def _justified(plan: Plan, year: int, eligible: Decimal) -> Justification | None:
    subsidy = _subsidy(plan, year)
    if subsidy is None:
        return None
    try:
        return justify(subsidy, eligible, year)
    except UnknownYear:
        return None


def _art20(plan: Plan, year: int) -> list[tuple[Convention, YearAccount]]:
    rows = Convention.objects.filter(
        plan=plan, kind=ConventionKind.ART20, starts_date__year__lte=year, ends_date__year__gte=year
    )
    return [(one, year_account(one, year)) for one in rows.select_related("partner")]


def forecast(plan: Plan, day: date) -> Forecast:
    """This function will say what the year of `day` will come to: paid, committed, wages to come.

    Wages to come are the charged part of each month after the last one charged as staff.
    """
    costs = list(costs_of(plan, day.year))
    paid = sum((charged_of(cost) for cost in costs if cost.paid_date), ZERO)
    committed = sum((charged_of(cost) for cost in costs if not cost.paid_date), ZERO)
    wages = sum(
        (_wages_to_come(one, day) for one in StaffAssignment.objects.filter(plan=plan)), ZERO
    )
    total = paid + committed + wages
    return Forecast(paid, committed, wages, total, _justified(plan, day.year, total))


def _wages_to_come(one: StaffAssignment, day: date) -> Decimal:
    """The months after the one of `day`, within the assignment and the year."""
    first = max(day.month + 1, one.since_date.month if one.since_date.year == day.year else 1)
    last = _MONTHS
    if one.until_date and one.until_date.year <= day.year:
        last = one.until_date.month if one.until_date.year == day.year else 0
    months = max(0, last - first + 1) if one.since_date.year <= day.year else 0
    return _cents(one.monthly_cost * one.charge_rate * months)


def reconcile(plan: Plan, year: int) -> list[Reconciled]:
    """This function will set the accounts’ total of each function against the plan’s."""
    accounts, ours = (
        _sums(AccountRow.objects.filter(plan=plan, year=year)),
        _sums(
            Expenditure.objects.filter(
                plan=plan, year=year, cancelled_at__isnull=True, paid_date__isnull=False
            )
        ),
    )
    told = {row.function: row for row in Explained.objects.filter(plan=plan, year=year)}
    found = []
    for function in sorted({*accounts, *ours}):
        held, charged = accounts.get(function, ZERO), ours.get(function, ZERO)
        why = (
            told[function].why
            if function in told and told[function].difference == held - charged
            else ""
        )
        found.append(Reconciled(function, held, charged, held - charged, why))
    return found


def _sums(rows: QuerySet[AccountRow] | QuerySet[Expenditure]) -> dict[str, Decimal]:
    """SQLite adds decimals in floating point: cents are added in Python."""
    found: dict[str, Decimal] = {}
    for function, amount in rows.values_list("function", "amount"):
        found[function] = found.get(function, ZERO) + amount
    return found


def rows_to_charge(plan: Plan, year: int) -> QuerySet[AccountRow]:
    """This function will give the rows of the accounts that no cost of the plan stands for yet."""
    return AccountRow.objects.filter(plan=plan, year=year, expenditure__isnull=True, amount__gt=0)


def spending(plan: Plan, day: date) -> Spending:
    """This function will set what the plan paid against its budget and against the year gone."""
    rows = _by_nature(_foreseen(plan, day.year), _paid(plan, day.year))
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    gone = Decimal((day - first).days + 1) * 100 / ((last - first).days + 1)
    natures = [one for one in rows if one.budget or one.charged]
    budget = sum((one.budget for one in natures), ZERO)
    charged = sum((one.charged for one in natures), ZERO)
    return Spending(natures, _share(charged, budget), gone.quantize(_TENTH, ROUND_HALF_UP))


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None
