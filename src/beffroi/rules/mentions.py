"""What a letter must say: the mentions that the law wants in each kind, and those it lacks.

Two questions, asked in this order: is each fact known, and does the text that the person will
read truly carry it? A fact that is known and not written is lacking all the same.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "parameters" / "mentions.yaml"
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
#: What an amount in thousands ends with, just before its last three figures.
_THOUSANDS = re.compile(r"(?:^|\D)\d{1,3}[ .,]\Z")
_LAST_FIGURES = re.compile(r"\d{3}(?!\d)")
_FACT = re.compile(r"{([a-z_]+\.[a-z_]+)}")

#: How a fact is written in a letter of this language: each string must stand in the text.
Written = Callable[[str, str], Sequence[str]]


class UnknownKind(ValueError):
    """No letter of this kind is known."""


@dataclass(frozen=True)
class Mention:
    """Something a letter must say; `is_verified` is false where the duty was only inferred."""

    key: str
    label: str
    reference: str
    source: str
    is_verified: bool
    facts: tuple[str, ...] = ()
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    texts: tuple[str, ...] = ()
    is_first: bool = False
    when_given: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its name in words, its family, what it must say."""

    key: str
    label: str
    family: str
    mentions: tuple[Mention, ...]

    @property
    def is_decision(self) -> bool:
        return self.family == "decision"


@dataclass(frozen=True)
class Lack:
    """A mention that a letter lacks: the fact that is not known, or what the text does not say."""

    mention: Mention
    fact: str = ""
    where: str = ""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """This function will give each kind of letter with its mentions, in the order of the file."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    known = {
        key: _mention(key, row, content["sources"]) for key, row in content["mentions"].items()
    }
    return {
        key: Kind(key, row["label"], row["family"], _mentions(row, content["sets"], known))
        for key, row in content["kinds"].items()
    }


def kind_named(key: str) -> Kind:
    """This function will give a kind of letter. Raises: UnknownKind."""
    if key not in kinds():
        raise UnknownKind(f"unknown kind of letter: {key}")
    return kinds()[key]


def _mention(key: str, row: dict[str, Any], sources: Mapping[str, str]) -> Mention:
    return Mention(
        key, row["label"], row["reference"], sources[row["source"]], row["status"] == "read",
        tuple(row.get("facts", ())), {lang: tuple(v) for lang, v in row.get("says", {}).items()},
        tuple(row.get("texts", ())), row.get("first", False), row.get("when_given", False),
    )  # fmt: skip


def _mentions(
    row: dict[str, Any], sets: Mapping[str, list[str]], known: Mapping[str, Mention]
) -> tuple[Mention, ...]:
    keys = [key for name in row["sets"] for key in sets[name]] + row["mentions"]
    return tuple(known[key] for key in keys)


def facts_wanted(kind: str) -> list[str]:
    """This function will give the facts a letter of this kind cannot do without.

    Raises: UnknownKind.
    """
    wanted = [
        fact
        for mention in kind_named(kind).mentions
        if not mention.when_given
        for fact in (*mention.facts, *_facts_said(mention))
    ]
    return list(dict.fromkeys(wanted))


def _facts_said(mention: Mention) -> list[str]:
    return [fact for said in mention.says.values() for turn in said for fact in _FACT.findall(turn)]


def lacking_facts(kind: str, is_known: Callable[[str], bool]) -> list[Lack]:
    """This function will give the mentions that cannot be made, with the fact not known.

    Raises: UnknownKind.
    """
    return [
        Lack(mention, fact)
        for mention in kind_named(kind).mentions
        if not mention.when_given
        for fact in dict.fromkeys((*mention.facts, *_facts_said(mention)))
        if not is_known(fact)
    ]


def lacking_in_text(
    kind: str,
    lang: str,
    first: str,
    body: str,
    written: Written,
    texts: Mapping[str, Sequence[str]],
) -> list[Lack]:
    """This function will give the mentions that the text of a letter does not truly carry.

    `first` is the part in the language of the person, `body` the part in French (the same text
    when she reads French); a new line parts two paragraphs or two cells. `texts` are the
    paragraphs of the articles printed whole.
    Raises: UnknownKind.
    """
    plain_first, plain_body = plain(first).casefold(), plain(body).casefold()
    lacks = []
    for mention in kind_named(kind).mentions:
        lacks += _lacks_of(mention, "fr", plain_body, written, texts)
        if lang != "fr" and mention.is_first:
            lacks += _lacks_of(mention, lang, plain_first, written, {})
    return lacks


def _lacks_of(
    mention: Mention, lang: str, text: str, written: Written, texts: Mapping[str, Sequence[str]]
) -> list[Lack]:
    lacks = [
        Lack(mention, fact, lang)
        for fact in mention.facts
        if not all(holds(text, one) for one in written(fact, lang))
    ]
    turns = mention.says.get(lang, ())
    if turns and not any(holds(text, _filled(turn, lang, written)) for turn in turns):
        lacks.append(Lack(mention, "", lang))
    if texts:
        lacks += [
            Lack(mention, "", lang)
            for key in mention.texts
            if not all(holds(text, one) for one in texts[key])
        ]
    return lacks


def _filled(turn: str, lang: str, written: Written) -> str:
    return _FACT.sub(lambda found: " ".join(written(found.group(1), lang)), turn)


def holds(text: str, said: str) -> bool:
    """This function will say whether `said` stands in `text` by itself, not inside a longer word.

    « 100,00 € » does not stand in « 2 100,00 € ». `text` is plain and in lower case.
    """
    wanted = plain(said).casefold().replace("\n", " ")
    if not wanted:
        return False
    own = re.compile(rf"(?<!\w)(?<![\d][.,]){re.escape(wanted)}(?!\w)")
    tail = _LAST_FIGURES.match(wanted)
    return any(
        not (tail and _THOUSANDS.search(text, 0, found.start())) for found in own.finditer(text)
    )


def plain(text: str) -> str:
    """This function will give a text with straight apostrophes, single spaces and single lines."""
    folded = unicodedata.normalize("NFC", text).replace("’", "'").replace("\u00ad", "")
    return _SPACES.sub(" ", _LINES.sub("\n", folded)).strip()
