"""The labour court of the place where a person lives, with the address printed in decisions."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from beffroi.documents.letters.facts import DATA


@dataclass(frozen=True)
class Court:
    """A court as a letter names it; where its address was read, and what is to be confirmed."""

    name: str
    address: str
    source: str
    read_on: str
    note: str
    is_verified: bool


@lru_cache(maxsize=1)
def _divisions() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((DATA / "courts.yaml").read_text(encoding="utf-8"))
    return dict(content["divisions"])


@lru_cache(maxsize=64)
def competent_court(nis: str, day: date) -> Court | None:
    """This function will give the labour court for a commune on a day, when it is known whole.

    A court in divisions is known only once the commune's division is entered in `courts.yaml`.
    """
    import belgica  # heavy: tables of the whole country

    courts = belgica.find_courts_with_jurisdiction(nis, "labour-court", day)
    if len(courts) != 1:
        return None
    found, row = courts[0], _divisions().get(nis)
    divisions = {one["id"]: one for one in belgica.get_divisions(found["id"], day)}
    if divisions and row is None:
        return None
    seat: dict[str, Any] = dict(divisions[row["division"]] if row else found)
    address = seat.get("address")
    if not address:
        return None
    return Court(
        name=_name(seat["name"]),
        address=f"{_street(address['street'])}, {address['postalCode']} {address['city']}",
        source=seat["sources"][0]["url"],
        read_on=seat["sources"][0]["retrieved"],
        note=row.get("note", "") if row else "",
        is_verified=bool(row and row["status"] == "read"),
    )


def _name(names: dict[str, str]) -> str:
    name = names.get("fr") or next(iter(names.values()))
    return name.replace(" - division", ", division")


def _street(street: str) -> str:
    return street.replace(", ", " ")
