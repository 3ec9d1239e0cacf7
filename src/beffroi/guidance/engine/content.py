"""The plain values the engine works on, and how they are read from the content files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Entry:
    """One service as the engine sees it: its names, its texts and whether it runs."""

    service: str
    name: str
    names: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    status: str = "running"
    places: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Phrase:
    """Words that lead to one service, in one language; `kind` is plain, misspelled, region or edited."""

    service: str
    lang: str
    text: str
    weight: float = 1.0
    kind: str = "plain"


@dataclass(frozen=True)
class LexiconWord:
    """A word or short expression that points to one service; `kind` is lay or pro."""

    service: str
    lang: str
    text: str
    kind: str = "lay"


def load_phrases(folder: Path) -> tuple[list[Phrase], list[LexiconWord]]:
    """Read the phrase files of `folder`, one a service, into phrases and lexicon words."""
    phrases: list[Phrase] = []
    lexicon: list[LexiconWord] = []
    for path in sorted(folder.glob("*.yaml")):
        content = _read(path)
        service = content["id"]
        for block, lines in (content.get("phrases") or {}).items():
            lang, _, kind = block.partition("_")
            phrases.extend(
                Phrase(service, lang, str(line), kind=kind or "plain") for line in lines or ()
            )
        for lang, kinds in (content.get("words") or {}).items():
            for kind, words in (kinds or {}).items():
                lexicon.extend(LexiconWord(service, lang, str(word), kind) for word in words or ())
    return phrases, lexicon


def _read(path: Path) -> dict[str, Any]:
    """Read a content file with the fast loader where there is one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506
    return content


def load_entries(folder: Path, places: dict[str, list[str]] | None = None) -> list[Entry]:
    """Read the service files of `folder` into entries; `places` gives the place words of each service."""
    entries: list[Entry] = []
    for path in sorted(folder.glob("*.yaml")):
        content = _read(path)
        texts = content["texts"]
        names = tuple(
            (lang, str(block["name"])) for lang, block in texts.items() if block.get("name")
        )
        lines: list[tuple[str, str]] = []
        for lang, block in texts.items():
            for part in ("summary", "for_whom", "what_happens"):
                if block.get(part):
                    lines.append((lang, str(block[part])))
        service = content["id"]
        entries.append(
            Entry(
                service,
                str(texts["fr"]["name"]),
                names,
                tuple(lines),
                status="planned" if is_planned(service) else "running",
                places=tuple((places or {}).get(service, ())),
                group="house" if service.startswith("mq-") else "",
            )
        )
    return entries


def is_planned(service: str) -> bool:
    """Tell whether the documents only plan `service`."""
    return service.startswith("dps-") or service == "pcs-4-4-01"
