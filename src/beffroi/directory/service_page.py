"""All that the page of one service shows, in five queries, whatever its size."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from beffroi.directory.browsing import CardList, ServiceCard, TermLine, with_texts
from beffroi.directory.enums import ContradictionState, FactState, ServiceStatus
from beffroi.directory.models import Fact, Service, ServicePlace, ServiceTerm

_CLOSURES_AHEAD = timedelta(days=14)
_RELATED = 4
_TEXT = ("name", "summary", "for_whom", "what_happens", "bring", "easy", "basis")


@dataclass(frozen=True)
class ShownFact:
    """A fact as the public reads it, with where it comes from and what makes it uncertain."""

    kind: str
    text: str
    lang: str
    place: str
    disputed: bool
    confirmed: bool
    held_until: date | None
    source: str
    source_url: str
    seen_on: date | None
    value: dict[str, Any] = field(hash=False)

    def outdated(self, day: date) -> bool:
        """This function will say whether the document held only until before `day`."""
        return self.held_until is not None and self.held_until < day


@dataclass(frozen=True)
class ShownPlace:
    key: str
    name: str
    locality: str
    postal_code: str
    is_house: bool


@dataclass(frozen=True)
class ShownClosure:
    """A closure today or in the coming days; `place` is empty when it is the whole service."""

    from_date: date
    until_date: date
    reason: str
    place: str


@dataclass(frozen=True)
class ShownLine:
    """A line of the cohesion plan, with its axis."""

    number: int
    code: str
    title: str
    axis: int
    axis_title: str
    partner: str


@dataclass(frozen=True)
class Words:
    """The text of the service; `lang` is the language it is in."""

    lang: str
    name: str
    summary: str = ""
    for_whom: str = ""
    what_happens: str = ""
    bring: str = ""
    easy: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class ServicePage:
    id: UUID
    key: str
    name: str
    status: str
    is_local: bool
    organisation: str
    organisation_url: str
    category: str
    reviewed_on: date | None
    words: Words
    facts: tuple[ShownFact, ...]
    places: tuple[ShownPlace, ...]
    closures: tuple[ShownClosure, ...]
    doubts: tuple[tuple[str, str], ...]
    lines: tuple[ShownLine, ...]
    needs: tuple[TermLine, ...]
    audiences: tuple[tuple[TermLine, str], ...]
    related: tuple[ServiceCard, ...]

    @property
    def exists(self) -> bool:
        """This property says whether a person of this commune can use it today."""
        return self.status == ServiceStatus.RUNNING and self.is_local

    def of_kind(self, *kinds: str) -> list[ShownFact]:
        """This function will give the facts of these kinds, in the order they were stated."""
        return [fact for fact in self.facts if fact.kind in kinds]


def service_page(key: str, lang: str, day: date) -> ServicePage | None:
    """This function will give what the page of this service shows on `day`, if it is published."""
    rows = _rows(key, lang, day)
    if not rows:
        return None
    first = rows[0]
    places, closures = _places(first["pk"], day)
    terms = _terms(first["pk"], lang)
    needs = tuple(line for taxonomy, line, _level in terms if taxonomy == "need")
    return ServicePage(
        id=first["pk"], key=first["key"], name=first["name"], status=first["status"],
        is_local=first["is_local"], organisation=first["organisation__name"],
        organisation_url=first["organisation__url"], category=first["category"],
        reviewed_on=first["reviewed_on"], words=_words(first, lang),
        facts=_in_force(_facts(first["pk"], day), day),
        places=places,
        closures=tuple(dict.fromkeys([*_own_closures(rows), *closures])),
        doubts=_doubts(rows, lang), lines=_lines(rows), needs=needs,
        audiences=tuple((line, level) for taxonomy, line, level in terms if taxonomy == "audience"),
        related=_related(first["pk"], needs, lang),
    )  # fmt: skip


def _rows(key: str, lang: str, day: date) -> list[dict[str, Any]]:
    """The service with its texts, once for each line of the plan, open doubt and closure."""
    service = with_texts(Service.objects.filter(key=key, is_listed=True), lang).annotate(
        doubt=FilteredRelation(
            "contradictions", condition=Q(contradictions__state=ContradictionState.OPEN)
        ),
        closed=FilteredRelation("closures", condition=_soon("closures", day)),
    )
    return list(
        service.order_by("plan_lines__line_no", "doubt__code", "closed__from_date").values(
            "pk", "key", "name", "status", "is_local", "category", "reviewed_on",
            "organisation__name", "organisation__url",
            *(f"{text}__{part}" for text in ("own", "house") for part in _TEXT),
            "plan_lines__line_no", "plan_lines__code", "plan_lines__title", "plan_lines__partner",
            "plan_lines__axis_id", "plan_lines__axis__title",
            "doubt__code", "doubt__public_notes",
            "closed__from_date", "closed__until_date", "closed__reason",
        )
    )  # fmt: skip


def _words(row: dict[str, Any], lang: str) -> Words:
    text, spoken = ("own", lang) if row["own__name"] else ("house", "fr")
    if not row[f"{text}__name"]:
        return Words("fr", row["name"])
    parts = {part: row[f"{text}__{part}"] for part in _TEXT}
    return Words(spoken, **{**parts, "easy": tuple(parts["easy"] or ())})


def _doubts(rows: Iterable[dict[str, Any]], lang: str) -> tuple[tuple[str, str], ...]:
    """What the public reads of each open contradiction: (language, words)."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        notes = row["doubt__public_notes"] or {}
        spoken = lang if notes.get(lang) else "fr"
        if notes.get(spoken):
            found[row["doubt__code"]] = (spoken, notes[spoken])
    return tuple(found.values())


