"""A strategic plan as a tree: progress made from below, what is late, what covers a commitment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, QuerySet

from beffroi.steering.models import (
    Commitment,
    CommitmentText,
    Declaration,
    DeclarationVersion,
    Element,
    Indicator,
    ProgressReport,
    StrategicPlan,
)
from beffroi.steering.strategic_enums import (
    ABOVE,
    APART,
    BELOW,
    OBJECTIVES,
    OPEN,
    ElementState,
    Health,
    Level,
)

_HUNDREDTH = Decimal("0.01")
_NOT_BEGUN = frozenset({ElementState.TO_SCHEDULE, ElementState.PLANNED})


@dataclass(frozen=True)
class Node:
    """An element with what stands below it, and its progress in percent.

    Progress is None where nothing can be said: everything below is stopped or given up.
    """

    element: Element
    children: tuple["Node", ...]
    progress: Decimal | None
    #: How many right below are kept apart: stopped or given up, never counted as done.
    apart: int = 0

    def all_below(self) -> Iterable["Node"]:
        """This function will give this node and everything below it, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.all_below()


@dataclass(frozen=True)
class Coverage:
    """A commitment as its last version says it, with the actions that carry it."""

    text: CommitmentText
    elements: tuple[Element, ...]
    details: tuple["Coverage", ...] = ()

    @property
    def is_covered(self) -> bool:
        """An action carries it, or every detail under it is carried."""
        if self.elements:
            return True
        return bool(self.details) and all(one.is_covered for one in self.details)


@dataclass
class Late:
    """What waits on a plan on a day: actions past their end, past their start, in bad health."""

    ending: list[Element] = field(default_factory=list)
    beginning: list[Element] = field(default_factory=list)
    unwell: list[Element] = field(default_factory=list)


def elements_of(plan: StrategicPlan) -> QuerySet[Element]:
    """This function will give the elements of a plan with who answers for them."""
    rows = Element.objects.filter(plan=plan).select_related("responsible", "mandatary", "plan")
    return rows.annotate(
        indicator_count=Count("indicators", distinct=True), line_count=Count("lines", distinct=True)
    ).order_by("number")


