"""What the public reads beside services and places: plans, numbers, cards, bodies, sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from beffroi.directory.enums import ContradictionState, FactKind, FactState, ServiceStatus
from beffroi.directory.models import (
    AlertPlan,
    EmergencyNumber,
    Fact,
    Organisation,
    Service,
    Source,
)
from beffroi.directory.place_parts import PlaceRow
from beffroi.directory.place_queries import in_force, in_lang, places, rows_of


@dataclass(frozen=True)
class AlertPage:
    """A cold or heat plan: what to do, where to go, whom to call."""

    kind: str
    title: str
    text: str
    phone: str
    until_date: date | None
    places: tuple[PlaceRow, ...]


def alert_page(lang: str, day: date) -> AlertPage | None:
    """This function will give the plan that is on with its places, in four queries, or None."""
    plan = (
        AlertPlan.objects.filter(ended_at__isnull=True)
        .prefetch_related(Prefetch("places", places(lang)))
        .first()
    )
    if plan is None:
        return None
    ordered = sorted(plan.places.all(), key=lambda p: (p.postal_code, p.name))
    return AlertPage(
        plan.kind, plan.get_kind_display(), in_lang(lang, plan.messages), plan.phone,
        plan.until_date, tuple(rows_of(ordered, day)),
    )  # fmt: skip


def comfortable_places(day: date, lang: str = "fr") -> list[PlaceRow]:
    """This function will give the places known to be heated or cooled, in three queries."""
    known = in_force(Fact.objects.filter(kind=FactKind.COMFORT), day)
    known = known.exclude(state=FactState.DISPUTED)
    return rows_of(places(lang).filter(facts__in=known).distinct(), day)


@dataclass(frozen=True)
class Number:
    """A number to call in a danger."""

    number: str
    label: str
    is_confirmed: bool


def emergency_numbers(dangers: Sequence[str], lang: str) -> list[Number]:
    """This function will give the numbers for these dangers, each once, in a language."""
    order = {danger: rank for rank, danger in enumerate(dangers)}
    rows = [
        r for r in EmergencyNumber.objects.filter(danger__in=dangers) if r.only_lang in ("", lang)
    ]
    rows.sort(key=lambda row: (order[row.danger], row.position))
    found: dict[str, Number] = {}
    for row in rows:
        label = in_lang(lang, row.labels)
        found.setdefault(row.number, Number(row.number, label, row.confirmed_at is not None))
    return list(found.values())


@dataclass(frozen=True)
class Card:
    """A service on a sheet of paper in large print."""

    key: str
    name: str
    summary: str
    status: ServiceStatus
    is_local: bool
    phones: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    bring: str = ""
    notes: tuple[str, ...] = ()


def service_card(key: str, lang: str, day: date) -> Card | None:
    """This function will give what a person takes away of a service, in six queries, or None."""
    service = (
        Service.objects.filter(key=key, is_listed=True)
        .prefetch_related("texts", "places", "contradictions")
        .select_related("organisation")
        .first()
    )
    if service is None:
        return None
    at_places = list(service.places.all())
    kinds = (FactKind.PHONE, FactKind.ADDRESS, FactKind.HOURS, FactKind.PRICE, FactKind.HOW)
    facts = in_force(
        Fact.objects.filter(Q(service=service) | Q(place__in=at_places), kind__in=kinds), day
    ).order_by("pk")
    said: dict[str, list[str]] = {}
    for fact in facts:
        text = fact.value.get("shown", fact.text) if fact.kind == FactKind.PHONE else fact.text
        if text not in said.setdefault(fact.kind, []):
            said[fact.kind].append(text)
    text = {t.lang: t for t in service.texts.all()}
    shown = text.get(lang) or text.get("fr")
    lines = [(str(kind.label), " / ".join(said[kind])) for kind in kinds[1:] if said.get(kind)]
    return Card(
        service.key, shown.name if shown else service.name, shown.summary if shown else "",
        ServiceStatus(service.status), service.is_local, tuple(said.get(FactKind.PHONE, ())),
        tuple(lines), shown.bring if shown else "",
        tuple(n for n in (in_lang(lang, c.public_notes) for c in service.contradictions.all()
                          if c.state == ContradictionState.OPEN) if n),
    )  # fmt: skip


def source(key: str) -> Source | None:
    """This function will give a document by its key, if it is known."""
    return Source.objects.filter(key=key).first()


@dataclass(frozen=True)
class Body:
    """A public body outside the commune: its site and its number, to be confirmed by an editor."""

    name: str
    description: str
    url: str
    phones: tuple[str, ...]
    is_confirmed: bool


def bodies(keys: Sequence[str]) -> dict[str, Body]:
    """This function will give these bodies by key, in two queries."""
    facts = Fact.objects.filter(kind=FactKind.PHONE).exclude(state=FactState.REJECTED)
    rows = Organisation.objects.filter(key__in=keys).prefetch_related(Prefetch("facts", facts))
    return {
        row.key: Body(
            row.name, row.description, row.url,
            tuple(f.value.get("shown", f.text) for f in row.facts.all()),
            any(f.state == FactState.CONFIRMED for f in row.facts.all()),
        )
        for row in rows
    }  # fmt: skip


def sources() -> list[Source]:
    """This function will give the documents from which facts come, by title."""
    return list(Source.objects.order_by("title"))