def _lines(rows: Iterable[dict[str, Any]]) -> tuple[ShownLine, ...]:
    found = {
        row["plan_lines__line_no"]: ShownLine(
            row["plan_lines__line_no"], row["plan_lines__code"], row["plan_lines__title"],
            row["plan_lines__axis_id"], row["plan_lines__axis__title"], row["plan_lines__partner"],
        )
        for row in rows
        if row["plan_lines__line_no"] is not None
    }  # fmt: skip
    return tuple(found.values())


def _soon(path: str, day: date) -> Q:
    """Closures that hold on `day` or begin in the two weeks after it."""
    return Q(**{f"{path}__from_date__lte": day + _CLOSURES_AHEAD, f"{path}__until_date__gte": day})


def _own_closures(rows: Iterable[dict[str, Any]]) -> list[ShownClosure]:
    return [
        ShownClosure(row["closed__from_date"], row["closed__until_date"], row["closed__reason"], "")
        for row in rows
        if row["closed__from_date"] is not None
    ]


def _places(service_id: UUID, day: date) -> tuple[tuple[ShownPlace, ...], tuple[ShownClosure, ...]]:
    """The places of the service and what closes them today or soon."""
    places: dict[str, ShownPlace] = {}
    closures = []
    rows = ServicePlace.objects.filter(service_id=service_id).annotate(
        closed=FilteredRelation("place__closures", condition=_soon("place__closures", day))
    )
    for key, name, locality, code, is_house, first, last, reason in rows.order_by(
        "place__name", "closed__from_date"
    ).values_list(
        "place__key", "place__name", "place__locality", "place__postal_code", "place__is_house",
        "closed__from_date", "closed__until_date", "closed__reason",
    ):  # fmt: skip
        places[key] = ShownPlace(key, name, locality, code, is_house)
        if first is not None:
            closures.append(ShownClosure(first, last, reason, name))
    return tuple(places.values()), tuple(closures)


def _in_force(facts: tuple[ShownFact, ...], day: date) -> tuple[ShownFact, ...]:
    """What held until before `day` is shown only where nothing newer is known."""
    fresh = {(fact.place, fact.kind) for fact in facts if not fact.outdated(day)}
    return tuple(f for f in facts if not f.outdated(day) or (f.place, f.kind) not in fresh)


def _facts(service_id: UUID, day: date) -> tuple[ShownFact, ...]:
    places = ServicePlace.objects.filter(service_id=service_id).values("place_id")
    rows = (
        Fact.objects.filter(Q(service_id=service_id) | Q(place_id__in=places))
        .exclude(state=FactState.REJECTED)
        .exclude(valid_from_date__gt=day)
        .select_related("source", "place")
        .order_by("place__name", "kind", "pk")
    )
    return tuple(
        ShownFact(
            kind=fact.kind, text=str(fact.value.get("shown") or fact.text),
            lang=fact.lang or "fr", place=fact.place.key if fact.place else "",
            disputed=fact.state == FactState.DISPUTED, confirmed=fact.state == FactState.CONFIRMED,
            held_until=fact.valid_until_date, source=fact.source.title, source_url=fact.source.url,
            seen_on=fact.as_of_date or fact.source.seen_on, value=fact.value,
        )
        for fact in rows
    )  # fmt: skip


def _terms(service_id: UUID, lang: str) -> list[tuple[str, TermLine, str]]:
    rows = ServiceTerm.objects.filter(service_id=service_id).order_by("position", "pk")
    return [
        (taxonomy, TermLine(key, labels.get(lang) or labels.get("fr", key), ""), level)
        for taxonomy, key, labels, level in rows.values_list(
            "term__taxonomy__key", "term__key", "term__labels", "level"
        )
    ]


def _related(service_id: UUID, needs: tuple[TermLine, ...], lang: str) -> tuple[ServiceCard, ...]:
    """Other running services of the first need, in its order."""
    if not needs:
        return ()
    same = Service.objects.filter(
        is_listed=True, is_local=True, status=ServiceStatus.RUNNING,
        service_terms__term__key=needs[0].key, service_terms__term__taxonomy__key="need",
    ).exclude(pk=service_id)  # fmt: skip
    ordered = same.order_by("service_terms__position", "name", "pk")
    return tuple(CardList(ordered, lang)[:_RELATED])
