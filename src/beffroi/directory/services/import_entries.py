"""Writes the organisations, places, services, texts and classes of a package."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from beffroi.directory.enums import TextBasis
from beffroi.directory.imports.package import Package
from beffroi.directory.imports.records import Records, ServiceRecord
from beffroi.directory.models import Organisation, Place, Service, ServiceText, Taxonomy
from beffroi.directory.services.import_keys import Keys
from beffroi.directory.services.import_links import (
    BATCH,
    write_classes,
    write_service_places,
    write_terms,
)
from beffroi.directory.services.import_memory import Memory

_NOT_SAID = ("id", "key", "is_house", "commune_nis")
_TEXT = ("name", "summary", "for_whom", "what_happens")
Counts = dict[str, dict[str, int]]


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
    memory: Memory,
    at: datetime,
    choices: Choices,
) -> None:
    """This function will bring the entries to what the package says; `touched` gets services."""
    sync = Sync(records, keys, package, memory)
    counts["organisations"], _ = sync.entries(
        Organisation, "organization", _organisations(records, keys)
    )
    counts["places"], _ = sync.entries(Place, "location", _places(records, keys))
    kept = _reviewed(keys)
    names = ("name", "organisation_id", "status")
    counts["services"], changed = sync.entries(
        Service, "service", _services(records, keys, at, choices), names, kept
    )
    touched |= changed
    _say_gone(records, keys, package)
    counts["texts"], changed = sync.texts(choices.lang, kept)
    touched |= changed
    counts["services_at_places"], changed = write_service_places(records, keys, memory)
    touched |= changed
    counts["taxonomies"], _ = sync.entries(Taxonomy, "taxonomy", _taxonomies(records, keys))
    counts["terms"] = write_terms(records, keys)
    counts["classed"], changed = write_classes(records, keys, memory)
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


def _reviewed(keys: Keys) -> frozenset[UUID]:
    """Services that an editor reviewed: their name, status and texts stay."""
    rows = Service.objects.filter(key__startswith=keys.prefix, reviewed_on__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def _say_gone(records: Records, keys: Keys, package: Package) -> None:
    here = {keys.key("service", ident) for ident in records.services}
    rows = Service.objects.filter(key__startswith=keys.prefix).values_list("key", "name")
    for key, name in rows.order_by("key"):
        if key not in here:
            package.fault("service", 0, "id", "gone", f"{key.removeprefix(keys.prefix)} {name}")


@dataclass
class Sync:
    """Brings entries to what the package says, save what an editor changed or reviewed."""

    records: Records
    keys: Keys
    package: Package
    memory: Memory

    def entries(
        self,
        model: type[Any],
        table: str,
        wanted: Iterable[Any],
        fields: tuple[str, ...] = (),
        kept: frozenset[UUID] = frozenset(),
    ) -> tuple[dict[str, int], set[object]]:
        """This method will write the entries of a table; gives counts and the ids that changed."""
        names = fields or tuple(
            f.attname for f in model._meta.concrete_fields if f.attname not in _NOT_SAID
        )
        rows = model.objects.filter(key__startswith=self.keys.prefix)
        existing = {row.pk: row for row in rows}
        created, updated, unchanged = [], [], 0
        for row in wanted:
            old, new = existing.get(row.pk), [getattr(row, name) for name in names]
            if old is None:
                self.memory.learn(f"{table}:{row.pk}", new)
                created.append(row)
            elif self._may(table, row.pk, new, [getattr(old, n) for n in names], kept):
                for name in names:
                    setattr(old, name, getattr(row, name))
                updated.append(old)
            else:
                unchanged += 1
        model.objects.bulk_create(created, batch_size=BATCH)
        if updated:
            model.objects.bulk_update(updated, names, batch_size=200)
        count = {"created": len(created), "updated": len(updated), "unchanged": unchanged}
        return count, {row.pk for row in [*created, *updated]}

    def _may(
        self, table: str, pk: UUID, new: list[Any], old: list[Any], kept: frozenset[UUID]
    ) -> bool:
        """Whether to write; what an editor changed or reviewed stays, and the report says so."""
        verdict = self.memory.verdict(f"{table}:{pk}", new, old)
        if verdict == "same":
            return False
        if verdict == "changed" and pk not in kept:
            return True
        is_text = table.startswith("text")
        file, field = ("service", "description") if is_text else (table, "name")
        code = "kept_reviewed" if pk in kept else "kept_edited"
        self.package.fault(file, self._line(file, pk), field, code, str(old[0]))
        return False

    def _line(self, table: str, pk: UUID) -> int:
        tables: dict[str, dict[str, Any]] = {
            "organization": {**self.records.organisations},
            "location": {**self.records.places},
            "service": {**self.records.services},
        }
        rows = tables.get(table, {})
        return next(
            (row.line for ident, row in rows.items() if self.keys.uuid(table, ident) == pk), 0
        )

    def texts(self, lang: str, kept: frozenset[UUID]) -> tuple[dict[str, int], set[object]]:
        """This method will write the words of services; gives counts and the services touched."""
        prefix = self.keys.prefix
        rows = ServiceText.objects.filter(service__key__startswith=prefix, lang=lang)
        existing = {row.service_id: row for row in rows}
        created, updated, unchanged = [], [], 0
        for ident, found in self.records.services.items():
            pk, said = self.keys.uuid("service", ident), _said(found)
            old, new = existing.get(pk), [said[name] for name in _TEXT]
            if old is None:
                self.memory.learn(f"text-{lang}:{pk}", new)
                created.append(
                    ServiceText(service_id=pk, lang=lang, basis=TextBasis.SOURCE, **said)
                )
            elif self._may(f"text-{lang}", pk, new, [getattr(old, n) for n in _TEXT], kept):
                for name in _TEXT:
                    setattr(old, name, said[name])
                updated.append(old)
            else:
                unchanged += 1
        ServiceText.objects.bulk_create(created, batch_size=BATCH)
        if updated:
            ServiceText.objects.bulk_update(updated, _TEXT, batch_size=200)
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
