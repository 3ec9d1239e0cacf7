"""The filters of each address: read strictly, said in the OpenAPI document from one table."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

MOST_PER_PAGE = 500
PER_PAGE = 50
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_POSTCODE = r"^[0-9A-Za-z][0-9A-Za-z -]{2,9}$"

#: name → (description, JSON schema)
PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("Full text, accents do not count.", {"type": "string", "maxLength": 200}),
    "page": (
        "Number of the page.",
        {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
    ),
    "per_page": (
        "Results in a page.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    ),
    "format": (
        "json: pages; ndjson: everything, one result a line.",
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
    ),
    "taxonomy_term_id": ("Only what is classed under this term.", {"type": "string", "format": "uuid"}),
    "taxonomy_id": ("Only what is classed in this taxonomy.", {"type": "string", "format": "uuid"}),
    "organization_id": ("Only what this organisation offers.", {"type": "string", "format": "uuid"}),
    "parent_id": ("Only the terms under this one.", {"type": "string", "format": "uuid"}),
    "top_only": ("Only the terms without a parent.", {"type": "boolean", "default": False}),
    "status": ("Only services in this state.", {"type": "string", "enum": list(STATUSES)}),
    "modified_after": (
        "Only what was modified at this moment or later (ISO 8601).",
        {"type": "string", "format": "date-time"},
    ),
    "minimal": ("Only id and last_modified, all at once.", {"type": "boolean", "default": False}),
    "full": ("Each result fully nested.", {"type": "boolean", "default": False}),
    "full_service": ("Services fully nested.", {"type": "boolean", "default": False}),
    "postcode": (
        "Only what is offered in this postcode, or said to serve it.",
        {"type": "string", "pattern": _POSTCODE},
    ),
    "proximity": (
        "Only places within so many metres of the middle of `postcode`; without `postcode`, of"
        " this commune.",
        {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    ),
}  # fmt: skip
_PAGED = ("search", "page", "per_page", "format")
_CLASSED = ("taxonomy_term_id", "taxonomy_id")

#: The parameters that each address takes; any other is refused.
TAKEN: dict[str, tuple[str, ...]] = {
    "root": (),
    "services": (
        *_PAGED, *_CLASSED, "organization_id", "status", "modified_after", "minimal", "full",
    ),
    "service": (),
    "organizations": (*_PAGED, *_CLASSED, "full", "full_service"),
    "organization": ("full_service",),
    "service_at_locations": (
        *_PAGED, *_CLASSED, "organization_id", "modified_after", "full", "postcode", "proximity",
    ),
    "service_at_location": (),
    "taxonomies": _PAGED,
    "taxonomy": (),
    "taxonomy_terms": (*_PAGED, "taxonomy_id", "top_only", "parent_id"),
    "taxonomy_term": (),
}  # fmt: skip


@dataclass
class BadParameters(Exception):
    """What is wrong with the parameters, one sentence each."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The parameters of a request, read."""

    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name, PARAMETERS[name][1].get("default"))


def read_parameters(request: HttpRequest, address: str) -> Asked:
    """This function will read the query. Raises: BadParameters naming each parameter at fault."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    sent = [*request.GET.lists(), *(request.POST.lists() if request.method == "POST" else ())]
    for name, given in sent:
        if name not in TAKEN[address]:
            known = ", ".join(TAKEN[address]) or "none"
            errors[name] = f"Unknown parameter. This address takes: {known}."
        elif len(given) > 1 or name in values:
            errors[name] = "Given more than once."
        else:
            try:
                values[name] = _read(PARAMETERS[name][1], given[0])
            except ValueError as error:
                errors[name] = str(error)
    if errors:
        raise BadParameters(errors)
    return Asked(values)


def _read(schema: dict[str, Any], given: str) -> Any:
    kind, form = schema["type"], schema.get("format")
    if kind == "integer":
        return _integer(given, schema["minimum"], schema["maximum"])
    if kind == "boolean":
        if given not in ("true", "false"):
            raise ValueError("Must be true or false.")
        return given == "true"
    if form == "uuid":
        if not _UUID.fullmatch(given):
            raise ValueError("Must be a UUID.")
        return UUID(given)
    if form == "date-time":
        return _moment(given)
    return _text(schema, given)


def _text(schema: dict[str, Any], given: str) -> str:
    if "enum" in schema and given not in schema["enum"]:
        raise ValueError(f"Must be one of: {', '.join(schema['enum'])}.")
    if "\x00" in given:
        raise ValueError("No null character is kept anywhere here.")
    if "pattern" in schema and not re.fullmatch(schema["pattern"], given):
        raise ValueError("Does not look like a postcode.")
    if len(given) > schema.get("maxLength", 1000):
        raise ValueError(f"At most {schema['maxLength']} characters.")
    return given


def _integer(given: str, least: int, most: int) -> int:
    if re.fullmatch(r"\d{1,9}", given, re.ASCII) and least <= int(given) <= most:
        return int(given)
    raise ValueError(f"Must be a whole number from {least} to {most}.")


def _moment(given: str) -> datetime:
    try:
        moment = parse_datetime(given.replace(" ", "+"))
        day = None if moment else parse_date(given)
        if day is not None:
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — made aware below
        if moment is not None:
            aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            return aware.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        pass
    raise ValueError("Must be a date and time, like 2026-11-22T00:00:00Z.")


def is_uuid(given: str) -> bool:
    """This function will say whether an identifier of an address can be one of ours."""
    return bool(_UUID.fullmatch(given))
