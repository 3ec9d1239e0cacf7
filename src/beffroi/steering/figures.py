"""Figures of lines: counted from acts for a period, with what stands beside and what is behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from beffroi.core.actors import Actor
from beffroi.core.measures import Additivity, CountedAct, Measure, Scope
from beffroi.steering.attainment import attainment, is_reached
from beffroi.steering.measures import all_measures, measure_named
from beffroi.steering.models import Indicator, Line, Target, TypedValue

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """An indicator in a period; `value` is None where nothing can be said (a share of nothing)."""

    indicator: Indicator
    value: Decimal | None
    additivity: str
    how: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    #: A figure shown beside and never added: presences without a name.
    beside_label: str = ""
    beside: Decimal | None = None
    target: Decimal | None = None
    baseline: Decimal | None = None
    attained: Decimal | None = None
    reached: bool | None = None


@dataclass(frozen=True)
class Behind:
    """The acts behind a figure that the actor may see, and what the others add up to."""

    acts: list[CountedAct]
    shown: Decimal
    #: What acts the actor may not see add; None where amounts do not add up.
    unseen: Decimal | None


def scope_of(indicator: Indicator, since: date, until: date) -> Scope:
    """This function will give the acts an indicator counts, from `since` to `until` included."""
    return Scope(since, until, frozenset(indicator.refs))


def figure_of(indicator: Indicator, since: date, until: date) -> Figure:
    """This function will count one indicator for a period, from its acts.

    Raises: UnknownMeasure when the room that offered its measure is gone.
    """
    targets = {row.indicator_id: row for row in _targets([indicator], until.year)}
    typed = _typed_at_once([indicator], since, until)
    return _figure(indicator, since, until, targets.get(indicator.pk), {}, typed)


def figures_of_year(lines: Iterable[Line], year: int, until: date | None = None) -> list[Figure]:
    """This function will count every indicator of these lines for a year, up to `until` if given.

    Measures that a room counts for many references at once are asked once for all the lines.
    """
    last = min(until or date(year, 12, 31), date(year, 12, 31))
    return figures_of_period(lines, date(year, 1, 1), last)


def figures_of_period(lines: Iterable[Line], since: date, last: date) -> list[Figure]:
    """This function will count every indicator of these lines for a period, both days included."""
    return figures_of_indicators(list(indicators_of(lines)), since, last)


def figures_of_indicators(rows: list[Indicator], since: date, last: date) -> list[Figure]:
    """This function will count these indicators for a period, both days included, in their order."""
    targets = {row.indicator_id: row for row in _targets(rows, last.year)}
    held, typed = _counted_at_once(rows, since, last), _typed_at_once(rows, since, last)
    return [_figure(row, since, last, targets.get(row.pk), held, typed) for row in rows]


def indicators_of(lines: Iterable[Line]) -> Iterable[Indicator]:
    """This function will give the indicators followed on these lines, in order."""
    rows = Indicator.objects.filter(line__in=list(lines), retired_date__isnull=True)
    return rows.select_related("line")


def _targets(rows: list[Indicator], year: int) -> Iterable[Target]:
    kept = [row.pk for row in rows if row.pk]
    return Target.objects.filter(indicator__in=kept, year=year) if kept else ()


def _counted_at_once(
    rows: list[Indicator], since: date, until: date
) -> dict[tuple[str, str], Decimal]:
    """Counts of measures asked for one reference each, where their room counts many at once."""
    wanted: dict[object, set[str]] = {}
    for row in rows:
        if row.measure and len(row.refs) == 1 and measure_named(row.measure).at_once:
            wanted.setdefault(measure_named(row.measure).at_once, set()).update(row.refs)
    found: dict[tuple[str, str], Decimal] = {}
    for ask, refs in wanted.items():
        counted = ask(Scope(since, until, frozenset(refs)))  # type: ignore[operator]
        keys = [one.key for one in all_measures().values() if one.at_once is ask]
        found |= {(key, ref): counted.get((key, ref), Decimal(0)) for key in keys for ref in refs}
    return found


def _typed_at_once(
    rows: list[Indicator], since: date, until: date
) -> dict[int, tuple[Decimal, str]]:
    """What was typed for the months of a period and how; SQLite adds decimals in floating point."""
    by_hand = [row for row in rows if not row.measure]
    values = TypedValue.objects.filter(
        indicator__in=by_hand, is_current=True, month__range=(since, until)
    )
    found: dict[int, tuple[Decimal, str]] = {}
    for one in values.order_by("month") if by_hand else ():
        before = found.get(one.indicator_id, (Decimal(0), ""))[0]
        found[one.indicator_id] = (before + one.value, one.method)
    return found


def _figure(
    row: Indicator, since: date, until: date, target: Target | None,
    held: Mapping[tuple[str, str], Decimal], typed: Mapping[int, tuple[Decimal, str]],
) -> Figure:  # fmt: skip
    if not row.measure:
        value, method = typed.get(row.pk, (None, ""))
        return _aimed(Figure(row, value, "typed", method), target)
    measure, scope = measure_named(row.measure), scope_of(row, since, until)
    more: dict[str, Any] = {}
    if measure.beside:
        other = measure_named(measure.beside)
        more = {"beside_label": str(other.label), "beside": _held(other, scope, held)[0]}
    value, top, bottom = _held(measure, scope, held)
    how = str(measure.how)
    figure = Figure(row, value, measure.additivity.value, how, top, bottom, **more)
    return _aimed(figure, target)


def _held(
    measure: Measure, scope: Scope, held: Mapping[tuple[str, str], Decimal]
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What was already counted for the one reference of a scope, or a count of its own."""
    refs = scope.refs or frozenset()
    known = held.get((measure.key, next(iter(refs)))) if len(refs) == 1 else None
    return (known, None, None) if known is not None else count(measure, scope)


