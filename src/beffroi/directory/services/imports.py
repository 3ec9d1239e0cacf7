"""Takes in somebody else's directory, whole, with a report; twice in a row changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify

from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.directory.enums import ImportState
from beffroi.directory.imports.faults import Fault
from beffroi.directory.imports.package import Package
from beffroi.directory.imports.reading import read_records
from beffroi.directory.models import ImportRun, Service, Source
from beffroi.directory.permissions import can_edit_directory
from beffroi.directory.services.import_entries import write_entries
from beffroi.directory.services.import_facts import write_facts
from beffroi.directory.services.import_keys import Keys
from beffroi.directory.services.import_memory import Memory
from beffroi.directory.services.writing import bump_revision

#: A report keeps this many lines; the counts by kind are always whole.
MOST_FAULTS = 50_000


@dataclass(frozen=True)
class ImportChoices:
    """How a package is taken in: published at once or not, its language, its country."""

    publish: bool = False
    lang: str = "fr"
    country: str = "BE"
    licence: str = ""


@dataclass
class _Taken:
    memory: Memory
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    touched: set[object] = field(default_factory=set)


def import_hsds(
    *,
    package: Package,
    publisher: str,
    by: Actor,
    at: datetime,
    choices: ImportChoices | None = None,
) -> ImportRun:
    """This function will write the package of `publisher` and give the run with its report.

    What an editor confirmed or reviewed stays; services come in unpublished unless
    `choices.publish`. Raises: NotAllowed when `by` is no editor; InvalidInput without a
    publisher.
    """
    choices = choices or ImportChoices()
    if not can_edit_directory(by):
        raise NotAllowed("Seule la rédaction importe un annuaire.")
    publisher = " ".join(publisher.split())[:200]
    name = publisher_key(publisher)
    if not name:
        raise InvalidInput("Dites d’où viennent les données.", {"publisher": "Nom de l’éditeur."})
    with translation.override("fr"):
        records = read_records(package, choices.country)
    with transaction.atomic():
        source = _source(name, publisher, package, choices, at)
        keys = Keys(name)
        taken = _Taken(Memory(_last_said(keys)))
        write_entries(
            records, keys, package, taken.counts, taken.touched, taken.memory, at, choices
        )
        write_facts(records, keys, source, package, taken.counts, taken.touched, at)
        _stamp(taken.touched, at)
        return _closed(package, publisher, taken, by, at)


def _last_said(keys: Keys) -> dict[str, str]:
    """What the last package of this publisher said; names are written in many ways."""
    rows = ImportRun.objects.filter(state=ImportState.DONE).order_by("-started_at", "-pk")
    for pk, publisher in rows.values_list("pk", "publisher"):
        if keys.publisher == publisher_key(publisher):
            said: dict[str, str] = ImportRun.objects.values_list("said", flat=True).get(pk=pk)
            return said
    return {}


def publisher_key(publisher: str) -> str:
    """This function will give the start of the keys of a publisher; empty when it has no name."""
    return slugify(publisher)[:40].strip("-")


def _source(
    name: str, publisher: str, package: Package, choices: ImportChoices, at: datetime
) -> Source:
    """The source of every fact of the package, held until the import ends."""
    source, _ = Source.objects.get_or_create(
        key=f"import:{name}",
        defaults={
            "title": f"Annuaire importé : {publisher}"[:255],
            "publisher": publisher,
            "seen_on": at.date(),
            "licence": (choices.licence or package.licence)[:120],
        },
    )
    return Source.objects.select_for_update(no_key=True).get(pk=source.pk)


def _stamp(touched: set[Any], at: datetime) -> None:
    """Services in which anything changed say so, and the public pages are made anew."""
    ids = list(touched)
    for start in range(0, len(ids), 500):
        Service.objects.filter(pk__in=ids[start : start + 500]).update(modified_at=at)


def _closed(package: Package, publisher: str, taken: _Taken, by: Actor, at: datetime) -> ImportRun:
    counts: dict[str, object] = dict(taken.counts)
    changed = sum(
        number
        for table in taken.counts.values()
        for what, number in table.items()
        if what != "unchanged"
    )
    counts["faults"] = package.report.by_code()
    run = _run(package.name, publisher, ImportState.DONE, counts, package.report.faults, by, at)
    ImportRun.objects.filter(pk=run.pk).update(said=taken.memory.now)
    if changed:
        bump_revision()
    return run


def _run(
    file_name: str,
    publisher: str,
    state: ImportState,
    counts: dict[str, object],
    faults: Iterable[Fault],
    by: Actor,
    at: datetime,
) -> ImportRun:
    run = ImportRun.objects.create(
        publisher=publisher,
        file_name=file_name[:200],
        started_at=at,
        ended_at=at,
        started_by=by.label[:160],
        state=state,
        counts=counts,
        faults=[fault.as_row() for fault in list(faults)[:MOST_FAULTS]],
    )
    record(
        by=by, kind=ActKind.WRITE, verb="import_directory", object_kind="directory.ImportRun",
        object_ref=str(run.pk), at=at, detail={"publisher": publisher, "file": file_name[:200]},
    )  # fmt: skip
    return run


@transaction.atomic
def refuse_import(
    *, file_name: str, publisher: str, why: str, by: Actor, at: datetime
) -> ImportRun:
    """This function will keep the trace of a package that could not be read.

    Raises: NotAllowed when `by` is no editor.
    """
    if not can_edit_directory(by):
        raise NotAllowed("Seule la rédaction importe un annuaire.")
    fault = Fault(file_name[:200], 0, "", "unreadable_file", why[:300])
    return _run(
        file_name, publisher[:200], ImportState.REFUSED, {"faults": {"unreadable_file": 1}},
        [fault], by, at,
    )  # fmt: skip
