"""The kinds of aid this house can ask, decide and give: a table, with the text of each."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "data" / "aids.yaml"


@dataclass(frozen=True)
class AidField:
    """A question that belongs to one kind of aid alone."""

    key: str
    label: str
    type: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Aid:
    """One kind of aid: who decides it, on which law, with which proofs, paid how."""

    key: str
    label: str
    legal_basis: str
    organ: str
    periodicity: str = ""
    computation: str = ""
    article: str = ""
    grants_event: str = ""
    is_money: bool = True
    fields: tuple[AidField, ...] = ()
    documents: tuple[str, ...] = ()
    motives: str = ""
    refusal_motives: str = ""
    status: str = "read"
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict, hash=False)


@lru_cache(maxsize=1)
def _aids() -> dict[str, Aid]:
    content: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["aids"]
    return {key: _read(key, dict(given)) for key, given in content.items()}


def _read(key: str, given: dict[str, Any]) -> Aid:
    fields = tuple(
        AidField(
            one["key"],
            one["label"],
            one.get("type", "text"),
            one.get("required", False),
            tuple((str(k), str(v)) for k, v in one.get("choices", {}).items()),
            one.get("hint", ""),
        )
        for one in given.pop("fields", [])
    )
    documents = tuple(given.pop("documents", []))
    return Aid(key=key, fields=fields, documents=documents, **given)


def aids() -> tuple[Aid, ...]:
    """This function will give every kind of aid, in the order of the table."""
    return tuple(_aids().values())


def aid(key: str) -> Aid:
    """This function will give one kind of aid. Raises: KeyError."""
    return _aids()[key]


def is_known(key: str) -> bool:
    """This function will say whether the table holds this kind of aid."""
    return key in _aids()
