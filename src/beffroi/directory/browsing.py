"""What the public browses: needs, audiences, lists of services, houses, emergency numbers."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from beffroi.directory.briefs import Number
from beffroi.directory.enums import FactKind, FactState, ServiceStatus
from beffroi.directory.models import EmergencyNumber, Fact, Place, Service, ServiceText, Term

HOUSE_LANGUAGE = "fr"
#: Texts of a service: `own` in the language of the page, `house` in French where it has none.
_CARD = (
    "pk", "key", "name", "status", "is_local",
    "own__name", "own__summary", "house__name", "house__summary",
)  # fmt: skip


@dataclass(frozen=True)
class ServiceCard:
    """A service as lists show it; `lang` is the language its name and summary are in."""

    id: UUID
    key: str
    name: str
    summary: str
    lang: str
    status: str
    is_local: bool

    @property
    def exists(self) -> bool:
        """This property says whether a person of this commune can use it today."""
        return self.status == ServiceStatus.RUNNING and self.is_local


@dataclass(frozen=True)
class TermLine:
    """A need or an audience, in the language of the page."""

    key: str
    label: str
    hint: str
    services: int = 0


@dataclass(frozen=True)
class HouseLine:
    """A neighbourhood house: its name, where it is, and its numbers as documents give them."""

    key: str
    name: str
    lang: str
    locality: str
    phones: tuple[str, ...]


def folded(text: str) -> str:
    """This function will give `text` in lower case, without accents, to compare and to sort."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def with_texts(services: QuerySet[Service], lang: str) -> QuerySet[Service]:
    """This function will join to services their text in `lang` and their French one."""
    return services.annotate(
        own=FilteredRelation("texts", condition=Q(texts__lang=lang)),
        house=FilteredRelation("texts", condition=Q(texts__lang=HOUSE_LANGUAGE)),
    )


def _card(row: tuple[Any, ...], lang: str) -> ServiceCard:
    pk, key, name, status, is_local, own_name, own_summary, house_name, house_summary = row
    spoken = lang if own_name else HOUSE_LANGUAGE
    return ServiceCard(
        pk, key, own_name or house_name or name, (own_summary if own_name else house_summary) or "",
        spoken, status, is_local,
    )  # fmt: skip


class CardList(Sequence[ServiceCard]):
    """Services in an order, read a page at a time."""

    def __init__(self, services: QuerySet[Service], lang: str) -> None:
        self._services, self._lang = services, lang
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._services.count()
        return self._count

    def __iter__(self) -> Iterator[ServiceCard]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> ServiceCard: ...

    @overload
    def __getitem__(self, part: slice) -> list[ServiceCard]: ...

    def __getitem__(self, part: int | slice) -> ServiceCard | list[ServiceCard]:
        rows = with_texts(self._services, self._lang).values_list(*_CARD)
        if isinstance(part, int):
            return _card(rows[part], self._lang)
        return [_card(row, self._lang) for row in rows[part]]


def _usable_first() -> Case:
    return Case(
        When(status=ServiceStatus.RUNNING, is_local=True, then=Value(0)),
        When(status=ServiceStatus.SUSPENDED, is_local=True, then=Value(1)),
        When(status=ServiceStatus.PLANNED, is_local=True, then=Value(2)),
        default=Value(3),
    )


def terms(taxonomy: str, lang: str) -> list[TermLine]:
    """This function will give the needs (or the audiences) with how many services each has."""
    counted = Count("service_terms", filter=Q(service_terms__service__is_listed=True))
    rows = Term.objects.filter(taxonomy__key=taxonomy).annotate(n=counted)
    rows = rows.order_by("position", "key")
    return [
        TermLine(key, labels.get(lang) or labels.get("fr", key), _said(hints, lang), n)
        for key, labels, hints, n in rows.values_list("key", "labels", "hints", "n")
    ]


def _said(texts: dict[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get(HOUSE_LANGUAGE, "")


def services_under(taxonomy: str, term: str, lang: str) -> CardList:
    """This function will give the services of a need or an audience, what can be used first."""
    services = Service.objects.filter(
        is_listed=True, service_terms__term__key=term, service_terms__term__taxonomy__key=taxonomy
    )
    return CardList(
        services.order_by(_usable_first(), "service_terms__position", "name", "pk"), lang
    )


def cards(keys: Iterable[str], lang: str) -> list[ServiceCard]:
    """This function will give the published services with these keys, in the order of the keys."""
    wanted = list(keys)
    rows = with_texts(Service.objects.filter(is_listed=True, key__in=wanted), lang)
    found = {row[1]: _card(row, lang) for row in rows.values_list(*_CARD)}
    return [found[key] for key in wanted if key in found]


def all_services(lang: str, name: str = "") -> list[ServiceCard]:
    """This function will give every published service from A to Z, or those with `name` in theirs."""
    rows = with_texts(Service.objects.filter(is_listed=True).order_by(), lang).values_list(*_CARD)
    found = [_card(row, lang) for row in rows]
    parts = folded(name).split()
    if parts:
        found = [card for card in found if all(part in folded(card.name) for part in parts)]
    return sorted(found, key=lambda card: (sorting_key(card.name), card.key))


def sorting_key(name: str) -> str:
    """This function will give what a name is sorted by: its letters and figures alone."""
    return "".join(c for c in folded(name) if c.isalnum() or c == " ").strip()


def houses(lang: str) -> list[HouseLine]:
    """This function will give the neighbourhood houses and the numbers that documents give them.

    A house is named as its own service is, in `lang` where that service has a text in it.
    """
    phones = Fact.objects.filter(kind=FactKind.PHONE).exclude(state=FactState.REJECTED)
    own = ServiceText.objects.filter(service__key=OuterRef("key"), lang=lang).values("name")[:1]
    rows = Place.objects.filter(is_house=True).order_by("locality", "name")
    return [
        HouseLine(
            place.key, place.said or place.name, lang if place.said else HOUSE_LANGUAGE,
            place.locality, tuple(dict.fromkeys(f.value.get("shown", f.text) for f in place.facts.all())),
        )
        for place in rows.annotate(said=Subquery(own)).prefetch_related(
            Prefetch("facts", phones.order_by("pk"))
        )
    ]  # fmt: skip


def emergency_numbers(danger: str, langs: Iterable[str], shown_in: str) -> list[Number]:
    """This function will give whom to call in this danger; a line in one of `langs` only comes first.

    A line that answers in another language only comes last. Labels are in `shown_in`.
    """
    spoken = set(langs)
    rows = EmergencyNumber.objects.filter(danger=danger).values_list(
        "number", "labels", "only_lang"
    )
    ranked = sorted(
        rows.order_by("position"),
        key=lambda row: 1 if not row[2] else 0 if row[2] in spoken else 2,
    )
    return [Number(number, _said(labels, shown_in)) for number, labels, _only in ranked]


def published_keys() -> list[tuple[str, Any]]:
    """This function will give the key of each published service and when it last changed."""
    return list(
        Service.objects.filter(is_listed=True).order_by("key").values_list("key", "modified_at")
    )


def place_keys() -> list[str]:
    """This function will give the key of each place, in order."""
    return list(Place.objects.order_by("key").values_list("key", flat=True))
