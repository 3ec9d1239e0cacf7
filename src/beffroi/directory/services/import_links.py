"""Writes what ties a package together: services at places, terms, services under terms."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from beffroi.directory.imports.records import Records
from beffroi.directory.models import ServicePlace, ServiceTerm, Term
from beffroi.directory.services.import_keys import Keys
from beffroi.directory.services.import_memory import Memory

BATCH = 1000


def write_service_places(
    records: Records, keys: Keys, memory: Memory
) -> tuple[dict[str, int], set[object]]:
    """This function will tie services to their places; where the package says the same as before, what
    an editor made of it stays.
    """
    wanted: dict[tuple[UUID, UUID], UUID] = {}
    for ident, (service, place) in records.at.items():
        pair = keys.uuid("service", service), keys.uuid("location", place)
        wanted.setdefault(pair, keys.uuid("service_at_location", ident))
    rows = ServicePlace.objects.filter(
        service__key__startswith=keys.prefix, place__key__startswith=keys.prefix
    )
    existing = {(row.service_id, row.place_id): row.pk for row in rows}
    same = _unmoved("places", wanted, {pair[0] for pair in existing}, memory)
    new = [
        ServicePlace(pk=pk, service_id=pair[0], place_id=pair[1])
        for pair, pk in wanted.items()
        if pair not in existing and pair[0] not in same
    ]
    gone = {p: pk for p, pk in existing.items() if p not in wanted and p[0] not in same}
    _delete(ServicePlace, gone.values())
    ServicePlace.objects.bulk_create(new, batch_size=BATCH)
    count = {"created": len(new), "removed": len(gone), "unchanged": len(existing) - len(gone)}
    return count, {row.service_id for row in new} | {pair[0] for pair in gone}


def _unmoved(
    what: str, wanted: Iterable[tuple[UUID, UUID]], held: set[UUID], memory: Memory
) -> set[UUID]:
    """The services of which the package says what it said before."""
    by_service: dict[UUID, list[str]] = {service: [] for service in held}
    for service, other in wanted:
        by_service.setdefault(service, []).append(str(other))
    return {
        service
        for service, others in by_service.items()
        if memory.is_same(f"{what}:{service}", sorted(others))
    }


def _delete(model: type[Model], ids: Iterable[object]) -> None:
    gone = list(ids)
    for start in range(0, len(gone), 500):
        model._default_manager.filter(pk__in=gone[start : start + 500]).delete()


def write_terms(records: Records, keys: Keys) -> dict[str, int]:
    """This function will write terms, first without their parents: one may come after its child."""
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
    held = Term.objects.filter(taxonomy__key__startswith=keys.prefix)
    existing = {row.pk: row for row in held}
    new = [row for pk, row in wanted.items() if pk not in existing]
    parents = {row.pk: row.parent_id for row in new if row.parent_id}
    for row in new:
        row.parent_id = None
    Term.objects.bulk_create(new, batch_size=BATCH)
    tied = [row for row in new if row.pk in parents]
    for row in tied:
        row.parent_id = parents[row.pk]
    changed = [
        wanted[pk]
        for pk, old in existing.items()
        if pk in wanted and any(getattr(old, n) != getattr(wanted[pk], n) for n in names)
    ]
    Term.objects.bulk_update(tied, ["parent_id"], batch_size=200)
    Term.objects.bulk_update(changed, names, batch_size=200)
    same = sum(pk in wanted for pk in existing) - len(changed)
    return {"created": len(new), "updated": len(changed), "unchanged": same}


def write_classes(
    records: Records, keys: Keys, memory: Memory
) -> tuple[dict[str, int], set[object]]:
    """This function will tie services to their classes; where the package says the same as before, what
    an editor made of it stays.
    """
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
    same = _unmoved("classes", wanted, {pair[0] for pair in existing}, memory)
    gone = {p: pk for p, pk in existing.items() if p not in wanted and p[0] not in same}
    new, places = [], Counter[UUID]()
    for service, term in wanted:
        if (service, term) not in existing and service not in same:
            position = min(places[service], 32_000)
            new.append(ServiceTerm(service_id=service, term_id=term, position=position))
        places[service] += 1
    _delete(ServiceTerm, gone.values())
    ServiceTerm.objects.bulk_create(new, batch_size=BATCH)
    count = {"created": len(new), "removed": len(gone), "unchanged": len(existing) - len(gone)}
    return count, {row.service_id for row in new} | {pair[0] for pair in gone}
