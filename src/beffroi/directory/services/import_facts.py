"""Writes the facts of a package; what an editor confirmed or set aside is never touched."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.imports.package import Package
from beffroi.directory.imports.records import FactRecord, Records
from beffroi.directory.models import Fact, Source
from beffroi.directory.services.import_entries import Counts
from beffroi.directory.services.import_keys import Keys
from beffroi.directory.services.import_links import BATCH
from beffroi.directory.services.import_memory import fingerprint

_OWNERS = {"service": "service_id", "organization": "organisation_id", "location": "place_id"}
#: Kinds of which a thing may have several at once: a confirmed one does not shut the door.
_MANY = frozenset({FactKind.ALIAS, FactKind.DETAIL, FactKind.DOCUMENT})
_NAMES = (
    "text", "value", "valid_from_date", "valid_until_date", "as_of_date", "service_id",
    "organisation_id", "place_id", "kind",
)  # fmt: skip


def write_facts(
    records: Records,
    keys: Keys,
    source: Source,
    package: Package,
    counts: Counts,
    touched: set[object],
    at: datetime,
) -> None:
    """This function will bring the facts of `source` to what the package says."""
    existing = {str(fact.value.get("ref", "")): fact for fact in Fact.objects.filter(source=source)}
    confirmed = _confirmed_by_others(source, keys)
    created, updated, unchanged, seen = [], [], 0, set()
    for found in records.facts:
        seen.add(found.ref)
        fact = _fact(found, keys, records, source, at.date())
        old = existing.get(found.ref)
        differs = old is None or old.value.get("read") != fact.value["read"]
        if not differs or not _may_write(found, fact, old, confirmed, package):
            unchanged += 1
        elif old is None:
            created.append(fact)
        else:
            for name in _NAMES:
                setattr(old, name, getattr(fact, name))
            updated.append(old)
    gone = [
        fact
        for ref, fact in existing.items()
        if ref not in seen and fact.state == FactState.STATED and not fact.valid_until_date
    ]
    Fact.objects.bulk_create(created, batch_size=BATCH)
    if updated:
        Fact.objects.bulk_update(updated, _NAMES, batch_size=200)
    _remove(gone)
    touched |= {f.service_id for f in [*created, *updated, *gone] if f.service_id}
    counts["facts"] = {
        "created": len(created), "updated": len(updated), "removed": len(gone),
        "unchanged": unchanged,
    }  # fmt: skip


def _fact(found: FactRecord, keys: Keys, records: Records, source: Source, seen_on: date) -> Fact:
    entity, ident = found.owner
    value: dict[str, Any] = {**found.value, "ref": found.ref}
    place = value.pop("place", "")
    if place and place in records.places:
        value["place"] = str(keys.uuid("location", place))
    fact = Fact(
        kind=found.kind,
        text=found.text,
        value=value,
        source=source,
        as_of_date=seen_on,
        valid_from_date=found.valid_from,
        valid_until_date=found.valid_until,
    )
    setattr(fact, _OWNERS[entity], keys.uuid(entity, ident))
    parts = (found.owner, found.kind, found.text, value, found.valid_from, found.valid_until)
    value["read"] = fingerprint(parts)
    return fact


def _confirmed_by_others(source: Source, keys: Keys) -> dict[tuple[UUID, str], set[str]]:
    """What editors confirmed about the imported things: (thing, kind) → the texts."""
    rows = (
        Fact.objects.filter(state=FactState.CONFIRMED)
        .exclude(source=source)
        .filter(
            Q(service__key__startswith=keys.prefix)
            | Q(place__key__startswith=keys.prefix)
            | Q(organisation__key__startswith=keys.prefix)
        )
    )
    found: dict[tuple[UUID, str], set[str]] = {}
    for fact in rows:
        thing = fact.service_id or fact.place_id or fact.organisation_id
        if thing is not None:
            found.setdefault((thing, fact.kind), set()).add(fact.text)
    return found


def _may_write(
    found: FactRecord,
    fact: Fact,
    old: Fact | None,
    confirmed: dict[tuple[UUID, str], set[str]],
    package: Package,
) -> bool:
    table = found.ref.split("/", 1)[0]
    if old is not None and old.state in (FactState.CONFIRMED, FactState.REJECTED):
        if old.state == FactState.CONFIRMED and old.text != fact.text:
            package.fault(table, found.line, found.kind, "kept_confirmed", old.text)
        return False
    if old is not None and _was_ended(old, seen_on=fact.as_of_date):
        package.fault(table, found.line, found.kind, "kept_confirmed", old.text)
        return False
    thing = fact.service_id or fact.place_id or fact.organisation_id
    texts = confirmed.get((thing, found.kind)) if thing is not None else None
    if texts and found.kind not in _MANY:
        if fact.text not in texts:
            package.fault(table, found.line, found.kind, "kept_confirmed", min(texts))
        return False
    return True


def _was_ended(old: Fact, seen_on: date | None) -> bool:
    """Whether an editor put an end to this fact: something else took its place."""
    ended = old.valid_until_date
    return ended is not None and seen_on is not None and ended < seen_on


def _remove(gone: list[Fact]) -> None:
    ids = [fact.pk for fact in gone]
    for start in range(0, len(ids), 500):
        Fact.objects.filter(pk__in=ids[start : start + 500]).delete()
