"""What a report counts beyond its lines: presences by house and quarter, people of axes, of the plan.

People are counted again for each axis and for the whole plan, never summed. All of it is as it is
in the snapshot; `telling.py` says what anybody may be told.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from beffroi.acts.activities import public_queries
from beffroi.core.measures import Scope
from beffroi.steering.figures import Figure, count
from beffroi.steering.measures import all_measures
from beffroi.steering.telling import PEOPLE, PRESENCES


def breakdowns(
    figures: Iterable[Figure], axis_of: Mapping[int, int], since: date, until: date
) -> dict[str, Any]:
    """This function will count what lies under and above the figures of lines, for a period.

    `axis_of` gives the number of the axis by the key of the line.
    """
    asked = [one for one in figures if one.indicator.is_publishable]
    return {
        "presences": _presences([one for one in asked if one.indicator.measure == PRESENCES], since, until),
        "people": _people([one for one in asked if one.indicator.measure == PEOPLE], axis_of, since, until),
    }  # fmt: skip


def _presences(figures: list[Figure], since: date, until: date) -> dict[str, list[list[Any]]]:
    refs = {ref for one in figures for ref in one.indicator.refs if len(one.indicator.refs) == 1}
    lines = sorted(ref.removeprefix("line:") for ref in refs if ref.startswith("line:"))
    found = public_queries.presences_by_place(lines, since, until) if lines else {}
    return {
        line: [[place, quarter, n] for (place, quarter), n in sorted(cells.items())]
        for line, cells in found.items()
    }


def _people(
    figures: list[Figure], axis_of: Mapping[int, int], since: date, until: date
) -> dict[str, Any]:
    refs: dict[int, set[str]] = {}
    for one in figures:
        refs.setdefault(axis_of[one.indicator.line_id], set()).update(one.indicator.refs)
    if not refs:
        return {"plan": None, "axes": {}}
    measure = all_measures()[PEOPLE]

    def counted(asked: set[str]) -> int:
        value = count(measure, Scope(since, until, frozenset(asked)))[0]
        return int(value or 0)

    return {
        "plan": counted(set().union(*refs.values())),
        "axes": {str(axis): counted(asked) for axis, asked in sorted(refs.items())},
    }
