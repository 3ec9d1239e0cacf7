"""The guide of this process: built from the database, kept up as phrases are added.

Building anew takes seconds, so it is done beside the calls. Until it is done, a phrase that was
just added is looked up by itself: the next search that uses those words is right.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread

import yaml
from django.conf import settings
from rapidfuzz import fuzz

from beffroi.directory import queries as directory
from beffroi.directory.summaries import service_summaries
from beffroi.guidance.engine.content import Entry, LexiconWord, Phrase
from beffroi.guidance.engine.encoder import best_encoder
from beffroi.guidance.engine.guide import Guide, Orientation, Reason, Result
from beffroi.guidance.models import Phrase as PhraseRow
from beffroi.guidance.models import Word

_PLACES = Path(__file__).parent / "data" / "places.yaml"
_SAME = 92


@dataclass(frozen=True)
class _Held:
    """A guide, the stamp of the directory it was built at, and the phrases it knows."""

    guide: Guide
    revision: int
    last_phrase: int
    known: frozenset[int]


_lock = Lock()
_building = Lock()
_held: _Held | None = None


def orient(words: str, lang: str | None) -> Orientation:
    """This function will answer with the guide of this process, and what was added since."""
    held = _current()
    answer = held.guide.orient(words, lang)
    if held.revision == directory.revision():
        return answer
    _rebuild_beside()
    return _with_new_phrases(answer, words, held)


def knows(word: str, lang: str) -> bool:
    """This function will say whether a word is an ordinary one, as far as this process has read."""
    return _held is not None and bool(_held.guide.ranker.reader.knows(word, lang))


def forget() -> None:
    """This function will let go of the guide: the next call builds it from the database."""
    global _held
    with _lock:
        _held = None


def _current() -> _Held:
    global _held
    if _held is None:
        with _lock:
            if _held is None:
                _held = _build()
    return _held


def _rebuild_beside() -> None:
    if _building.acquire(blocking=False):
        Thread(target=_rebuild, daemon=True).start()


def _rebuild() -> None:
    from django.db import connection

    global _held
    try:
        fresh = _build()
        with _lock:
            _held = fresh
    finally:
        connection.close()
        _building.release()


def _build() -> _Held:
    revision = directory.revision()
    rows = list(
        PhraseRow.objects.order_by("pk").values_list(
            "pk", "service__key", "lang", "text", "kind", "origin"
        )
    )
    phrases = [
        Phrase(service, lang, text, kind="edited" if origin == "editor" else kind)
        for _pk, service, lang, text, kind, origin in rows
    ]
    lexicon = [
        LexiconWord(*row)
        for row in Word.objects.order_by("pk").values_list(
            "service__key", "lang", "text", "register"
        )
    ]
    entries = _entries()
    listed = {entry.service for entry in entries}
    guide = Guide(
        entries,
        [phrase for phrase in phrases if phrase.service in listed],
        [word for word in lexicon if word.service in listed],
        best_encoder(),
        Path(settings.BEFFROI_CACHE) / "guidance",
    )
    known = frozenset(row[0] for row in rows)
    return _Held(guide, revision, max(known, default=0), known)


def _entries() -> list[Entry]:
    places = yaml.safe_load(_PLACES.read_text(encoding="utf-8")) if _PLACES.exists() else {}
    return [
        Entry(
            service.key, service.name, service.names, service.texts, service.status,
            tuple(places.get(service.key, ())), "house" if service.is_house else "",
        )
        for service in service_summaries()
    ]  # fmt: skip


def _bare(text: str) -> str:
    """A text for comparing: no accents, no case, no punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _with_new_phrases(answer: Orientation, words: str, held: _Held) -> Orientation:
    """Phrases added since the guide was built, when the words are the same, come first."""
    fresh = PhraseRow.objects.filter(pk__gt=held.last_phrase, service__is_listed=True)
    asked = _bare(words)
    found = [
        Result(key, name, status, 1.0, Reason("phrase", (), text, lang), _because(text))
        for key, name, status, text, lang in fresh.values_list(
            "service__key", "service__name", "service__status", "text", "lang"
        )
        if asked and fuzz.ratio(asked, _bare(text)) >= _SAME
    ]
    if not found:
        return answer
    kept = list(_once([*found, *answer.results]))
    return replace(answer, confident=True, results=tuple(kept[:5]))


def _once(results: Iterable[Result]) -> Iterable[Result]:
    seen: set[str] = set()
    for result in results:
        if result.service not in seen:
            seen.add(result.service)
            yield result


def _because(text: str) -> str:
    return f"D’autres personnes disent\u202f: «\u202f{text}\u202f»."
