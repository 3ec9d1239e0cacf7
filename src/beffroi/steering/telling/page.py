"""The page of a year, from its snapshot and from what was told before: plain values for JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from beffroi.steering.protection import Printed, Shown, Table
from beffroi.steering.telling import PEOPLE, PRESENCES
from beffroi.steering.telling.counts import (
    RATIO,
    Count,
    Earlier,
    counts_of,
    is_asked,
    is_told_whole,
    k_of,
    key_of,
    may_tell_ratio,
    question,
    questions_apart,
    shown_of,
)
from beffroi.steering.telling.sums import Cells, may_tell_sum, people_told, table_told

#: Of the way a page is laid out.
FORM = 1


@dataclass(frozen=True)
class Told:
    """What anybody may read, and what is kept inside to judge the next publication by."""

    page: dict[str, Any]
    kept: dict[str, Any]


@dataclass(frozen=True)
class _Year:
    """A snapshot with what each question is worth and how it is told."""

    content: Mapping[str, Any]
    plan: str
    earlier: Earlier
    counts: Mapping[str, Count]
    shown: Mapping[str, Shown]
    #: Questions that keep the value told before.
    old: frozenset[str]


def earlier_of(kept: Iterable[Mapping[str, Any]]) -> Earlier:
    """This function will put together what earlier publications of a year kept, the oldest first."""
    found = Earlier()
    for one in kept:
        for key, value in one["values"].items():
            found.values.setdefault(key, []).append(Decimal(value))
        for room, sets in one["refs"].items():
            held = found.refs.setdefault(room, [])
            held += [refs for refs in map(frozenset, sets) if refs not in held]
        for key, cells in one["tables"].items():
            found.tables.setdefault(key, []).append(_cells(cells))
        if one["inside"]:
            found.inside.append(frozenset(one["inside"]))
    return found


def tell(content: Mapping[str, Any], plan: str, earlier: Earlier) -> Told:
    """This function will choose what anybody may be told of an activity report of `plan`."""
    asked = counts_of(content, plan)
    apart = questions_apart(asked, earlier)
    counts = {
        key: Count(**{**vars(one), "value": earlier.value(one)})
        for key, one in asked.items()
        if key in apart
    }
    old = frozenset(key for key, one in counts.items() if one.value != asked[key].value)
    year = _Year(content, plan, earlier, counts, shown_of(counts), old)
    tables = _tables(year)
    totals, axes, kept_people = _people(year)
    presences, inside = _all_presences(year)
    lines = [_line(year, one, tables) for one in content["lines"]]
    page = {
        "form": FORM, "year": content["year"], "until": content["until"],
        "lines": lines, "axes": [_axis(one, lines, axes) for one in content["axes"]],
        "presences": presences, "people": totals,
    }  # fmt: skip
    values = {key: str(one.value) for key, one in counts.items()} | kept_people
    refs: dict[str, list[list[str]]] = {}
    for count in counts.values():
        held = refs.setdefault(count.room, [])
        if sorted(count.refs) not in held:
            held.append(sorted(count.refs))
    told = {key: [[*cell, n] for cell, n in sorted(cells.items())] for key, (cells, _t) in tables.items()}  # fmt: skip
    return Told(page, {"values": values, "refs": refs, "tables": told, "inside": inside})


def _cells(rows: Iterable[Any]) -> Cells:
    return {(str(place), str(quarter)): int(n) for place, quarter, n in rows}


# --- lines ------------------------------------------------------------------------------------


def _line(year: _Year, line: Mapping[str, Any], tables: Mapping[str, Any]) -> dict[str, Any]:
    names = ("number", "code", "title", "axis", "delivery", "partner", "state", "status")
    told: dict[str, Any] = {name: line[name] for name in names}
    told["figures"] = [
        _figure(year, one, line["number"]) for one in line["figures"] if is_asked(one)
    ]
    key = next((key_of(f, line["number"], year.plan) for f in line["figures"] if f["measure"] == PRESENCES), "")  # fmt: skip
    told["table"] = _table(tables[key][1]) if key in tables else None
    return told


def _figure(year: _Year, one: Mapping[str, Any], line: int) -> dict[str, Any]:
    key = key_of(one, line, year.plan)
    value, state = _answer(year, one, line, key)
    names = ("label", "unit", "measure", "how", "additivity")
    told: dict[str, Any] = {name: one[name] for name in names}
    told |= {
        "shown": state.value, "value": value, "k": k_of(one), "old": key in year.old,
        "target": one["target"] if state is Shown.PLAIN else None,
        "percent": _percent(value, one["target"]) if one.get("is_ascending", True) else None, "reached": None, "beside": None,
    }  # fmt: skip
    if value is not None and key not in year.old:
        told["reached"] = one["reached"]
    if one["beside"] is not None and one.get("beside_measure"):
        beside = question(one["beside_measure"], one["refs"])
        if beside in year.shown:
            state = year.shown[beside]
            plain = _words(year.counts[beside].value) if state is Shown.PLAIN else None
            told["beside"] = {"label": one["beside_label"], "shown": state.value, "value": plain}
    return told


def _answer(
    year: _Year, one: Mapping[str, Any], line: int, key: str
) -> tuple[str | None, Shown]:  # fmt: skip
    if is_told_whole(one):
        return one["value"], Shown.PLAIN
    if one["additivity"] == RATIO:
        may = may_tell_ratio(one, line, year.plan, year.counts, year.shown)
        return (one["value"], Shown.PLAIN) if may else (None, Shown.HIDDEN)
    state = year.shown.get(key, Shown.HIDDEN)
    return (_words(year.counts[key].value), state) if state is Shown.PLAIN else (None, state)


def _words(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else str(value)


def _percent(value: str | None, target: str | None) -> int | None:
    """How far the value told is on the way from nothing to its target, in whole percents."""
    if value is None or not target or Decimal(target) <= 0:
        return None
    return int((Decimal(value) * 100 / Decimal(target)).to_integral_value(ROUND_HALF_UP))


# --- above and under --------------------------------------------------------------------------


def _tables(year: _Year) -> dict[str, tuple[Cells, Table]]:
    raw = year.content.get("breakdowns", {}).get("presences", {})
    found = {}
    for line, rows in raw.items():
        key = question(PRESENCES, [f"line:{line}"])
        if year.shown.get(key) is Shown.PLAIN:
            one, cells = year.counts[key], _cells(rows)
            made = table_told(cells, one.value, one.k, year.earlier.tables.get(key, []))
            if made:
                found[key] = (cells, made)
    return found


def _table(made: Table) -> dict[str, Any]:
    def row(name: str) -> list[Any]:
        inside = [_cell(made.cells[name, column]) for column in sorted(made.columns)]
        return [name, *inside, _cell(made.rows[name])]

    return {
        "columns": sorted(made.columns), "rows": [row(name) for name in sorted(made.rows)],
        "sums": [_cell(made.columns[c]) for c in sorted(made.columns)] + [_cell(made.total)],
        "k": made.k,
    }  # fmt: skip


def _cell(one: Printed) -> list[Any]:
    return [one.shown.value, one.value]


def _all_presences(year: _Year) -> tuple[int | None, list[str]]:
    parts = {key: one for key, one in year.counts.items() if key.startswith(f"{PRESENCES}|")}
    if not may_tell_sum(parts, year.shown, year.earlier):
        return None, []
    hidden = sorted(key for key in parts if year.shown[key] is Shown.SMALL)
    return int(sum(one.value for one in parts.values())), hidden


def _people(year: _Year) -> tuple[int | None, dict[int, int], dict[str, str]]:
    """Different people of the plan and of axes that may be told, and what both are worth now."""
    lines: dict[int, dict[str, tuple[Count, Shown]]] = {}
    for line in year.content["lines"]:
        for figure in line["figures"]:
            if figure["measure"] == PEOPLE and is_asked(figure):
                key = key_of(figure, line["number"], year.plan)
                if key not in year.counts:
                    return None, {}, {}
                held = lines.setdefault(line["axis"], {})
                held[key] = (year.counts[key], year.shown[key])
    counted = year.content.get("breakdowns", {}).get("people", {})
    if not lines or counted.get("plan") is None:
        return None, {}, {}
    worth, kept = {}, {}
    for axis, raw in ((0, counted["plan"]), *((a, counted["axes"][str(a)]) for a in lines)):
        held = lines[axis] if axis else {k: v for one in lines.values() for k, v in one.items()}
        refs = frozenset(ref for count, _shown in held.values() for ref in count.refs)
        k = max(count.k for count, _shown in held.values())
        one = Count(question(PEOPLE, refs), "people", "unique", refs, Decimal(raw), k)
        worth[axis] = int(year.earlier.value(one))
        if len(held) > 1:
            kept[one.key] = str(worth[axis])
    axes = {axis: worth[axis] for axis in lines}
    told, is_plan_told = people_told({a: one.values() for a, one in lines.items()}, axes, worth[0])
    return worth[0] if is_plan_told else None, {a: axes[a] for a in told}, kept


def _axis(one: Mapping[str, Any], lines: list[dict[str, Any]], people: Mapping[int, int]) -> dict[str, Any]:  # fmt: skip
    held = [line for line in lines if line["axis"] == one["number"]]
    aimed = [f for line in held for f in line["figures"] if f["reached"] is not None]
    return {
        "number": one["number"], "title": one["title"], "lines": len(held),
        "people": people.get(one["number"]), "aimed": len(aimed),
        "reached": sum(bool(f["reached"]) for f in aimed),
        "told": sum(bool(line["status"]) for line in held),
    }  # fmt: skip
