"""A small map of our own: dots where places are, each named; a list always stands beside."""

from collections.abc import Sequence
from html import escape
from math import cos, radians

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_WIDTH, _HIGH, _EDGE = 640, 360, 40
Spot = tuple[float, float]


def map_of(places: Sequence[tuple[str, Spot]]) -> SafeString:
    """This function will draw places by latitude and longitude in degrees; nothing under two."""
    if len(places) < 2:
        return SafeString("")
    north = max(spot[0] for _name, spot in places)
    west = min(spot[1] for _name, spot in places)
    squeeze = cos(radians(north))
    flat = [(name, (spot[1] - west) * squeeze, north - spot[0]) for name, spot in places]
    wide, high = max(x for _n, x, _y in flat), max(y for _n, _x, y in flat)
    scale = min((_WIDTH - 4 * _EDGE) / (wide or 1), (_HIGH - 2 * _EDGE) / (high or 1))
    parts = []
    for name, x, y in sorted(flat):
        across, down = round(_EDGE + x * scale, 1), round(_EDGE + y * scale, 1)
        end = across > _WIDTH / 2
        parts.append(f'<circle class="spot" cx="{across}" cy="{down}" r="7" fill="#a8481a"/>')
        parts.append(
            f'<text class="ink" x="{across + (-12 if end else 12)}" y="{down + 5}" font-size="13" '
            f'text-anchor="{"end" if end else "start"}" fill="#1d2530">{escape(name)}</text>'
        )
    title = escape(_("Où cela se passe"))
    return mark_safe(  # noqa: S308 — drawn here, every name escaped
        f'<svg class="chart map" viewBox="0 0 {_WIDTH} {_HIGH}" role="img" aria-label="{title}">'
        f"{''.join(parts)}</svg>"
    )
