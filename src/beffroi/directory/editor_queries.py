"""What the editor reads: lists with what is to be done, an entry whole, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from beffroi.core.dates import add_months
from beffroi.directory.enums import ContradictionState, FactKind, FactState, ServiceStatus
from beffroi.directory.models import (
    AlertPlan,
    Closure,
    Contradiction,
    EmergencyNumber,
    Fact,
    Place,
    Service,
    ServiceTerm,
    Source,
    Statement,
    Term,
)
from beffroi.directory.quality import Completeness, completeness_of
from beffroi.directory.values import phone_value
from beffroi.directory.work_to_do import Unknowns, holding, unknowns_of_places, unknowns_of_services

_OPEN = Q(contradictions__state=ContradictionState.OPEN)


@dataclass(frozen=True)
class ServiceRow:
    """A service in the editor's list."""

    service: Service
    completeness: Completeness
    unknown: tuple[FactKind, ...]
    open_contradictions: int
    next_review_date: date | None
    is_due: bool


def next_review_date(service: Service) -> date | None:
    """This function will give the day the entry is due, or None when nobody ever read it."""
    if service.reviewed_on is None:
        return None
    return add_months(service.reviewed_on, service.review_every_months)


def service_rows(
    services: QuerySet[Service],
    day: date,
    *,
    words: str = "",
    status: str = "",
    published: str = "",
    lacking: str = "",
    sort: str = "",
) -> list[ServiceRow]:
    """This function will give the services that match, with what each lacks on `day`.

    `published` is "yes" or "no"; `lacking` a fact kind, "review", "contradiction" or "any";
    `sort` "completeness", "freshness", "unknown" or, by default, the name.
    """
    for word in words.split():
        services = services.filter(
            Q(name__icontains=word) | Q(key__icontains=word) | Q(category__icontains=word)
            | Q(organisation__name__icontains=word)
        )  # fmt: skip
    if status:
        services = services.filter(status=status)
    if published:
        services = services.filter(is_listed=published == "yes")
    found = list(
        services.select_related("organisation")
        .annotate(open_contradictions=Count("contradictions", filter=_OPEN, distinct=True))
        .order_by("name", "key")
    )
    unknowns = unknowns_of_services(found, day)
    scores = completeness_of(found, day, unknowns)
    rows = [
        _row(service, scores[service.pk], unknowns.by_service.get(service.pk, ()), day)
        for service in found
    ]
    return _sorted([row for row in rows if _lacks(row, lacking)], sort)


def _row(
    service: Service, score: Completeness, unknown: tuple[FactKind, ...], day: date
) -> ServiceRow:
    due = next_review_date(service)
    return ServiceRow(
        service, score, unknown, service.open_contradictions,  # type: ignore[attr-defined]
        due, due is None or due <= day,
    )  # fmt: skip


def _lacks(row: ServiceRow, lacking: str) -> bool:
    if not lacking:
        return True
    if lacking == "review":
        return row.is_due
    if lacking == "contradiction":
        return row.open_contradictions > 0
    if lacking == "any":
        return bool(row.unknown) or row.open_contradictions > 0 or row.is_due
    return lacking in row.unknown


def _sorted(rows: list[ServiceRow], sort: str) -> list[ServiceRow]:
    keys: dict[str, Any] = {
        "completeness": lambda row: row.completeness.score,
        "freshness": lambda row: row.service.reviewed_on or date.min,
        "unknown": lambda row: -len(row.unknown),
    }
    return sorted(rows, key=keys[sort]) if sort in keys else rows


def work_to_do(services: QuerySet[Service], day: date) -> Unknowns:
    """This function will count what is not known on `day`, for each kind, over `services`."""
    return unknowns_of_services(services, day)


def facts_about(thing: Service | Place) -> list[Fact]:
    """This function will give every fact about a thing, put aside or ended ones too, by kind."""
    facts = thing.facts.select_related(
        "source", "contradiction", "service", "place", "organisation"
    )
    return list(facts.order_by("kind", "pk"))


def closures_of(thing: Service | Place, day: date) -> list[Closure]:
    """This function will give the closures announced that have not ended before `day`."""
    return list(thing.closures.filter(until_date__gte=day).select_related("service", "place"))


def sources() -> QuerySet[Source]:
    """This function will give the sources known, by title."""
    return Source.objects.order_by("title")


def terms(taxonomy: str) -> QuerySet[Term]:
    """This function will give the terms of a taxonomy, in their order."""
    return Term.objects.filter(taxonomy__key=taxonomy).order_by("position", "key")


def classing_of(service: Service) -> dict[str, str]:
    """This function will give the level of each term a service is classed under, by its id."""
    rows = ServiceTerm.objects.filter(service=service).values_list("term_id", "level")
    return {str(term_id): level for term_id, level in rows}


@dataclass(frozen=True)
class PlaceRow:
    """A place in the editor's list."""

    place: Place
    unknown: tuple[FactKind, ...]
    service_count: int
    is_heated: bool
    is_cooled: bool


def place_rows(places: QuerySet[Place], day: date) -> list[PlaceRow]:
    """This function will give the places with what is not known of each, houses first."""
    found = list(places.order_by("-is_house", "name").annotate(service_count=Count("services")))
    unknown = unknowns_of_places([place.pk for place in found], day)
    comfort = comfort_of(found, day)
    return [
        PlaceRow(
            place, unknown[place.pk], place.service_count,
            bool(comfort.get(place.pk, {}).get("heated")),
            bool(comfort.get(place.pk, {}).get("cooled")),
        )
        for place in found
    ]  # fmt: skip


