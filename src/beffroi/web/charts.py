"""Drawings made on the server: where each line, bar and dot goes. The table beside says the same."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import cos, pi, sin
from typing import Any

#: Half of the side of a radar, and the length of its spokes, in units of the drawing.
_MIDDLE, _SPOKE = 160.0, 125.0
_RINGS = (0.25, 0.5, 0.75, 1.0)
#: Width of a bar of one hundred percent, and the height of a row.
_FULL, _ROW = 300.0, 34.0


def _xy(turn: float, length: float) -> tuple[float, float]:
    angle = 2 * pi * turn - pi / 2
    return round(_MIDDLE + length * cos(angle), 1), round(_MIDDLE + length * sin(angle), 1)


def _points(spots: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in spots)


def radar(
    title: str,
    here: Sequence[Decimal],
    beside: Sequence[Decimal | None] = (),
    *,
    keys: tuple[str, str],
    names: Sequence[str] = (),
) -> dict[str, Any]:
    """This function will draw positions from 0 (centre) to 1 (edge), named or numbered in their order.

    `beside` is drawn as a second outline where all of it is known; `keys` names both outlines.
    """
    turns = [number / len(here) for number in range(len(here))]
    ends = [_xy(turn, _SPOKE) for turn in turns]
    labels = [_xy(turn, _SPOKE + 18) for turn in turns]
    said = names or [str(number) for number in range(1, len(here) + 1)]
    spots = [_xy(turn, _SPOKE * float(value)) for turn, value in zip(turns, here, strict=True)]
    known = [value for value in beside if value is not None]
    whole = len(known) == len(here)
    return {
        "title": title, "side": int(2 * _MIDDLE), "middle": int(_MIDDLE), "keys": keys,
        "rings": [_points(_xy(turn, _SPOKE * ring) for turn in turns) for ring in _RINGS],
        "spokes": [{"x": x, "y": y} for x, y in ends],
        "labels": [{"x": x, "y": y + 4, "text": name} for name, (x, y) in zip(said, labels, strict=True)],
        "here": _points(spots), "dots": [{"x": x, "y": y} for x, y in spots],
        "beside": _points(_xy(t, _SPOKE * float(v)) for t, v in zip(turns, known, strict=True))
        if whole else "",
    }  # fmt: skip


def bars(
    title: str, rows: Sequence[tuple[str, Decimal]], mark: Decimal, mark_label: str
) -> dict[str, Any]:
    """This function will draw a bar for each share in percent, and one mark across them all.

    A share above one hundred stops at the edge: its figure, beside, does not.
    """
    drawn = [
        {
            "label": label, "y": int(n * _ROW), "text_y": int(n * _ROW + 12), "bar_y": int(n * _ROW + 17),
            "width": _wide(share), "text": f"{share.quantize(Decimal(1))}\u00a0%", "over": share > 100,
        }
        for n, (label, share) in enumerate(rows)
    ]  # fmt: skip
    height = int(len(rows) * _ROW)
    return {
        "title": title, "rows": drawn, "full": int(_FULL), "width": int(_FULL + 60),
        "height": height, "total": height + 18, "mark": _wide(mark), "mark_label": mark_label,
    }  # fmt: skip


def _wide(share: Decimal) -> float:
    return round(_FULL * min(max(float(share), 0.0), 100.0) / 100, 1)
