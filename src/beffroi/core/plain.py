"""Rows as plain data that a program or a page can read: no key, no agent’s name."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Model

#: Fields that name who did it: the person is told which service, never which agent.
_AGENT = re.compile(r"(^|_)by(_|$)")
_NEVER = {"id", "version"}


def plain(value: Any) -> Any:
    """This function will give a value as JSON holds it; amounts as texts, so that none is rounded."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if not _AGENT.search(str(key))}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def row(one: Model, *leave_out: str) -> dict[str, Any]:
    """This function will give every field of a row but keys and agents; a choice with its word."""
    given: dict[str, Any] = {}
    for field in one._meta.concrete_fields:
        name = field.name
        if name in _NEVER or name in leave_out or field.is_relation:
            continue
        if isinstance(field, CharField) and _AGENT.search(name):
            continue
        value = getattr(one, field.attname)
        if field.get_internal_type() in ("FileField", "BinaryField", "UUIDField"):
            continue
        given[name] = plain(value)
        if field.choices and value:
            given[f"{name}_label"] = str(getattr(one, f"get_{name}_display")())
    return given


def rows(found: Iterable[Model], *leave_out: str) -> list[dict[str, Any]]:
    """This function will give every row of a query as plain data."""
    return [row(one, *leave_out) for one in found]
