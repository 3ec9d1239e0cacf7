"""Charts as drawings of our own: each with its title, its words, and a table that says the same.

A drawing is made from values that may be told, and from nothing else; the same values are the same
drawing. Colours are attributes, that a page may change by the classes (dark theme, print).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_NIGHT, _GREEN, _COPPER, _SAND, _INK, _SOFT = (
    "#1c3557", "#1d6a45", "#a8481a", "#ddd5c7", "#1d2530", "#55606e",
)  # fmt: skip
#: Each bar has its label above it: on a phone both stay readable.
_WIDTH, _ROW, _GAP = 420, 46, 52
_HIGH, _FOOT, _SIDE = 220, 34, 46


@dataclass(frozen=True)
class Chart:
    """A drawing and its table: heads, then rows of words; `name` tells charts of a page apart."""

    name: str
    title: str
    words: str
    svg: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def bars(
    name: str, title: str, words: str, unit: str, values: Sequence[tuple[str, int | None, str]]
) -> Chart:
    """This function will draw one bar for each value; None, a count not told, has words and no bar.

    Values are (label, number, the number in words); `unit` heads their column.
    """
    most = max((value for _label, value, _said in values if value), default=1)
    room, parts = _WIDTH - _GAP, []
    for rank, (label, value, said) in enumerate(values):
        top = rank * _ROW
        parts.append(_text(0, top + 15, _short(label)))
        width = round(room * (value or 0) / most, 1)
        if value:
            parts.append(_rect("bar", 0, top + 22, width, 16, _NIGHT))
        parts.append(_text(width + 6 if value else 0, top + 35, said, soft=value is None))
    rows = tuple((label, said) for label, _value, said in values)
    drawing = _svg(name, title, words, len(values) * _ROW, parts)
    return Chart(name, title, words, drawing, ("", unit), rows)


def progress(
    name: str, title: str, words: str, heads: tuple[str, str],
    values: Sequence[tuple[str, int, int, str]],
) -> Chart:  # fmt: skip
    """This function will draw how many of how many, axis by axis, on rails of one length.

    Values are (label, done, whole, both in words); a rail without anything to reach stays empty.
    """
    room, parts = _WIDTH - _GAP - 48, []
    for rank, (label, done, whole, said) in enumerate(values):
        top = rank * _ROW
        parts.append(_text(0, top + 15, _short(label)))
        parts.append(_rect("rail", 0, top + 23, room, 14, _SAND))
        if whole and done:
            parts.append(_rect("done", 0, top + 23, round(room * done / whole, 1), 14, _GREEN))
        parts.append(_text(room + 8, top + 35, said))
    rows = tuple((label, said) for label, _done, _whole, said in values)
    return Chart(
        name, title, words, _svg(name, title, words, len(values) * _ROW, parts), heads, rows
    )


def years(
    name: str, title: str, words: str, heads: tuple[str, str],
    values: Sequence[tuple[int, int | None, str]],
) -> Chart:  # fmt: skip
    """This function will draw a line from year to year; a year not told leaves a hole in it."""
    most = max((value for _year, value, _said in values if value), default=1)
    step = (_WIDTH - 2 * _SIDE) / max(1, len(values) - 1)
    spots = [
        (round(_SIDE + rank * step, 1), value and round(_foot() - (_foot() - 30) * value / most, 1))
        for rank, (_year, value, _said) in enumerate(values)
    ]
    parts = [f'<path class="ground" d="M{_SIDE} {_foot()}H{_WIDTH - _SIDE}" stroke="{_SAND}"/>']
    for (x, y), (nx, ny) in zip(spots, spots[1:], strict=False):
        if y is not None and ny is not None:
            parts.append(f'<path class="way" d="M{x} {y}L{nx} {ny}" stroke="{_NIGHT}" stroke-width="3" fill="none"/>')  # fmt: skip
    for (x, y), (year, _value, said) in zip(spots, values, strict=True):
        parts.append(_text(x, _HIGH - 8, str(year), anchor="middle"))
        if y is None:
            parts.append(_text(x, _foot() - 8, said, anchor="middle", soft=True))
        else:
            parts.append(f'<circle class="spot" cx="{x}" cy="{y}" r="5" fill="{_COPPER}"/>')
            parts.append(_text(x, y - 12, said, anchor="middle"))
    rows = tuple((str(year), said) for year, _value, said in values)
    return Chart(name, title, words, _svg(name, title, words, _HIGH, parts), heads, rows)


def _foot() -> int:
    return _HIGH - _FOOT


def _svg(name: str, title: str, words: str, height: int, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="Atkinson, sans-serif" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(words)}</desc>{"".join(parts)}</svg>'
    )


def _rect(kind: str, x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3" '
        f'fill="{fill}"/>'
    )


def _text(x: float, y: float, said: str, *, anchor: str = "start", soft: bool = False) -> str:
    kind, fill = ("soft", _SOFT) if soft else ("ink", _INK)
    return (
        f'<text class="{kind}" x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}" '
        f'font-size="13" fill="{fill}">{escape(said)}</text>'
    )


def _short(label: str, most: int = 58) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
