"""One day of work and one cost are paid once: what plans already take, over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from beffroi.steering.enums import Funding
from beffroi.steering.models import (
    Expenditure,
    FundingShare,
    StaffAssignment,
    StaffShare,
    StrategicCost,
    StrategicPlan,
)
from beffroi.steering.strategic_enums import StrategicKind

ZERO = Decimal(0)


@dataclass(frozen=True)
class TimeShare:
    """A part of somebody’s time that a plan takes, from a day to a day, in full-time equivalents."""

    plan: str
    since: date
    until: date | None
    fte: Decimal
    charged: Decimal

    def holds_on(self, day: date) -> bool:
        """This function will say whether the part is taken on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class TooMuch:
    """The first day when more than the whole would be taken, and who takes the rest."""

    day: date
    worked: Decimal
    others: tuple[TimeShare, ...]

    @property
    def left(self) -> Decimal:
        return max(ZERO, self.worked - sum((one.charged for one in self.others), ZERO))


@dataclass(frozen=True)
class SharedCost:
    """A cost kept in the PCS of which another funding pays a part, in euros."""

    cost: Expenditure
    share: Decimal

    @property
    def amount(self) -> Decimal:
        part: Decimal = (self.cost.amount * self.share).quantize(Decimal("0.01"))
        return part


def time_shares(agent: int) -> list[TimeShare]:
    """This function will give every part of an agent’s time that any plan takes."""
    pcs = StaffAssignment.objects.filter(agent_id=agent).select_related("plan")
    others = StaffShare.objects.filter(agent_id=agent).select_related("plan")
    both: list[StaffAssignment | StaffShare] = [*pcs, *others]
    return [_share(row) for row in both if row.charged_fte]


def _share(row: StaffAssignment | StaffShare) -> TimeShare:
    return TimeShare(row.plan.name, row.since_date, row.until_date, row.fte, row.charged_fte)


def too_much(asked: TimeShare, held: Iterable[TimeShare]) -> TooMuch | None:
    """This function will find the first day when plans would take more than is worked, if any.

    What is worked on a day is the longest working time said for that day. The parts of a day only
    change where one begins: those days alone are looked at.
    """
    others = list(held)
    days = {asked.since} | {one.since for one in others if one.since > asked.since}
    for day in sorted(day for day in days if asked.holds_on(day)):
        there = tuple(one for one in others if one.holds_on(day))
        worked = max((one.fte for one in (asked, *there)), default=ZERO)
        if sum((one.charged for one in there), asked.charged) > worked:
            return TooMuch(day, worked, there)
    return None


def strategic_twin(
    *, on_date: date, year: int, mandate: str, amount: Decimal, supplier: str, label: str
) -> StrategicCost | None:
    """This function will find the same cost in a strategic plan, if one has it."""
    same = _same(on_date, year, mandate, amount, supplier, label)
    rows = StrategicCost.objects.filter(same, cancelled_at__isnull=True)
    return rows.select_related("plan").first()


def pcs_twin(
    *, on_date: date, year: int, mandate: str, amount: Decimal, supplier: str, label: str
) -> Expenditure | None:
    """This function will find the same cost in a cohesion plan, if one has it."""
    same = _same(on_date, year, mandate, amount, supplier, label)
    rows = Expenditure.objects.filter(same, cancelled_at__isnull=True)
    return rows.select_related("plan").prefetch_related("shares").first()


def _same(on_date: date, year: int, mandate: str, amount: Decimal, supplier: str, label: str) -> Q:
    """The same mandate for the same amount; without a mandate, the same day, amount and words."""
    words = Q(label__iexact=label.strip())
    if supplier.strip():
        words |= Q(supplier__iexact=supplier.strip())
    alike = Q(on_date=on_date) & words
    if not mandate.strip():
        return Q(year=year, amount=amount) & alike
    return Q(year=year, amount=amount) & (
        Q(mandate__iexact=mandate.strip()) | Q(mandate="") & alike
    )


def costs_shared_with_pcs(plan: StrategicPlan) -> list[SharedCost]:
    """This function will give the costs kept in the PCS of which this PSSP pays a part.

    They are read where they are kept: nothing is charged a second time.
    """
    if plan.kind != StrategicKind.PSSP:
        return []
    rows = FundingShare.objects.filter(
        funding=Funding.PSSP, expenditure__cancelled_at__isnull=True,
        expenditure__on_date__range=(plan.starts_date, plan.ends_date),
    )  # fmt: skip
    found = rows.select_related("expenditure__plan", "expenditure__line")
    return [
        SharedCost(one.expenditure, one.share) for one in found.order_by("expenditure__on_date")
    ]


def shares_beside(plan: StrategicPlan, agents: Iterable[int]) -> dict[int, list[TimeShare]]:
    """This function will give what other plans take of these agents’ time, by agent."""
    wanted = list(agents)
    pcs = StaffAssignment.objects.filter(agent__in=wanted).select_related("plan")
    others = StaffShare.objects.filter(agent__in=wanted).exclude(plan=plan).select_related("plan")
    both: list[StaffAssignment | StaffShare] = [*pcs, *others]
    found: dict[int, list[TimeShare]] = {}
    for row in both:
        if row.charged_fte and row.agent_id:
            found.setdefault(row.agent_id, []).append(_share(row))
    return found
