"""Writes the organisations, places, services, texts and classes of a package."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from beffroi.directory.enums import TextBasis
from beffroi.directory.imports.package import Package
from beffroi.directory.imports.records import Records, ServiceRecord
from beffroi.directory.models import (
    Organisation,
    Place,
    Service,
    ServicePlace,
    ServiceTerm,
    ServiceText,
    Taxonomy,
    Term,
)
from beffroi.directory.services.import_keys import Keys

Counts = dict[str, dict[str, int]]
BATCH = 1000


class Choices(Protocol):
    """What the entries need to know of `ImportChoices`."""

    @property
    def publish(self) -> bool: ...
    @property
    def lang(self) -> str: ...


def write_entries(
    records: Records,
    keys: Keys,
    package: Package,
    counts: Counts,
    touched: set[object],
    at: datetime,
    choices: Choices,
) -> None:
    """This function will bring the entries to what the package says; `touched` gets services."""
    counts["organisations"], _ = _sync(Organisation, _organisations(records, keys), keys)
    counts["places"], _ = _sync(Place, _places(records, keys), keys)
    wanted = _services(records, keys, at, choices)
    kept = _reviewed(wanted, records, keys, package)
    counts["services"], changed = _sync(
        Service, wanted, keys, ("name", "organisation_id", "status"), kept
    )
    touched |= changed
    _say_gone(records, keys, package)
    counts["texts"], changed = _texts(records, keys, choices.lang, kept)
    touched |= changed
    counts["services_at_places"], changed = _service_places(records, keys)
    touched |= changed
    counts["taxonomies"], _ = _sync(Taxonomy, _taxonomies(records, keys), keys)
    counts["terms"] = _terms(records, keys)
    counts["classed"], changed = _classed(records, keys)
    touched |= changed


def _organisations(records: Records, keys: Keys) -> list[Organisation]:
    return [
        Organisation(
            pk=keys.uuid("organization", ident),
            key=keys.key("organization", ident),
            name=found.name,
            description=found.description,
            url=found.url,
        )
        for ident, found in records.organisations.items()
    ]


def _places(records: Records, keys: Keys) -> list[Place]:
    return [
        Place(
            pk=keys.uuid("location", ident),
            key=keys.key("location", ident),
            name=found.name,
            organisation_id=keys.uuid("organization", found.organisation)
            if found.organisation
            else None,
            locality=found.locality,
            postal_code=found.postal_code,
        )
        for ident, found in records.places.items()
    ]


def _services(records: Records, keys: Keys, at: datetime, choices: Choices) -> list[Service]:
    return [
        Service(
            pk=keys.uuid("service", ident),
            key=keys.key("service", ident),
            name=found.name,
            organisation_id=keys.uuid("organization", found.organisation),
            status=found.status,
            is_listed=choices.publish and not found.is_doubtful,
            is_local=False,
            modified_at=at,
        )
        for ident, found in records.services.items()
    ]


def _taxonomies(records: Records, keys: Keys) -> list[Taxonomy]:
    return [
        Taxonomy(
            pk=keys.uuid("taxonomy", ident),
            key=keys.key("taxonomy", ident),
            name=name,
            description=description,
        )
        for ident, (name, description) in records.taxonomies.items()
    ]


def _sync(
    model: type[Any],
    wanted: Iterable[Any],
    keys: Keys,
    fields: tuple[str, ...] = (),
    kept: frozenset[UUID] = frozenset(),
) -> tuple[dict[str, int], set[object]]:
    """Create what is new, update what differs, leave the rest; the ids that changed."""
    names = fields or tuple(
        f.attname
        for f in model._meta.concrete_fields
        if f.attname not in ("id", "key", "is_house", "commune_nis")
    )
    existing = {row.pk: row for row in model.objects.filter(key__startswith=keys.prefix)}
    created, updated, count = [], [], Counter[str](created=0, updated=0, unchanged=0)
    for row in wanted:
        old = existing.get(row.pk)
        if old is None:
            created.append(row)
            continue
        differs = row.pk not in kept and any(getattr(old, n) != getattr(row, n) for n in names)
        if differs:
            for name in names:
                setattr(old, name, getattr(row, name))
            updated.append(old)
        count["updated" if differs else "unchanged"] += 1
    model.objects.bulk_create(created, batch_size=BATCH)
    if updated:
        model.objects.bulk_update(updated, names, batch_size=200)
    count["created"] = len(created)
    return dict(count), {row.pk for row in [*created, *updated]}


def _reviewed(
    wanted: list[Service], records: Records, keys: Keys, package: Package
) -> frozenset[UUID]:
    """Services that an editor reviewed: their name, status and texts stay."""
    rows = Service.objects.filter(key__startswith=keys.prefix, reviewed_on__isnull=False)
    reviewed = {row.pk: row for row in rows}
    lines = {keys.uuid("service", ident): found.line for ident, found in records.services.items()}
    for service in wanted:
        old = reviewed.get(service.pk)
        if old is not None and (old.name, old.status) != (service.name, service.status):
            package.fault("service", lines[service.pk], "name", "kept_reviewed", old.name)
    return frozenset(reviewed)


def _say_gone(records: Records, keys: Keys, package: Package) -> None:
    here = {keys.key("service", ident) for ident in records.services}
    rows = Service.objects.filter(key__startswith=keys.prefix).values_list("key", "name")
    for key, name in rows.order_by("key"):
        if key not in here:
            package.fault("service", 0, "id", "gone", f"{key.removeprefix(keys.prefix)} {name}")


def _texts(
    records: Records, keys: Keys, lang: str, kept: frozenset[UUID]
) -> tuple[dict[str, int], set[object]]:
    rows = ServiceText.objects.filter(service__key__startswith=keys.prefix, lang=lang)
    existing = {row.service_id: row for row in rows}
    names = ("name", "summary", "for_whom", "what_happens")
    created, updated, unchanged = [], [], 0
    for ident, found in records.services.items():
        pk = keys.uuid("service", ident)
        said = _said(found)
        old = existing.get(pk)
        if old is None:
            created.append(ServiceText(service_id=pk, lang=lang, basis=TextBasis.SOURCE, **said))
        elif pk not in kept and any(getattr(old, name) != said[name] for name in names):
            for name in names:
                setattr(old, name, said[name])
            updated.append(old)
        else:
            unchanged += 1
    ServiceText.objects.bulk_create(created, batch_size=BATCH)
    if updated:
        ServiceText.objects.bulk_update(updated, names, batch_size=200)
    count = {"created": len(created), "updated": len(updated), "unchanged": unchanged}
    return count, {text.service_id for text in [*created, *updated]}


def _said(found: ServiceRecord) -> dict[str, str]:
    """The words of the package; a long description keeps its first sentences as the summary."""
    words = " ".join(found.description.split())
    if len(words) <= 400:
        summary, whole = words, ""
    else:
        cut = words[:400].rfind(". ")
        summary = words[: cut + 1] if cut > 80 else words[:399].rstrip() + "…"
        whole = found.description
    return {
        "name": found.name,
        "summary": summary,
        "for_whom": found.for_whom,
        "what_happens": whole,
    }


def _service_places(records: Records, keys: Keys) -> tuple[dict[str, int], set[object]]:
    wanted: dict[tuple[UUID, UUID], UUID] = {}
    for ident, (service, place) in records.at.items():
        pair = keys.uuid("service", service), keys.uuid("location", place)
        wanted.setdefault(pair, keys.uuid("service_at_location", ident))
    rows = ServicePlace.objects.filter(
        service__key__startswith=keys.prefix, place__key__startswith=keys.prefix
    )
    existing = {(row.service_id, row.place_id): row.pk for row in rows}
    new = [
        ServicePlace(pk=pk, service_id=pair[0], place_id=pair[1])
        for pair, pk in wanted.items()
        if pair not in existing
    ]
    gone = {pair: pk for pair, pk in existing.items() if pair not in wanted}
    _delete(ServicePlace, gone.values())
    ServicePlace.objects.bulk_create(new, batch_size=BATCH)
    count = {"created": len(new), "removed": len(gone), "unchanged": len(existing) - len(gone)}
    return count, {row.service_id for row in new} | {pair[0] for pair in gone}


def _delete(model: type[Model], ids: Iterable[object]) -> None:
    gone = list(ids)
    for start in range(0, len(gone), 500):
        model._default_manager.filter(pk__in=gone[start : start + 500]).delete()


def _terms(records: Records, keys: Keys) -> dict[str, int]:
    """Terms first without their parents, then tied: a parent may come after its child."""
    codes = Counter((term.taxonomy, term.code) for term in records.terms.values())
    wanted = {}
    for position, term in enumerate(records.terms.values()):
        pk = keys.uuid("taxonomy_term", term.id)
        only = term.code and codes[(term.taxonomy, term.code)] == 1
        taken = only and term.code not in records.terms
        wanted[pk] = Term(
            pk=pk,
            taxonomy_id=keys.uuid("taxonomy", term.taxonomy),
            key=term.code if taken else term.id if len(term.id) <= 100 else pk.hex,
            labels={"fr": term.name},
            hints={"fr": term.description} if term.description else {},
            position=min(position, 32_000),
            parent_id=keys.uuid("taxonomy_term", term.parent) if term.parent else None,
        )
    names = ("taxonomy_id", "key", "labels", "hints", "position", "parent_id")
    rows = Term.objects.filter(taxonomy__key__startswith=keys.prefix)
    existing = {row.pk: row for row in rows}
    new = [term for pk, term in wanted.items() if pk not in existing]
    parents = {term.pk: term.parent_id for term in new if term.parent_id}
    for term in new:
        term.parent_id = None
    Term.objects.bulk_create(new, batch_size=BATCH)
    tied = [term for term in new if term.pk in parents]
    for term in tied:
        term.parent_id = parents[term.pk]
    changed = [
        wanted[pk]
        for pk, old in existing.items()
        if pk in wanted and any(getattr(old, n) != getattr(wanted[pk], n) for n in names)
    ]
    Term.objects.bulk_update(tied, ["parent_id"], batch_size=200)
    Term.objects.bulk_update(changed, names, batch_size=200)
    same = sum(pk in wanted for pk in existing) - len(changed)
    return {"created": len(new), "updated": len(changed), "unchanged": same}


def _classed(records: Records, keys: Keys) -> tuple[dict[str, int], set[object]]:
    wanted = {
        (keys.uuid("service", service), keys.uuid("taxonomy_term", term)): None
        for service, term in records.classed
    }
    rows = ServiceTerm.objects.filter(
        service__key__startswith=keys.prefix, term__taxonomy__key__startswith=keys.prefix
    )
    existing = {
        (service, term): pk for pk, service, term in rows.values_list("pk", "service_id", "term_id")
    }
    gone = {pair: pk for pair, pk in existing.items() if pair not in wanted}
    new, places = [], Counter[UUID]()
    for service, term in wanted:
        if (service, term) not in existing:
            position = min(places[service], 32_000)
            new.append(ServiceTerm(service_id=service, term_id=term, position=position))
        places[service] += 1
    _delete(ServiceTerm, gone.values())
    ServiceTerm.objects.bulk_create(new, batch_size=BATCH)
    count = {"created": len(new), "removed": len(gone), "unchanged": len(existing) - len(gone)}
    return count, {row.service_id for row in new} | {pair[0] for pair in gone}
