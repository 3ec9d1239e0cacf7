"""Where places are drawn: the spot an editor entered, else the middle of their locality."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.middles import Precision, Spot, middle_of
from beffroi.directory.models import Fact
from beffroi.directory.place_queries import in_force


@dataclass(frozen=True)
class Whereabouts:
    """Where a place is drawn, if anything tells, and its address where documents agree on it."""

    spot: Spot | None
    address: str
    is_disputed: bool


def whereabouts_of(places: Mapping[UUID, tuple[str, str]], day: date) -> dict[UUID, Whereabouts]:
    """This function will tell where places (locality and postcode by key) are, in one query.

    A fact of coordinates that stands on `day` wins over the middle of the locality.
    """
    kinds = (FactKind.COORDINATES, FactKind.ADDRESS)
    facts = in_force(Fact.objects.filter(place__in=list(places), kind__in=kinds), day)
    exact: dict[UUID, tuple[float, float]] = {}
    said: dict[UUID, list[Fact]] = {}
    for fact in facts.order_by("pk") if places else ():
        if fact.place_id is None:
            continue
        if fact.kind == FactKind.ADDRESS:
            said.setdefault(fact.place_id, []).append(fact)
        elif {"latitude", "longitude"} <= fact.value.keys():
            spot = float(fact.value["latitude"]), float(fact.value["longitude"])
            exact[fact.place_id] = spot
    return {
        pk: Whereabouts(_spot(exact.get(pk), *words), *_address(said.get(pk, [])))
        for pk, words in places.items()
    }


def _spot(exact: tuple[float, float] | None, locality: str, postal_code: str) -> Spot | None:
    return Spot(*exact, Precision.EXACT, locality) if exact else middle_of(locality, postal_code)


def _address(facts: list[Fact]) -> tuple[str, bool]:
    if any(fact.state == FactState.DISPUTED for fact in facts):
        return "", True
    return facts[0].text if facts else "", False
