"""Maps of places of the directory, for the board and the public pages: what each mark says."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.directory.briefs import own_commune
from beffroi.directory.middles import Precision, Spot, middle_of, outline_of
from beffroi.web import maps


def map_of_places(title: str, spots: Sequence[Spot | None]) -> dict[str, Any]:
    """This function will draw places numbered from 1 in their order; those without a spot are left out."""
    marks = [
        maps.Mark(str(rank), *one.point, one.precision == Precision.EXACT, one.name)
        for rank, one in enumerate(spots, 1)
        if one
    ]
    said = ngettext("%(n)s lieu, numéroté comme dans la liste.", "%(n)s lieux, numérotés comme dans la liste.", len(marks)) % {"n": len(marks)}  # fmt: skip
    drawing = _drawn(title, said, marks)
    if any(one and one.precision == Precision.COMMUNE for one in spots):
        drawing["has_commune"] = True
    return drawing


def map_of_localities(title: str, counts: Sequence[tuple[str, str, int]]) -> dict[str, Any]:
    """This function will draw one mark for each locality (name, postcode, count), with its count."""
    by_middle: dict[tuple[float, float], tuple[str, int]] = {}
    for locality, postal_code, count in counts:
        if spot := middle_of(locality, postal_code):
            name, before = by_middle.get(spot.point, (spot.name, 0))
            by_middle[spot.point] = name, before + count
    marks = [
        maps.Mark(str(count), *point, False, name) for point, (name, count) in by_middle.items()
    ]
    said = ", ".join(f"{name} ({count})" for name, count in by_middle.values())
    return {**_drawn(title, said, marks), "is_counted": True}


def _drawn(title: str, said: str, marks: Sequence[maps.Mark]) -> dict[str, Any]:
    north = _("Carte de %(commune)s, le nord en haut.") % {"commune": own_commune()["name"]}
    outline = outline_of(str(settings.BEFFROI_COMMUNE["nis"]))
    return maps.drawn(title, f"{north} {said}", marks, outline)