def _aimed(figure: Figure, target: Target | None) -> Figure:
    if target is None:
        return figure
    way = {"ascending": figure.indicator.is_ascending}
    values = {**vars(figure), "target": target.target, "baseline": target.baseline}
    if figure.value is not None:
        values["attained"] = attainment(figure.value, target.target, target.baseline, **way)
        values["reached"] = is_reached(figure.value, target.target, **way)
    return Figure(**values)


def count(measure: Measure, scope: Scope) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """This function will count a measure for a scope: the value, then the halves of a ratio.

    People are counted for this scope and no other; a ratio is made from its two halves.
    """
    if measure.additivity is Additivity.RATIO:
        top, bottom = measure.numerator(scope), measure.denominator(scope)  # type: ignore[misc]
        if not bottom:
            return None, top, bottom
        return (top * measure.factor / bottom).quantize(_HUNDREDTH, ROUND_HALF_UP), top, bottom
    if measure.count is not None:
        return measure.count(scope), None, None
    return Decimal(len(measure.people(scope))), None, None  # type: ignore[misc]


def people_of(measures: Iterable[tuple[Measure, Scope]]) -> int:
    """This function will count people over several rooms and scopes, each of them once.

    Raises: ValueError for a measure that cannot say who its people are.
    """
    everybody: frozenset[object] = frozenset()
    for measure, scope in measures:
        if measure.people is None:
            raise ValueError(f"{measure.key} does not say who its people are")
        everybody |= measure.people(scope)
    return len(everybody)


def behind(indicator: Indicator, since: date, until: date, actor: Actor) -> Behind | None:
    """This function will give the acts behind a figure, for whoever may see them; None if typed."""
    if not indicator.measure:
        return None
    measure = measure_named(indicator.measure)
    if measure.acts is None:
        return Behind([], Decimal(0), None)
    scope = scope_of(indicator, since, until)
    acts = measure.acts(scope, actor)
    shown = sum((act.amount for act in acts), Decimal(0))
    if measure.additivity is not Additivity.ADDITIVE:
        return Behind(acts, shown, None)
    return Behind(acts, shown, (count(measure, scope)[0] or Decimal(0)) - shown)
