"""Where published services are: by postcode and by distance, where coordinates are known."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.middles import metres_between
from beffroi.directory.models import Fact, Locality, ServicePlace

_known: dict[str, frozenset[str]] = {}


def serving(links: QuerySet[ServicePlace], postcode: str) -> QuerySet[ServicePlace]:
    """This function will keep what is offered in `postcode` or says that it serves it."""
    area = Fact.objects.filter(kind=FactKind.AREA, service__isnull=False).exclude(
        state=FactState.REJECTED
    )
    names = Q(text__icontains=postcode)
    for nis in _communes(postcode[:4]):
        names |= Q(value__nis=nis)
    return links.filter(
        Q(place__postal_code=postcode) | Q(service__in=area.filter(names).values("service"))
    )


def within(
    links: QuerySet[ServicePlace], metres: int, postcode: str, nis: str
) -> QuerySet[ServicePlace]:
    """This function will keep the places within `metres` of the middle of `postcode`.

    The middle is that of the places we know there; without a postcode, of the commune `nis`.
    Nothing is kept where no place with coordinates tells the middle.
    """
    spots = _spots()
    codes = (
        {postcode}
        if postcode
        else set(Locality.objects.filter(commune=nis).values_list("postal_code", flat=True))
    )
    middle = _middle(spot for code, _, spot in spots if code in codes)
    if middle is None:
        return links.none()
    near = [place for _, place, spot in spots if metres_between(middle, spot) <= metres]
    return links.filter(place__in=near)


def _communes(postcode: str) -> frozenset[str]:
    """The communes of a postcode; what the law has drawn is remembered."""
    if postcode not in _known:
        found = Locality.objects.filter(postal_code=postcode).values_list("commune", flat=True)
        communes = frozenset(found)
        if not communes:
            return communes
        _known[postcode] = communes
    return _known[postcode]


def _spots() -> list[tuple[str, UUID, tuple[float, float]]]:
    """Postcode, place and coordinates of each published place that has them."""
    rows = (
        Fact.objects.filter(
            kind=FactKind.COORDINATES, place__service_places__service__is_listed=True
        )
        .exclude(state=FactState.REJECTED)
        .distinct()
        .values_list("place__postal_code", "place_id", "value")
    )
    return [
        (code, place, (float(value["latitude"]), float(value["longitude"])))
        for code, place, value in rows
        if place is not None and "latitude" in value and "longitude" in value
    ]


def _middle(spots: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    known = list(spots)
    if not known:
        return None
    return sum(s[0] for s in known) / len(known), sum(s[1] for s in known) / len(known)
