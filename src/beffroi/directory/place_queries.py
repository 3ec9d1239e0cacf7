"""What the public reads of places: what is known, what documents dispute, what nobody knows yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from beffroi.directory.enums import ContradictionState, FactKind, FactState, ServiceStatus
from beffroi.directory.models import (
    Closure,
    Contradiction,
    Fact,
    Place,
    Service,
    ServicePlace,
    ServiceText,
)
from beffroi.directory.place_parts import (
    Closing,
    Dispute,
    PlacePage,
    PlaceRow,
    Rubric,
    Said,
    ServiceLine,
    Version,
    Weekly,
)
from beffroi.directory.values import unbroken

#: What a page of a house says, known or not; other places say what is known of the rest.
EXPECTED = (
    FactKind.ADDRESS,
    FactKind.PHONE,
    FactKind.HOURS,
    FactKind.ACTIVITY,
    FactKind.ACCESSIBILITY,
    FactKind.COMFORT,
)
_SAID_WHEN_KNOWN = (
    FactKind.ACCESS,
    FactKind.EMAIL,
    FactKind.URL,
    FactKind.LANGUAGE,
    FactKind.PRICE,
    FactKind.HOW,
)
_WEEKLY = (FactKind.HOURS, FactKind.ACTIVITY)


def in_force(facts: QuerySet[Fact], day: date) -> QuerySet[Fact]:
    """This function will keep the facts that stand on `day`: not put aside, begun, not ended."""
    return facts.exclude(state=FactState.REJECTED).filter(
        Q(valid_from_date__isnull=True) | Q(valid_from_date__lte=day),
        Q(valid_until_date__isnull=True) | Q(valid_until_date__gte=day),
    )


def places(lang: str = "fr", *, houses_only: bool = False) -> QuerySet[Place]:
    """This function will give the places, by postcode, locality and name, houses named in `lang`."""
    rows = Place.objects.filter(is_house=True) if houses_only else Place.objects.all()
    own = ServiceText.objects.filter(service__key=OuterRef("key"), lang=lang).values("name")[:1]
    said = Case(When(is_house=True, then=Subquery(own)))
    return rows.annotate(said_name=said).order_by("postal_code", "locality", "name")


def counts_by_locality() -> list[tuple[str, str, int]]:
    """This function will count the places of each locality and postcode, by postcode."""
    rows = Place.objects.order_by("postal_code", "locality").values_list("locality", "postal_code")
    return list(rows.annotate(n=Count("pk")))


def rows_of(found: Iterable[Place], day: date) -> list[PlaceRow]:
    """This function will give places with their phone, address and closing, in two queries."""
    listed = list(found)
    kinds = (FactKind.PHONE, FactKind.ADDRESS, FactKind.COMFORT)
    facts: dict[UUID | None, list[Fact]] = {}
    for fact in in_force(Fact.objects.filter(place__in=listed, kind__in=kinds), day).order_by("pk"):
        facts.setdefault(fact.place_id, []).append(fact)
    closed = {
        c.place_id: _closing(c)
        for c in Closure.objects.filter(
            place__in=listed, from_date__lte=day, until_date__gte=day
        ).order_by("from_date")
    }
    return [_row(place, facts.get(place.pk, []), closed.get(place.pk)) for place in listed]


def _row(place: Place, facts: Sequence[Fact], closed: Closing | None) -> PlaceRow:
    disputed = {f.kind for f in facts if f.state == FactState.DISPUTED}
    address = [f.text for f in facts if f.kind == FactKind.ADDRESS]
    return PlaceRow(
        place.key, getattr(place, "said_name", None) or place.name,
        place.locality, place.postal_code, place.is_house,
        tuple(f.value.get("shown", f.text) for f in facts if f.kind == FactKind.PHONE),
        "" if FactKind.ADDRESS in disputed or not address else address[0],
        bool(disputed), closed,
        " ".join(f.text for f in facts if f.kind == FactKind.COMFORT),
    )  # fmt: skip


def _closing(row: Closure) -> Closing:
    return Closing(row.from_date, row.until_date, row.reason)


def closings_between(place: UUID, since: date, until: date) -> list[Closing]:
    """This function will give when a place is closed between two days, both included."""
    rows = Closure.objects.filter(
        Q(place=place) | Q(service__key__in=Place.objects.filter(pk=place).values("key")),
        from_date__lte=until, until_date__gte=since,
    )  # fmt: skip
    return [_closing(row) for row in rows.order_by("from_date", "pk")]


def house_notes(lang: str) -> list[str]:
    """This function will give what is uncertain of the houses as a whole, in a language."""
    houses = Place.objects.filter(is_house=True)
    found: dict[int, tuple[dict[str, str], set[object]]] = {}
    rows = Contradiction.objects.filter(
        state=ContradictionState.OPEN, services__service_places__place__in=houses
    ).values_list("pk", "public_notes", "services__service_places__place_id")
    for pk, notes, place in rows.order_by("code"):
        found.setdefault(pk, (notes, set()))[1].add(place)
    said = [in_lang(lang, notes) for notes, where in found.values() if len(where) > 1]
    return [note for note in said if note]


def in_lang(lang: str, texts: dict[str, str]) -> str:
    """This function will give the text in this language, or in French."""
    return texts.get(lang) or texts.get("fr", "")


def place_page(key: str, lang: str, day: date) -> PlacePage | None:
    """This function will give the page of a place in six queries at most, or None."""
    place = Place.objects.select_related("organisation").filter(key=key).first()
    if place is None:
        return None
    services, elsewhere = _services_at(place, lang)
    own = next((s for s in services if s.key == place.key), None)
    facts = _facts_of(place, [s for s in services if s.key not in elsewhere], day)
    open_ones = _open_contradictions(place)
    said = {c.pk: in_lang(lang, c.public_notes) for c in open_ones}
    disputes = _disputes(facts, said)
    told = {dispute.note for dispute in disputes}
    closures = Closure.objects.filter(until_date__gte=day).filter(
        Q(place=place) | Q(service__key=place.key)
    )
    return PlacePage(
        place.key, own.name if own and place.is_house else place.name,
        place.locality, place.postal_code, place.is_house,
        place.organisation.name if place.organisation else "",
        tuple(f.text for f in facts if f.kind == FactKind.ALIAS and f.place_id),
        _rubrics(place, facts),
        disputes,
        tuple(note for note in dict.fromkeys(said.values()) if note and note not in told),
        _weekly(place, facts, {s.key: s.name for s in services}),
        tuple(_closing(c) for c in closures.order_by("from_date", "pk")),
        tuple(s for s in services if s is not own),
        own,
    )  # fmt: skip


def _services_at(place: Place, lang: str) -> tuple[list[ServiceLine], set[str]]:
    """The published services at a place, and the keys of those that are elsewhere too."""
    own = Q(lang=lang) if lang == "fr" else Q(lang__in=(lang, "fr"))
    words = ServiceText.objects.filter(own, service=OuterRef("pk"))
    best = words.order_by(Case(When(lang=lang, then=0), default=1))[:1]
    here = ServicePlace.objects.filter(place=place).values("service_id")
    rows = (
        Service.objects.filter(pk__in=here, is_listed=True)
        .exclude(status=ServiceStatus.ENDED)
        .annotate(
            place_count=Count("service_places__place", distinct=True),
            said_name=Subquery(best.values("name")),
            said_summary=Subquery(best.values("summary")),
        )
        .order_by("name")
        .values_list("key", "name", "status", "place_count", "said_name", "said_summary")
    )
    lines = [
        ServiceLine(key, said or name, summary or "", ServiceStatus(status))
        for key, name, status, _count, said, summary in rows
    ]
    return lines, {key for key, _name, _status, count, *_words in rows if count > 1}


def _facts_of(place: Place, services: Sequence[ServiceLine], day: date) -> list[Fact]:
    """Facts about the place; about its own service; and the week of services held only here."""
    weekly = Q(service__key__in=[s.key for s in services], kind__in=_WEEKLY)
    own = Q(service__key=place.key) & ~Q(kind=FactKind.ALIAS)
    return list(
        in_force(Fact.objects.filter(Q(place=place) | own | weekly), day)
        .select_related("source", "service", "contradiction")
        .order_by("kind", "pk")
    )


def _open_contradictions(place: Place) -> list[Contradiction]:
    return list(
        Contradiction.objects.filter(state=ContradictionState.OPEN)
        .filter(Q(facts__place=place) | Q(services__service_places__place=place))
        .distinct()
        .order_by("code")
    )


def _rubrics(place: Place, facts: Sequence[Fact]) -> tuple[Rubric, ...]:
    always = EXPECTED if place.is_house else EXPECTED[:3]
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.place_id or fact.service and fact.service.key == place.key:
            by_kind.setdefault(fact.kind, []).append(fact)
    rubrics = []
    for kind in (*always, *(k for k in (*_SAID_WHEN_KNOWN, *EXPECTED) if k not in always)):
        own = _once(by_kind.get(kind, []))
        if not own and kind not in always:
            continue
        disputed = any(f.state == FactState.DISPUTED for f in own)
        rubrics.append(Rubric(kind, tuple(_said(f) for f in own), disputed))
    return tuple(rubrics)


def _disputes(facts: Sequence[Fact], notes: dict[int, str]) -> tuple[Dispute, ...]:
    """Disputed facts by contradiction, and in each by document."""
    found: dict[int | None, dict[int, list[Fact]]] = {}
    for fact in facts:
        if fact.state == FactState.DISPUTED:
            by_source = found.setdefault(fact.contradiction_id, {})
            by_source.setdefault(fact.source_id, []).append(fact)
    return tuple(
        Dispute(
            notes.get(pk or 0, ""),
            tuple(_version(by_source[source]) for source in sorted(by_source)),
        )
        for pk, by_source in found.items()
    )


def _version(facts: Sequence[Fact]) -> Version:
    first = _said(facts[0])
    said = tuple((FactKind(f.kind), _said(f).text) for f in facts)
    return Version(first.source, first.seen_on, first.dated, said)


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """A place and its own service may say the same: once is enough."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        kept.setdefault(str(fact.value.get("e164") or fact.text.casefold()), fact)
    return list(kept.values())


def _said(fact: Fact) -> Said:
    return Said(
        fact.value.get("shown", fact.text) if fact.kind == FactKind.PHONE else unbroken(fact.text),
        fact.value,
        fact.source.title,
        fact.as_of_date or fact.source.seen_on,
        fact.as_of_note or fact.source.dated,
        fact.state == FactState.CONFIRMED,
    )


def _weekly(place: Place, facts: Sequence[Fact], names: dict[str, str]) -> tuple[Weekly, ...]:
    rows = []
    for fact in facts:
        if fact.kind not in _WEEKLY or fact.state == FactState.DISPUTED:
            continue
        key = fact.service.key if fact.service else ""
        value = fact.value
        days = tuple(d for d in str(value.get("byday", "")).split(",") if d)
        rows.append(
            Weekly(
                fact.pk, FactKind(fact.kind), fact.text, days if value.get("opens_at") else (),
                str(value.get("opens_at", "")), str(value.get("closes_at", "")),
                fact.valid_from_date or fact.as_of_date, fact.valid_until_date,
                "" if key in ("", place.key) else names.get(key, ""),
            )
        )  # fmt: skip
    return tuple(rows)
