"""What other directories may read: published services, whole, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.models import (
    Closure,
    Fact,
    Organisation,
    Place,
    Service,
    ServicePlace,
    ServiceTerm,
    ServiceText,
    Taxonomy,
    Term,
)

#: Kinds that are worth giving before they begin.
_AHEAD = frozenset({FactKind.HOURS, FactKind.PRICE, FactKind.ACTIVITY})
Facts = Mapping[str, list[Fact]]
_NONE: Facts = {}


@dataclass(frozen=True)
class PublishedPlace:
    """A place where a service is offered, with what is known of it."""

    link_id: UUID
    place: Place
    facts: Facts
    closures: Sequence[Closure] = ()


@dataclass(frozen=True)
class Published:
    """A service with everything known of it on a day; nothing that was set aside."""

    service: Service
    texts: Mapping[str, ServiceText]
    facts: Facts
    organisation_facts: Facts
    places: Sequence[PublishedPlace] = ()
    terms: Sequence[ServiceTerm] = ()
    closures: Sequence[Closure] = ()

    @property
    def text(self) -> ServiceText | None:
        """This property gives the French text, or another when there is none in French."""
        return self.texts.get("fr") or next(iter(self.texts.values()), None)

    @property
    def description(self) -> str:
        """This property says what the service is: its summary, then what happens."""
        text = self.text
        if text is None:
            return " ; ".join(fact.text for fact in self.facts.get(FactKind.DETAIL, []))
        if text.what_happens.startswith(text.summary.rstrip("…")):
            return text.what_happens
        return "\n\n".join(part for part in (text.summary, text.what_happens) if part)

    def facts_of(self, *kinds: str) -> list[Fact]:
        """This function will give the facts of these kinds, of the service itself first."""
        own = [fact for kind in kinds for fact in self.facts.get(kind, [])]
        there = [
            fact for place in self.places for kind in kinds for fact in place.facts.get(kind, [])
        ]
        return own + there


@dataclass(frozen=True)
class PublishedOrganisation:
    """An organisation that offers at least one published service."""

    organisation: Organisation
    facts: Facts
    services: Sequence[Service] = ()
    places: Sequence[PublishedPlace] = field(default=())


@dataclass(frozen=True)
class Filters:
    """What published services are narrowed to; each filter narrows further."""

    term: UUID | None = None
    taxonomy: UUID | None = None
    organisation: UUID | None = None
    status: str = ""
    modified_after: datetime | None = None

    def __bool__(self) -> bool:
        return self != Filters()


def published_services(filters: Filters | None = None) -> QuerySet[Service]:
    """This function will give the services that the public may read, by name."""
    rows = Service.objects.filter(is_listed=True)
    if filters is not None:
        rows = _narrowed(rows, filters)
    return rows.select_related("organisation").order_by("name", "pk")


def _narrowed(rows: QuerySet[Service], filters: Filters) -> QuerySet[Service]:
    """Classes are subqueries, so that no service comes twice."""
    if filters.term:
        rows = rows.filter(pk__in=ServiceTerm.objects.filter(term=filters.term).values("service"))
    if filters.taxonomy:
        classed = ServiceTerm.objects.filter(term__taxonomy=filters.taxonomy)
        rows = rows.filter(pk__in=classed.values("service"))
    if filters.organisation:
        rows = rows.filter(organisation=filters.organisation)
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.modified_after:
        rows = rows.filter(modified_at__gte=filters.modified_after)
    return rows


def published_organisations(filters: Filters | None = None) -> QuerySet[Organisation]:
    """This function will give the organisations with a published service, by name."""
    listed = published_services(filters).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=listed).order_by("name", "pk")


def published_service_places(filters: Filters | None = None) -> QuerySet[ServicePlace]:
    """This function will give each published service at each of its places."""
    offered = ServicePlace.objects.filter(service__is_listed=True)
    if filters:
        offered = offered.filter(service__in=published_services(filters).order_by().values("pk"))
    return offered.select_related("place", "service__organisation").order_by("service__name", "pk")


def published_taxonomies() -> QuerySet[Taxonomy]:
    """This function will give the taxonomies that class a published service."""
    used = ServiceTerm.objects.filter(service__is_listed=True).values("term__taxonomy")
    return Taxonomy.objects.filter(pk__in=used).order_by("key")


def published_terms() -> QuerySet[Term]:
    """This function will give every term of the taxonomies that are used."""
    return (
        Term.objects.filter(taxonomy__in=published_taxonomies().order_by().values("pk"))
        .select_related("taxonomy")
        .order_by("taxonomy__key", "position", "key", "pk")
    )


def whole(services: Iterable[Service], on: date, *, deep: bool = True) -> list[Published]:
    """This function will give each service with what is known of it on the day `on`.

    Without `deep`, places, classes and closures stay out: 2 queries instead of 5.
    """
    rows = list(services)
    ids = [service.pk for service in rows]
    texts: dict[UUID, dict[str, ServiceText]] = defaultdict(dict)
    for text in ServiceText.objects.filter(service__in=ids).order_by("lang"):
        texts[text.service_id][text.lang] = text
    places = _service_places(ids) if deep else {}
    about = Q(service__in=ids) | Q(organisation__in={s.organisation_id for s in rows})
    if deep:
        about |= Q(place__in={link.place_id for links in places.values() for link in links})
    facts = facts_on(about, on)
    terms = _terms(ids) if deep else {}
    closures = _closures(ids, places, on) if deep else {}
    return [
        Published(
            service=service,
            texts=texts.get(service.pk, {}),
            facts=facts.get(service.pk, _NONE),
            organisation_facts=facts.get(service.organisation_id, _NONE),
            places=[
                PublishedPlace(
                    link.pk, link.place, facts.get(link.place_id, _NONE),
                    closures.get(link.place_id, ()),
                )
                for link in places.get(service.pk, [])
            ],
            terms=terms.get(service.pk, []),
            closures=closures.get(service.pk, ()),
        )
        for service in rows
    ]  # fmt: skip


def whole_organisations(
    organisations: Iterable[Organisation], on: date, *, deep: bool = False
) -> list[PublishedOrganisation]:
    """This function will give organisations with their facts; their services when `deep`."""
    rows = list(organisations)
    ids = [row.pk for row in rows]
    offered: dict[UUID, list[Service]] = defaultdict(list)
    places: dict[UUID, list[Place]] = defaultdict(list)
    about = Q(organisation__in=ids)
    if deep:
        for service in Service.objects.filter(is_listed=True, organisation__in=ids).order_by(
            "name"
        ):
            offered[service.organisation_id].append(service)
        shown = Place.objects.filter(
            organisation__in=ids, service_places__service__is_listed=True
        ).distinct()
        for place in shown.order_by("name", "pk"):
            if place.organisation_id is not None:
                places[place.organisation_id].append(place)
        about |= Q(place__in={p.pk for found in places.values() for p in found})
    facts = facts_on(about, on)
    return [
        PublishedOrganisation(
            row,
            facts.get(row.pk, _NONE),
            offered.get(row.pk, []),
            [PublishedPlace(p.pk, p, facts.get(p.pk, _NONE)) for p in places.get(row.pk, [])],
        )
        for row in rows
    ]


def organisations_with_services(
    organisations: Iterable[Organisation], on: date
) -> list[tuple[PublishedOrganisation, list[Published]]]:
    """This function will give organisations with each of their services whole, in 6 queries."""
    rows = list(organisations)
    offered: dict[UUID, list[Published]] = defaultdict(list)
    for found in whole(published_services().filter(organisation__in=[r.pk for r in rows]), on):
        offered[found.service.organisation_id].append(found)
    shown = []
    for row in rows:
        services = offered[row.pk]
        places = {
            there.place.pk: there
            for found in services
            for there in found.places
            if there.place.organisation_id == row.pk
        }
        facts = services[0].organisation_facts if services else _NONE
        own = PublishedOrganisation(row, facts, [f.service for f in services], [*places.values()])
        shown.append((own, services))
    return shown


def facts_on(about: Q, on: date) -> dict[UUID, dict[str, list[Fact]]]:
    """This function will give the facts that hold on a day, by thing and kind.

    Those set aside are never given; hours and prices to come are.
    """
    rows = (
        Fact.objects.filter(about)
        .exclude(state=FactState.REJECTED)
        .filter(Q(valid_until_date__isnull=True) | Q(valid_until_date__gte=on))
        .filter(Q(valid_from_date__isnull=True) | Q(valid_from_date__lte=on) | Q(kind__in=_AHEAD))
        .select_related("source", "contradiction")
        .order_by("pk")
    )
    found: dict[UUID, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in rows:
        thing = fact.service_id or fact.place_id or fact.organisation_id
        if thing is not None:
            found[thing][fact.kind].append(fact)
    return found


def _service_places(ids: Sequence[UUID]) -> dict[UUID, list[ServicePlace]]:
    found: dict[UUID, list[ServicePlace]] = defaultdict(list)
    rows = ServicePlace.objects.filter(service__in=ids).select_related("place")
    for link in rows.order_by("place__name", "pk"):
        found[link.service_id].append(link)
    return found


def _terms(ids: Sequence[UUID]) -> dict[UUID, list[ServiceTerm]]:
    found: dict[UUID, list[ServiceTerm]] = defaultdict(list)
    rows = ServiceTerm.objects.filter(service__in=ids).select_related("term__taxonomy")
    for row in rows.order_by("term__taxonomy__key", "position", "pk"):
        found[row.service_id].append(row)
    return found


def _closures(
    ids: Sequence[UUID], places: Mapping[UUID, list[ServicePlace]], on: date
) -> dict[UUID, list[Closure]]:
    """Closures under way or to come, of the services and of their places."""
    there = {link.place_id for links in places.values() for link in links}
    rows = Closure.objects.filter(Q(service__in=ids) | Q(place__in=there), until_date__gte=on)
    found: dict[UUID, list[Closure]] = defaultdict(list)
    for row in rows.order_by("from_date", "pk"):
        thing = row.service_id or row.place_id
        if thing is not None:
            found[thing].append(row)
    return found


#: The types that the doors name when they say these things in another's words.
__all__ = [
    "Closure",
    "Fact",
    "Facts",
    "Filters",
    "Place",
    "Published",
    "PublishedOrganisation",
    "PublishedPlace",
    "Service",
    "ServicePlace",
    "ServiceTerm",
    "facts_on",
    "organisations_with_services",
    "published_organisations",
    "published_service_places",
    "published_services",
    "published_taxonomies",
    "published_terms",
    "whole",
    "whole_organisations",
]
