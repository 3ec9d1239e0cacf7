"""What this room holds about a person, as plain data that a program or a page can read."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from beffroi.audit.queries import looks_at
from beffroi.core.actors import Actor
from beffroi.people import queries
from beffroi.people.models import (
    Address,
    CivilStatus,
    Consent,
    Contact,
    HouseholdMember,
    Identifier,
    LanguageSpoken,
    Merge,
    Person,
    PersonName,
    Representative,
)
from beffroi.people.same import same_ids
from beffroi.people.sealing import shown

_NOT_HERS = {"id", "person", "version", "compact", "merged_into"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _row(row: Model) -> dict[str, Any]:
    """Every field of a row but keys; a choice is given with its word."""
    given: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in _NOT_HERS or field.is_relation:
            continue
        given[field.name] = _plain(getattr(row, field.attname))
        if field.choices and getattr(row, field.attname):
            given[f"{field.name}_label"] = str(getattr(row, f"get_{field.name}_display")())
    return given


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows.order_by("pk")]


def export_person(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give everything this room holds about a person, merged entries too.

    A sealed address is masked unless the actor may read it; other persons are named by what
    they are to her. Raises: LookupError.
    """
    person = queries.person_named(reference)
    if person is None:
        raise LookupError(reference)
    ids = same_ids(person.pk)
    mine = {"person__in": ids}
    return {
        "reference": person.reference,
        "entries": _rows(Person.objects.filter(pk__in=ids)),
        "other_names": _rows(PersonName.objects.filter(**mine)),
        "civil_statuses": _rows(CivilStatus.objects.filter(**mine)),
        "identifiers": _rows(Identifier.objects.filter(**mine)),
        "contacts": _rows(Contact.objects.filter(**mine)),
        "languages": _rows(LanguageSpoken.objects.filter(**mine)),
        "addresses": _addresses(ids, actor),
        "households": _households(ids),
        "ties": [
            {
                "what": bond.label, "who": bond.other.name,
                "since_date": _plain(bond.since_date), "until_date": _plain(bond.until_date),
            }
            for bond in queries.ties_of(person.pk)
        ],
        "consents": _rows(Consent.objects.filter(**mine)),
        "representatives": [
            _row(row) | ({"name": str(row.acting)} if row.acting else {})
            for row in Representative.objects.filter(**mine).select_related("acting")
        ],
        "merges": [
            {"at": _plain(row.at), "why": row.why, "undone_at": _plain(row.undone_at)}
            for row in Merge.objects.filter(kept__in=ids).order_by("pk")
        ],
        "who_looked": [
            {"at": look.at.isoformat(), "service": look.post, "reason": look.reason}
            for pk in sorted(ids)
            for look in looks_at(queries.reference_of(pk))
        ],
    }  # fmt: skip


def _addresses(ids: frozenset[int], actor: Actor | None) -> list[dict[str, Any]]:
    rows = list(Address.objects.filter(person__in=ids).order_by("pk"))
    return [
        {
            "kind": one.kind, "kind_label": one.kind_label, "lines": list(one.lines),
            "since_date": _plain(one.since_date), "until_date": _plain(one.until_date),
            "is_sealed": one.is_sealed,
        }
        for one in shown(rows, actor)
    ]  # fmt: skip


def _households(ids: frozenset[int]) -> list[dict[str, Any]]:
    rows = HouseholdMember.objects.filter(person__in=ids).select_related("household")
    return [_row(row) | {"household": row.household.reference} for row in rows.order_by("pk")]
