"""The kinds of aid this house can ask, decide and give: a table, with the text of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data" / "aids"

#: What a field may hold; `details.py` says how each is read and checked.
TYPES = frozenset(
    {"text", "long", "choice", "choices", "money", "rate", "number", "integer", "date", "bool",
     "points"}
)  # fmt: skip


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
class AidClock:
    """A time limit that a grant starts.

    `day` is `decided`, `from_date`, or the key of a date field; `only` keeps some of its limits.
    """

    event: str
    day: str
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contribution:
    """What the person pays for a service, as its computation gives it, and for how much of it."""

    label: str
    pace: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class Aid:
    """One kind of aid: who decides it, on which law, with which proofs, paid how.

    `is_money` is false for a service or an aid in kind; `pays_when` names the answers with which
    an aid is money. `binds` says whether the computation fixes the amount, or only helps.
    `payees` are those who may be paid, the usual one first. `model` names the record that is
    kept once the aid is granted, `agreement` the kind of agreement that is worked on elsewhere,
    `recovery` who gives an advance back, `gives` what a grant without money consists of.
    """

    key: str
    label: str
    legal_basis: str
    organ: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    periodicity: str = ""
    computation: str = ""
    binds: bool = True
    article: str = ""
    is_money: bool = True
    is_urgent: bool = False
    pays_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    payees: tuple[str, ...] = ("person",)
    model: str = ""
    agreement: str = ""
    recovery: str = ""
    gives: str = ""
    contribution: Contribution | None = None
    proof: tuple[str, ...] = ()
    clocks: tuple[AidClock, ...] = ()
    fields: tuple[AidField, ...] = ()
    documents: tuple[str, ...] = ()
    motives: str = ""
    refusal_motives: str = ""
    status: str = "read"
    note: str = ""

    @property
    def is_income(self) -> bool:
        """Whether it is the living income or its equivalent, computed by the law on all means."""
        return self.computation == "living_income"

    def pays(self, details: Mapping[str, Any]) -> bool:
        """This function will say whether this aid is money, with the answers given."""
        if not self.is_money:
            return False
        return all(details.get(key) in wanted for key, wanted in self.pays_when.items())

    def names(self) -> dict[str, str]:
        """This function will give what the aid is called within a sentence, by language."""
        return {"fr": self.label[0].lower() + self.label[1:], **self.labels}

    def field_named(self, key: str) -> AidField | None:
        """This function will give one of its questions, if it has it."""
        return next((one for one in self.fields if one.key == key), None)


@lru_cache(maxsize=1)
def _aids() -> dict[str, Aid]:
    found: dict[str, Aid] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))["aids"]
        for key, given in content.items():
            found[key] = _read(key, dict(given))
    return found


def _read(key: str, given: dict[str, Any]) -> Aid:
    fields = tuple(
        AidField(
            one["key"],
            one["label"],
            one.get("type", "text"),
            one.get("required", False),
            _choices(one),
            one.get("hint", ""),
        )
        for one in given.pop("fields", [])
    )
    clocks = tuple(
        AidClock(one["event"], one["day"], tuple(one.get("only", ())))
        for one in given.pop("clocks", [])
    )
    asked = given.pop("contribution", None)
    lists: dict[str, Any] = {
        name: tuple(given.pop(name))
        for name in ("documents", "proof", "payees")
        if name in given
    }  # fmt: skip
    pays_when = {name: tuple(said) for name, said in given.pop("pays_when", {}).items()}
    return Aid(
        key=key, fields=fields, clocks=clocks, pays_when=pays_when,
        contribution=Contribution(**asked) if asked else None, **lists, **given,
    )  # fmt: skip


def _choices(one: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if one.get("type") == "points":
        return tuple((str(n), str(n)) for n in range(4))
    return tuple((str(key), str(label)) for key, label in one.get("choices", {}).items())


def aids() -> tuple[Aid, ...]:
    """This function will give every kind of aid, in the order of the table."""
    return tuple(_aids().values())


def aid(key: str) -> Aid:
    """This function will give one kind of aid. Raises: KeyError."""
    return _aids()[key]


def is_known(key: str) -> bool:
    """This function will say whether the table holds this kind of aid."""
    return key in _aids()
