"""Access to rights, always read one way: outside is better. Which rights are low and answered by no line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from beffroi.rules.isadf import Edition, edition, position
from beffroi.steering.enums import LineState
from beffroi.steering.models import DiagnosisItem, IsadfImport, IsadfValue, Plan, PlanLine, Right
from beffroi.steering.queries import latest_version, lines_of, version_on


@dataclass(frozen=True)
class Access:
    """A right as an edition writes it, and where it stands from 0 (difficulty) to 1 (access)."""

    name: str
    right: Right | None
    axes: tuple[int, ...]
    value: Decimal
    regional_mean: Decimal | None
    rank: int | None
    position: Decimal
    mean_position: Decimal | None

    @property
    def is_below(self) -> bool:
        """This property says whether access is under that of the region."""
        return self.mean_position is not None and self.position < self.mean_position


@dataclass(frozen=True)
class Radar:
    """An edition as it was imported, how it is read, and access to each right."""

    held: IsadfImport
    read: Edition
    rights: tuple[Access, ...]

    def axis_titles(self) -> dict[int, str]:
        """This function will give the title of each axis that a right is linked to, by number."""
        return {
            axis.number: str(axis)
            for one in self.rights
            if one.right
            for axis in one.right.axes.all()
        }

    def by_axis(self) -> list[tuple[int, Decimal, Decimal | None]]:
        """This function will give each axis with the mean position of its rights, and the region’s."""
        numbers = sorted({number for one in self.rights for number in one.axes})
        found = []
        for number in numbers:
            rows = [one for one in self.rights if number in one.axes]
            means = [one.mean_position for one in rows if one.mean_position is not None]
            whole = len(means) == len(rows)
            here = _mean([one.position for one in rows])
            found.append((number, here, _mean(means) if whole else None))
        return found


@dataclass(frozen=True)
class Gap:
    """A right under the region that no line is said to answer; `same_axis` lines stand near it."""

    access: Access
    needs: int
    same_axis: int


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.0001"))


def editions_of(plan: Plan) -> QuerySet[IsadfImport]:
    """This function will give the editions imported for a plan, the last first."""
    return IsadfImport.objects.filter(plan=plan)


def radar(plan: Plan, year: int | None = None) -> Radar | None:
    """This function will read an edition, the last one unless it is said; None where there is none."""
    rows = editions_of(plan)
    held = rows.filter(edition=year).first() if year else rows.first()
    if held is None:
        return None
    values = IsadfValue.objects.filter(edition=held).select_related("right")
    kept = values.prefetch_related("right__axes")
    return Radar(held, edition(held.edition), tuple(_access(one, held.edition) for one in kept))


def _access(one: IsadfValue, year: int) -> Access:
    axes = tuple(sorted(axis.number for axis in one.right.axes.all())) if one.right else ()
    mean = one.regional_mean
    return Access(
        one.name, one.right, axes, one.value, mean, one.rank, position(one.value, year),
        None if mean is None else position(mean, year),
    )  # fmt: skip


def unlinked_values(plan: Plan) -> QuerySet[IsadfValue]:
    """This function will give the imported rights that answer to none of the plan’s."""
    rows = IsadfValue.objects.filter(edition__plan=plan, right__isnull=True)
    return rows.select_related("edition").order_by("-edition__edition", "pk")


def rights_of(plan: Plan) -> QuerySet[Right]:
    """This function will give the rights a plan serves."""
    return Right.objects.filter(programme=plan.programme_id)


def items_of(plan: Plan) -> QuerySet[DiagnosisItem]:
    """This function will give what is observed today for a plan, the first to answer before."""
    rows = DiagnosisItem.objects.filter(plan=plan, retired_date__isnull=True)
    return rows.prefetch_related("rights", "lines")


def item(plan: Plan, number: int) -> DiagnosisItem | None:
    """This function will give one need of the diagnosis, if it is there."""
    rows = DiagnosisItem.objects.filter(plan=plan, number=number)
    return rows.prefetch_related("rights", "lines").first()


def active_lines(plan: Plan, day: date) -> list[PlanLine]:
    """This function will give the lines that run in the version of `day`."""
    version = version_on(plan, day) or latest_version(plan)
    rows = lines_of(version).filter(state=LineState.ACTIVE) if version else []
    return list(rows)


def gaps(plan: Plan, seen: Radar, lines: list[PlanLine]) -> list[Gap]:
    """This function will give the rights under the region that no running line is said to answer.

    The lowest come first. A line answers a right where a need of the diagnosis links both.
    """
    running = {row.line_id for row in lines}
    answered: set[int] = set()
    needs: dict[int, int] = {}
    items = DiagnosisItem.objects.filter(plan=plan, retired_date__isnull=True)
    for one in items.prefetch_related("lines", Prefetch("rights", Right.objects.only("pk"))):
        for right in one.rights.all():
            needs[right.pk] = needs.get(right.pk, 0) + 1
            if any(line.pk in running for line in one.lines.all()):
                answered.add(right.pk)
    found = [
        Gap(
            one,
            needs.get(one.right.pk, 0) if one.right else 0,
            sum(row.action.axis.number in one.axes for row in lines),
        )
        for one in seen.rights
        if one.is_below and (one.right is None or one.right.pk not in answered)
    ]
    return sorted(found, key=lambda gap: (gap.access.position, gap.access.name))
