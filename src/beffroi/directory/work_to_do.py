"""What no document says: each unknown of a service or a place is counted as work to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from beffroi.directory.enums import FactKind, FactState, ServiceStatus, TextBasis
from beffroi.directory.models import Fact, Service, ServicePlace, ServiceText

#: What a person needs to know of a service before she comes.
OF_SERVICE = (
    FactKind.PHONE,
    FactKind.ADDRESS,
    FactKind.HOURS,
    FactKind.PRICE,
    FactKind.LANGUAGE,
    FactKind.ACCESSIBILITY,
    FactKind.DOCUMENT,
    FactKind.EMAIL,
)
OF_PLACE = (
    FactKind.PHONE,
    FactKind.ADDRESS,
    FactKind.HOURS,
    FactKind.ACCESSIBILITY,
    FactKind.COMFORT,
)
#: What a service may know through the place where it is offered.
_FROM_PLACE = (FactKind.PHONE, FactKind.ADDRESS, FactKind.HOURS, FactKind.ACCESSIBILITY)
#: A service that is only planned, or has ended, owes nobody its hours.
_OWING = (ServiceStatus.RUNNING, ServiceStatus.SUSPENDED)


@dataclass(frozen=True)
class Unknowns:
    """What is not known of each service, by its id, and the totals for each kind."""

    by_service: Mapping[UUID, tuple[FactKind, ...]]
    totals: Mapping[FactKind, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def holding(day: date) -> Q:
    """This function will give the condition of a fact that holds on `day`."""
    return ~Q(state=FactState.REJECTED) & (
        Q(valid_until_date__isnull=True) | Q(valid_until_date__gte=day)
    )


def unknowns_of_services(services: Iterable[Service], day: date) -> Unknowns:
    """This function will list the kinds not known on `day` of each of `services`, in 4 queries."""
    rows = [service for service in services if service.status in _OWING]
    keys = [service.pk for service in rows]
    known: dict[Any, set[str]] = {key: set() for key in keys}
    at_places: dict[Any, list[Any]] = {}
    for service_id, place_id in ServicePlace.objects.filter(service__in=keys).values_list(
        "service_id", "place_id"
    ):
        at_places.setdefault(place_id, []).append(service_id)
    held = Fact.objects.filter(holding(day))
    for service_id, kind in held.filter(service__in=keys, kind__in=OF_SERVICE).values_list(
        "service_id", "kind"
    ):
        known[service_id].add(kind)
    for place_id, kind in held.filter(place__in=list(at_places), kind__in=_FROM_PLACE).values_list(
        "place_id", "kind"
    ):
        for service_id in at_places[place_id]:
            known[service_id].add(kind)
    bringing = ServiceText.objects.filter(service__in=keys, lang="fr", basis=TextBasis.SOURCE)
    for service_id in bringing.exclude(bring="").values_list("service_id", flat=True):
        known[service_id].add(FactKind.DOCUMENT)
    lacking = {key: tuple(k for k in OF_SERVICE if k not in kinds) for key, kinds in known.items()}
    totals = {kind: sum(kind in kinds for kinds in lacking.values()) for kind in OF_SERVICE}
    return Unknowns(lacking, totals)


def unknowns_of_places(place_ids: Iterable[UUID], day: date) -> dict[UUID, tuple[FactKind, ...]]:
    """This function will list the kinds not known on `day` of each place, in one query."""
    known: dict[UUID, set[str]] = {key: set() for key in place_ids}
    held = Fact.objects.filter(holding(day), place__in=list(known), kind__in=OF_PLACE)
    for place_id, kind in held.values_list("place_id", "kind"):
        known[place_id].add(kind)
    return {key: tuple(k for k in OF_PLACE if k not in kinds) for key, kinds in known.items()}
