"""Where the dates that anybody may know take place: a map, and the list that says the same."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from beffroi.directory.whereabouts import whereabouts_of
from beffroi.web.place_maps import map_of_places


def where_it_happens(dates: Iterable[dict[str, Any]], day: date) -> dict[str, Any]:
    """This function will give the places of announced dates, by name, with their map, in one query."""
    held = {one["place_id"]: one for one in dates}
    found = whereabouts_of({pk: one["located"] for pk, one in held.items()}, day)
    ranked = sorted(held, key=lambda pk: (held[pk]["place"], str(pk)))
    spots = [found[pk].spot for pk in ranked]
    return {
        "map": map_of_places(_("Où cela se passe"), spots), "lost": spots.count(None),
        "places": [
            {
                "name": held[pk]["place"], "url": held[pk]["place_url"],
                "address": found[pk].address, "is_disputed": found[pk].is_disputed,
                "locality": _beside(found[pk].address, held[pk]["located"][0]),
            }
            for pk in ranked
        ],
    }  # fmt: skip


def _beside(address: str, locality: str) -> str:
    """The locality, unless the address says it."""
    return "" if locality in address else locality
