"""The facts of a letter: what they may be, how they are kept, how they are written.

Facts come as a mapping of mappings, {"aid": {"amount": Decimal("1048.80")}}. They are kept as
plain JSON, so that the letter can show for ever what it was written from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.documents.letters import wording

DATA = Path(__file__).parents[1] / "data" / "letters"

#: The columns of the facts that are lists of rows, with the type of each.
COLUMNS: dict[str, dict[str, str]] = {
    "amounts": {"label": "text", "amount": "money", "note": "text"},
    "steps": {"label": "text", "formula": "text", "amount": "money", "reference": "text"},
    "days": {"label": "text", "date": "date"},
    "people": {"name": "text", "title": "text"},
}
LISTS = {"paragraphs", "lines", *COLUMNS}
#: Without these a row says nothing.
_NEEDED = {"amounts": ("label", "amount"), "steps": ("label", "amount"), "days": ("label", "date"),
           "people": ("name",)}  # fmt: skip
#: Marks of the rendering, which no fact may hold.
_MARKS = dict.fromkeys((0xE000, 0xE001, 0x0), None)

Facts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Declared:
    """A fact that letters know: its key, its name in words, its type, a value for previews."""

    key: str
    label: str
    type: str
    example: Any
    is_house: bool


@lru_cache(maxsize=1)
def declared() -> dict[str, Declared]:
    """This function will give every fact that a letter may use, by its key."""
    content = yaml.safe_load((DATA / "facts.yaml").read_text(encoding="utf-8"))
    return {
        key: Declared(key, row["label"], row["type"], row["example"], row.get("house", False))
        for key, row in content["facts"].items()
    }


def example_facts() -> Facts:
    """This function will give fictional values for every fact, for previews and trials."""
    nested: Facts = {}
    for key, fact in declared().items():
        room, name = key.split(".")
        nested.setdefault(room, {})[name] = fact.example
    return kept(nested)


def kept(facts: Mapping[str, Mapping[str, Any]]) -> Facts:
    """This function will give facts as they are kept: checked, and made of plain values.

    Raises: InvalidInput naming each fact that is unknown or not of its type.
    """
    checked: Facts = {}
    wrong: dict[str, str] = {}
    for key, value in _flat(facts):
        fact = declared().get(key)
        if fact is None:
            wrong[key] = _("Les lettres ne connaissent pas ce fait.")
            continue
        try:
            plain = _kept(value, fact.type)
        except (TypeError, ValueError, InvalidOperation):
            wrong[key] = _("Cette valeur ne convient pas : %(label)s.") % {"label": fact.label}
            continue
        if plain not in (None, "", [], {}):
            room, name = key.split(".")
            checked.setdefault(room, {})[name] = plain
    if wrong:
        said = ", ".join(wrong)
        raise InvalidInput(_("Ces faits ne peuvent pas entrer dans une lettre : %s.") % said, wrong)
    return checked


def _flat(facts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for room, inner in facts.items():
        if not isinstance(inner, Mapping):
            yield str(room), inner
            continue
        for name, value in inner.items():
            yield f"{room}.{name}", value


def _kept(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "text":
        return _kept_text(value)
    if kind == "money":
        amount = Decimal(str(value))
        if not amount.is_finite() or isinstance(value, float):
            raise ValueError("an amount is a finite Decimal")
        return f"{amount.quantize(Decimal('0.01'))}"
    if kind == "date":
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]
    if kind == "number":
        return int(value)
    if isinstance(value, str | Mapping):
        raise TypeError("a list is wanted")
    if kind in ("paragraphs", "lines"):
        return [text for one in value if (text := _kept_text(one))]
    return [_kept_row(row, kind) for row in value]


def _kept_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        if not set(value) <= set(wording.LANGUAGES) or "fr" not in value:
            raise ValueError("a text in several languages has French among them")
        return {lang: _kept_text(text) for lang, text in value.items()}
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value.translate(_MARKS).strip()


def _kept_row(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    if not set(row) <= set(COLUMNS[kind]):
        raise ValueError("unknown column")
    made = {name: _kept(row.get(name), COLUMNS[kind][name]) for name in COLUMNS[kind]}
    if any(made[name] in (None, "") for name in _NEEDED[kind]):
        raise ValueError("a row lacks what it is about")
    return {name: value for name, value in made.items() if value not in (None, "")}


def value_of(facts: Facts, key: str) -> Any:
    """This function will give a fact as it is kept, or None."""
    room, _dot, name = key.partition(".")
    return facts.get(room, {}).get(name)


def shown(value: Any, kind: str, lang: str) -> Any:
    """This function will write a kept value for a reader: texts, or rows of texts."""
    if kind in COLUMNS:
        return [
            {name: shown(row.get(name), COLUMNS[kind][name], lang) for name in COLUMNS[kind]}
            for row in value or []
        ]
    if kind in LISTS:
        return [shown(one, "text", lang) for one in value or []]
    if value in (None, ""):
        return ""
    if kind == "money":
        return wording.money(Decimal(value), lang)
    if kind == "date":
        return wording.day(date.fromisoformat(value), lang)
    if isinstance(value, dict):
        return value.get(lang) or value["fr"]
    return str(value)


def written(facts: Facts, key: str, lang: str) -> list[str]:
    """This function will give each piece of a fact that a letter must carry when it tells it."""
    kind = declared()[key].type
    value = shown(value_of(facts, key), kind, lang)
    if kind in COLUMNS:
        return [cell for row in value for cell in row.values() if cell]
    if kind in LISTS:
        return list(value)
    return [value] if value else []