def tree_of(rows: Iterable[Element]) -> list[Node]:
    """This function will build the strategic objectives with everything below them, in order."""
    below: dict[int | None, list[Element]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def made(element: Element) -> Node:
        children = tuple(made(child) for child in below.get(element.pk, []))
        counted = [node for node in children if node.element.state not in APART]
        return Node(
            element, children, _progress(element, counted, bool(children)),
            len(children) - len(counted),
        )  # fmt: skip

    return [made(row) for row in below.get(None, [])]


def _progress(element: Element, counted: list[Node], has_children: bool) -> Decimal | None:
    """Said by whoever answers for it; else the weighted mean of what is below and not apart."""
    if element.progress is not None:
        return Decimal(element.progress)
    if element.state == ElementState.DONE:
        return Decimal(100)
    if not has_children:
        return Decimal(0)
    return mean_of(counted)


def mean_of(nodes: Iterable[Node]) -> Decimal | None:
    """This function will give the weighted mean of progress in percent, None where nothing is known."""
    known = [(node.progress, node.element.weight) for node in nodes if node.progress is not None]
    if not known:
        return None
    whole = sum(weight for _progress, weight in known)
    mean = sum((value * weight for value, weight in known), Decimal(0)) / whole
    return mean.quantize(_HUNDREDTH, ROUND_HALF_UP)


def is_late(element: Element, day: date) -> bool:
    """This function will say whether an element is open past the end that was planned."""
    end = element.planned_end
    return element.state in OPEN and end is not None and end < day


def begins_late(element: Element, day: date) -> bool:
    """This function will say whether an element should have begun and has not."""
    start = element.planned_start
    return element.state in _NOT_BEGUN and start is not None and start < day


def waiting_on(rows: Iterable[Element], day: date) -> Late:
    """This function will gather what is late or unwell among actions and subactions."""
    found = Late()
    for row in rows:
        if row.level in OBJECTIVES:
            continue
        if is_late(row, day):
            found.ending.append(row)
        elif begins_late(row, day):
            found.beginning.append(row)
        if row.state in OPEN and row.health == Health.BAD:
            found.unwell.append(row)
    return found


def next_number(plan: StrategicPlan, level: str) -> int:
    """This function will give the next number of a level in a plan: never one given before."""
    rows = Element.objects.filter(plan=plan, level=level).order_by("-number")
    return (rows.values_list("number", flat=True).first() or 0) + 1


def parents_for(plan: StrategicPlan, level: str) -> QuerySet[Element]:
    """This function will give the elements under which one of this level may stand."""
    above = ABOVE.get(Level(level))
    return Element.objects.filter(plan=plan, level=above or "").order_by("number")


def level_below(element: Element) -> Level | None:
    """This function will give the level that stands under an element, if one does."""
    return BELOW.get(Level(element.level))


def declarations() -> QuerySet[Declaration]:
    """This function will give every declaration, the newest legislature first."""
    return Declaration.objects.all()


def last_version(declaration: Declaration) -> DeclarationVersion | None:
    """This function will give what a declaration says now."""
    return DeclarationVersion.objects.filter(declaration=declaration).order_by("-number").first()


def coverage_of(declaration: Declaration) -> list[Coverage]:
    """This function will give each commitment in its order with the actions that carry it."""
    version = last_version(declaration)
    if version is None:
        return []
    texts = list(
        CommitmentText.objects.filter(version=version).select_related("heading", "commitment")
    )
    carried: dict[int, list[Element]] = {}
    links = Element.commitments.through.objects.filter(commitment__declaration=declaration)
    pairs = list(links.values_list("commitment_id", "element_id"))
    rows = Element.objects.filter(pk__in={pk for _c, pk in pairs}).select_related("plan")
    held = {row.pk: row for row in rows.exclude(state=ElementState.CANCELLED)}
    for commitment, element in sorted(pairs):
        if element in held:
            carried.setdefault(commitment, []).append(held[element])

    def made(text: CommitmentText) -> Coverage:
        under = tuple(made(one) for one in texts if one.under_id == text.commitment_id)
        return Coverage(text, tuple(carried.get(text.commitment_id, [])), under)

    return [made(text) for text in texts if text.under_id is None]


def without_action(found: Iterable[Coverage]) -> list[CommitmentText]:
    """This function will list the commitments that no action carries, each where it is said.

    A commitment that only gathers its details is not listed: those of them without action are.
    """
    bare: list[CommitmentText] = []
    for one in found:
        if one.elements or one.is_covered:
            continue
        bare += without_action(one.details) if one.details else [one.text]
    return bare


def reports_of_plan(plan: StrategicPlan) -> QuerySet[ProgressReport]:
    """This function will give the frozen states of progress of a plan, the last first."""
    return ProgressReport.objects.filter(plan=plan).select_related("plan").order_by("-number")


def commitments_of(plan: StrategicPlan) -> dict[int, str]:
    """This function will give what each commitment of a plan’s declaration says now, by its key."""
    version = last_version(plan.declaration) if plan.declaration else None
    rows = (
        CommitmentText.objects.filter(version=version) if version else CommitmentText.objects.none()
    )
    return {row.commitment_id: row.text for row in rows.order_by("commitment__number")}


def indicators_for(element: Element) -> QuerySet[Indicator]:
    """This function will give the indicators of the lines an element is tied to, not yet its own."""
    rows = Indicator.objects.filter(line__strategic_elements=element, retired_date__isnull=True)
    return rows.exclude(strategic_uses__element=element).select_related("line")


def commitments_by_number(declaration: Declaration) -> dict[int, Commitment]:
    """This function will give the commitments of a declaration by their number."""
    return {row.number: row for row in Commitment.objects.filter(declaration=declaration)}