def comfort_of(places: Iterable[Place], day: date) -> dict[UUID, dict[str, Any]]:
    """This function will give what is known of the heating and cooling of each place."""
    facts = Fact.objects.filter(kind=FactKind.COMFORT, place__in=list(places))
    facts = facts.exclude(state=FactState.REJECTED).exclude(valid_until_date__lt=day)
    return {
        place: value
        for place, value in facts.order_by("pk").values_list("place_id", "value")
        if place
    }


def contradictions(visible: QuerySet[Contradiction]) -> QuerySet[Contradiction]:
    """This function will give the contradictions, open first, with their counts."""
    return visible.annotate(
        fact_count=Count("facts", distinct=True), service_count=Count("services", distinct=True)
    ).order_by("state", "code")


def contradiction_whole(visible: QuerySet[Contradiction], code: str) -> Contradiction | None:
    """This function will give one contradiction with its versions, facts and services.

    A code typed in small letters is the same code.
    """
    return (
        visible.filter(code__iexact=code)
        .prefetch_related(
            Prefetch("statements", Statement.objects.select_related("source")),
            Prefetch(
                "facts", Fact.objects.select_related("source", "place", "service", "organisation")
            ),
            "services",
        )
        .first()
    )


def open_contradictions_count() -> int:
    """This function will count the contradictions that nobody settled yet."""
    return Contradiction.objects.filter(state=ContradictionState.OPEN).count()


def places_by_comfort(day: date) -> list[tuple[Place, bool, bool]]:
    """This function will give every place, whether it is heated and cooled, those first."""
    rows = [
        (row.place, row.is_heated, row.is_cooled) for row in place_rows(Place.objects.all(), day)
    ]
    return sorted(rows, key=lambda row: (not (row[1] or row[2]), row[0].name))


def contacts_of(places: Iterable[Place], day: date) -> dict[UUID, dict[str, list[str]]]:
    """This function will give the addresses, phones and hours that hold on `day`, by place."""
    found: dict[UUID, dict[str, list[str]]] = {place.pk: {} for place in places}
    kinds = (FactKind.ADDRESS, FactKind.PHONE, FactKind.HOURS, FactKind.ACCESS)
    rows = Fact.objects.filter(holding(day), place__in=list(found), kind__in=kinds).order_by("pk")
    for place_id, kind, text in rows.values_list("place_id", "kind", "text"):
        if place_id:
            found[place_id].setdefault(kind, []).append(text)
    return found


@dataclass(frozen=True)
class DueFact:
    """A fact whose review day has come."""

    fact: Fact
    about: str
    since: date


@dataclass(frozen=True)
class Due:
    """All that is due for review on a day."""

    services: tuple[Service, ...]
    facts: tuple[DueFact, ...]
    numbers: tuple[EmergencyNumber, ...]
    contradictions: int
    alert_plan: AlertPlan | None

    @property
    def total(self) -> int:
        return len(self.services) + len(self.facts) + len(self.numbers) + self.contradictions


def due_for_review(day: date) -> Due:
    """This function will give what is to be read again on `day`, in 4 queries.

    A fact is due on its review day, or 30 days before its validity ends.
    """
    listed = Service.objects.filter(is_listed=True).exclude(status=ServiceStatus.ENDED)
    late = [s for s in listed if (due := next_review_date(s)) is None or due <= day]
    facts = Fact.objects.exclude(state=FactState.REJECTED).filter(
        Q(review_date__lte=day)
        | Q(valid_until_date__gte=day, valid_until_date__lte=day + timedelta(days=30))
    )
    rows = facts.select_related("source", "service", "place", "organisation").order_by(
        "source__title", "pk"
    )
    due_facts = tuple(
        DueFact(fact, str(fact.service or fact.place or fact.organisation), fact.review_date or day)
        for fact in rows
    )
    return Due(
        tuple(late),
        due_facts,
        tuple(EmergencyNumber.objects.filter(review_date__lte=day).order_by("review_date")),
        open_contradictions_count(),
        AlertPlan.objects.filter(ended_at__isnull=True, until_date__lt=day).first(),
    )


@dataclass(frozen=True)
class SourceRow:
    """A source with how many facts rest on it, and how many nobody confirmed."""

    source: Source
    facts: int
    unconfirmed: int
    last_confirmed_at: Any


def source_rows() -> list[SourceRow]:
    """This function will give each source with the facts that rest on it and their state."""
    live = ~Q(facts__state=FactState.REJECTED)
    rows = Source.objects.annotate(
        fact_count=Count("facts", filter=live),
        unconfirmed=Count("facts", filter=live & ~Q(facts__state=FactState.CONFIRMED)),
        last_confirmed_at=Max("facts__confirmed_at"),
    ).order_by("-unconfirmed", "title")
    return [SourceRow(s, s.fact_count, s.unconfirmed, s.last_confirmed_at) for s in rows]


def services_by_key(keys: Iterable[str]) -> QuerySet[Service]:
    """This function will give the services with these keys."""
    return Service.objects.filter(key__in=list(keys))


def service_choices() -> list[tuple[str, str]]:
    """This function will give the key and the name of every service, by name."""
    return list(Service.objects.order_by("name").values_list("key", "name"))


def public_contacts() -> tuple[frozenset[str], frozenset[str]]:
    """This function will give the numbers (E.164 or short) and the mail addresses of services."""
    live = Fact.objects.exclude(state=FactState.REJECTED)
    phones = {
        value.get("e164", "")
        for value in live.filter(kind=FactKind.PHONE).values_list("value", flat=True)
    }
    phones |= {
        phone_value(n)["e164"] for n in EmergencyNumber.objects.values_list("number", flat=True)
    }
    emails = {
        text.lower() for text in live.filter(kind=FactKind.EMAIL).values_list("text", flat=True)
    }
    return frozenset(phones - {""}), frozenset(emails)
