"""Figures of the actions of a strategic plan: read from the lines and the rooms that count them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.steering.figures import Figure, figure_of, figures_of_indicators
from beffroi.steering.measures import measure_named
from beffroi.steering.models import Element, ElementIndicator, Indicator


@dataclass(frozen=True)
class ActionFigure:
    """A figure of an action, and what the action itself aims at."""

    row: ElementIndicator
    figure: Figure

    @property
    def target(self) -> Decimal | None:
        return self.row.target if self.row.target is not None else self.figure.target

    @property
    def label(self) -> str:
        return self.row.label or self.figure.indicator.label


def figures_of_elements(
    elements: Iterable[Element], year: int, until: date
) -> dict[int, list[ActionFigure]]:
    """This function will count what measures these elements in a year, up to `until`, by element.

    A figure is that of the line, or of the room: nobody types it again for the strategic plan.
    """
    rows = list(
        ElementIndicator.objects.filter(element__in=[one.pk for one in elements])
        .select_related("indicator__line__plan")
    )  # fmt: skip
    first, last = date(year, 1, 1), min(until, date(year, 12, 31))
    followed = {row.indicator_id: row.indicator for row in rows if row.indicator is not None}
    counted = {
        one.indicator.pk: one for one in figures_of_indicators(list(followed.values()), first, last)
    }
    found: dict[int, list[ActionFigure]] = {}
    for row in rows:
        figure = counted.get(row.indicator_id or 0) or _asked(row, first, last)
        found.setdefault(row.element_id, []).append(ActionFigure(row, figure))
    return found


def _asked(row: ElementIndicator, since: date, until: date) -> Figure:
    """A measure of a room asked for the references the action names."""
    measure = measure_named(row.measure)
    asked = Indicator(
        measure=row.measure, refs=list(row.refs), label=row.label, unit=str(measure.unit),
        is_sensitive=measure.is_sensitive,
    )  # fmt: skip
    return figure_of(asked, since, until)


def figures_by_element(
    elements: Iterable[Element], year: int, until: date
) -> dict[int, list[dict[str, Any]]]:
    """This function will give the same figures as a snapshot keeps them."""
    found = figures_of_elements(elements, year, until)
    return {
        pk: [
            {
                "label": one.label, "unit": one.figure.indicator.unit,
                "value": None if one.figure.value is None else str(one.figure.value),
                "beside": None if one.figure.beside is None else str(one.figure.beside),
                "beside_label": one.figure.beside_label,
                "target": None if one.target is None else str(one.target),
                "how": one.figure.how,
            }
            for one in rows
        ]
        for pk, rows in found.items()
    }  # fmt: skip
