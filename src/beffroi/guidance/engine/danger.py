"""Danger to life, body or a night's shelter, recognised in every language of the guide.

Three nets, widest last: patterns of words (all of several groups, near one another), the same
patterns with misspelled words, and sentences close in meaning to known cries for help.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from beffroi.guidance.engine import text
from beffroi.guidance.engine.encoder import Encoder, Vectors, VectorStore

_WINDOW = 9
_AFTER = 7
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ف", "ب", "ل", "س")
_Span = tuple[int, int]


@dataclass(frozen=True)
class _Pattern:
    """Groups that must all be found, near one another; `ordered` when each follows the one before."""

    danger: str
    lang: str
    groups: tuple[tuple[tuple[str, ...], ...], ...]
    ordered: bool
    starts: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Table:
    order: tuple[str, ...]
    patterns: tuple[_Pattern, ...]
    figures: tuple[_Pattern, ...]
    examples: tuple[tuple[str, str], ...]
    calm: tuple[str, ...]
    likeness: float
    lead: float
    follow_up: dict[str, tuple[str, ...]]


def _alternatives(written: str, sets: dict[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for choice in (c.strip() for c in written.split("|")):
        if choice.startswith("@"):
            for word in sets[choice[1:]]:
                found.extend(_alternatives(str(word), sets))
        else:
            stars = [part.endswith("*") for part in choice.split()]
            parts = [text.fold(p.rstrip("*")) for p in choice.split()]
            found.append(
                tuple(p + ("*" if star else "") for p, star in zip(parts, stars, strict=True))
            )
    return tuple(found)


def _compile(danger: str, lang: str, line: str, sets: dict[str, list[str]]) -> _Pattern:
    ordered = ">" in line
    groups = tuple(_alternatives(part, sets) for part in line.split(">" if ordered else "+"))
    return _Pattern(
        danger, lang, groups, ordered, tuple(frozenset(c[0] for c in g) for g in groups)
    )


@lru_cache(maxsize=1)
def _table() -> _Table:
    content: dict[str, Any] = yaml.safe_load((text.DATA / "danger.yaml").read_text("utf-8"))
    sets = content["sets"]
    patterns = [
        _compile(danger, lang, line, sets)
        for danger, langs in content["patterns"].items()
        for lang, lines in langs.items()
        for line in lines
    ]
    figures = [
        _compile("", lang, line, sets)
        for lang, lines in content["figures"].items()
        for line in lines
    ]
    examples = [
        (danger, line)
        for danger, langs in content["examples"].items()
        for lines in langs.values()
        for line in lines
    ]
    return _Table(
        tuple(content["order"]),
        tuple(patterns),
        tuple(figures),
        tuple(examples),
        tuple(content["calm"]),
        float(content["likeness"]),
        float(content["lead"]),
        {danger: tuple(services) for danger, services in content["follow_up"].items()},
    )


def _forms(token: str, lang: str) -> set[str]:
    """Return the writings under which `token` may stand in a pattern."""
    folded = text.fold(token)
    forms = {folded}
    if lang == "fr":
        forms.update(
            text.fold(w) for w in text.tokens(text.spellings()["sms"].get(token, "")) if len(w) > 1
        )
    if lang == "ar":
        forms.update(
            folded[len(p) :]
            for p in _ARABIC_PREFIXES
            if folded.startswith(p) and len(folded) - len(p) > 2
        )
    return forms


def _alike(word: str, seen: str) -> bool:
    """Tell whether `seen` is `word` of six letters or more, misspelled after its first letter."""
    allowed = 1 if len(word) < 9 else 2
    return (
        len(word) >= 6
        and word[:1] == seen[:1]
        and abs(len(seen) - len(word)) <= allowed
        and OSA.distance(word, seen, score_cutoff=allowed) <= allowed
    )


class _Words:
    """The words that patterns of one language use, found again in what people type."""

    def __init__(self, patterns: Iterable[_Pattern], lang: str) -> None:
        """Gather the words of `patterns`."""
        self._lang = lang
        words = {w for p in patterns for group in p.groups for choice in group for w in choice}
        self._plain = {w for w in words if not w.endswith("*")}
        self._starts = {w[:-1] for w in words if w.endswith("*")}
        self._shortest = min((len(s) for s in self._starts), default=0)
        self._long = sorted(w for w in self._plain if len(w) >= 6)
        self._heard: dict[str, set[str]] = defaultdict(set)
        for word in self._plain if lang == "fr" else ():
            if len(word) > 3:
                self._heard[text.sound(word)].add(word)
        self._kept: dict[tuple[str, bool], frozenset[str]] = {}

    def meant(self, token: str, spoken: str, tolerant: bool) -> frozenset[str]:
        """Return the pattern words that `token` may stand for, misspelled too when `tolerant`."""
        at = (f"{spoken}:{token}", tolerant)
        if at not in self._kept:
            if len(self._kept) > 20000:
                self._kept.clear()
            self._kept[at] = frozenset(self._search(token, spoken, tolerant))
        return self._kept[at]

    def _search(self, token: str, spoken: str, tolerant: bool) -> set[str]:
        forms = _forms(token, spoken)
        found = self._plain & forms
        found |= {
            f"{f[:n]}*"
            for f in forms
            for n in range(self._shortest, len(f) + 1)
            if f[:n] in self._starts
        }
        if not tolerant or found:
            return found
        sound = text.sound(token) if self._lang == "fr" else ""
        if len(sound) > 2:
            found |= self._heard.get(sound, set())
        folded = text.fold(token)
        found |= {w for w in self._long if _alike(w, folded)}
        return found | {f"{w}*" for w in self._starts if _alike(w, folded[: len(w)])}


class _Matcher:
    """Finds in one query the words of the patterns of one language, then the patterns themselves."""

    def __init__(self, meant: Sequence[frozenset[str]]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(meant):
            for word in words:
                self._places[word].append(place)
        self.masked: set[int] = set()

    def _spans(self, group: Iterable[tuple[str, ...]]) -> list[_Span]:
        spans: list[_Span] = []
        for words in group:
            for start in self._places.get(words[0], ()):
                if all(start + n in self._places.get(w, ()) for n, w in enumerate(words)):
                    spans.append((start, start + len(words)))
        return [s for s in spans if not self.masked.intersection(range(*s))]

    def find(self, pattern: _Pattern) -> _Span | None:
        """Return where `pattern` stands, from its first word to past its last."""
        if any(starts.isdisjoint(self._places) for starts in pattern.starts):
            return None
        reach: list[_Span] = []
        for number, group in enumerate(pattern.groups):
            spans = self._spans(group)
            if not spans:
                return None
            if number == 0:
                reach = spans
            elif pattern.ordered:
                reach = [(a, d) for a, b in reach for c, d in spans if 0 <= c - b < _AFTER]
            else:
                reach = [
                    (min(a, c), max(b, d))
                    for a, b in reach
                    for c, d in spans
                    if (c >= b or d <= a) and max(b, d) - min(a, c) <= _WINDOW + len(pattern.groups)
                ]
            if not reach:
                return None
        return reach[0]


class DangerFinder:
    """Tells which danger a person's words speak of, the gravest when several."""

    def __init__(self, encoder: Encoder, cache_dir: Path | None = None) -> None:
        """Read the patterns and the meanings of the examples."""
        self._table = _table()
        self.encoder = encoder
        lines = [line for _, line in self._table.examples] + list(self._table.calm)
        vectors = VectorStore(encoder, cache_dir).vectors(lines)
        self._examples = vectors[: len(self._table.examples)]
        self._calm = vectors[len(self._table.examples) :]
        self._by_lang: dict[str, list[_Pattern]] = defaultdict(list)
        self._figures: dict[str, list[_Pattern]] = defaultdict(list)
        for pattern in self._table.patterns:
            self._by_lang[pattern.lang].append(pattern)
        for figure in self._table.figures:
            self._figures[figure.lang].append(figure)
        self._words = {
            lang: _Words([*patterns, *self._figures[lang]], lang)
            for lang, patterns in self._by_lang.items()
        }

    def __getstate__(self) -> dict[str, object]:
        """Leave the encoder out of what is kept on disk."""
        return {name: value for name, value in self.__dict__.items() if name != "encoder"}

    def find(
        self,
        words: str,
        lang: str,
        *,
        vectors: Vectors | None = None,
        mended: Sequence[str] = (),
        known: Callable[[str], bool] | None = None,
    ) -> str | None:
        """Return the gravest danger in `words`, or None.

        `vectors` are those of the words when already reckoned, `mended` the words as they would be
        well written; a word that `known` tells to be an
        ordinary one is not taken for the misspelling of another.
        """
        tokens = text.tokens(words)
        if not tokens:
            return None
        found = set(self.patterns_in(tokens, lang, known))
        if not found and mended and list(mended) != tokens:
            found = set(self.patterns_in(mended, lang, known))
        if not found and len(tokens) > 1:
            found = self._by_meaning(self.encoder.encode([words]) if vectors is None else vectors)
        return next((danger for danger in self._table.order if danger in found), None)

    def follow_up(self, danger: str | None) -> tuple[str, ...]:
        """Return the services that follow up `danger` once the emergency numbers have been shown."""
        return self._table.follow_up.get(danger or "", ())

    def patterns_in(
        self, tokens: Sequence[str], lang: str, known: Callable[[str], bool] | None = None
    ) -> dict[str, _Pattern]:
        """Return the dangers whose patterns `tokens` hold, each with the pattern found."""
        found: dict[str, _Pattern] = {}
        for other in (lang, *(o for o in self._by_lang if o != lang)):
            if other not in self._by_lang:
                continue
            matcher = self._matcher(tokens, other, lang, known)
            for pattern in self._by_lang[other]:
                if pattern.danger not in found and matcher.find(pattern):
                    found[pattern.danger] = pattern
            if found or matcher.masked:
                break
        return found

    def _matcher(
        self, tokens: Sequence[str], other: str, lang: str, known: Callable[[str], bool] | None
    ) -> _Matcher:
        words = self._words[other]
        matcher = _Matcher(
            [words.meant(t, lang, other == lang and not (known and known(t))) for t in tokens]
        )
        for figure in self._figures.get(other, ()) if other == lang else ():
            span = matcher.find(figure)
            if span:
                matcher.masked.update(range(*span))
        return matcher

    def _by_meaning(self, vectors: Vectors) -> set[str]:
        if not self._examples.any():
            return set()
        near = (self._examples @ vectors.T).max(axis=1)
        best = int(near.argmax())
        calm = float((self._calm @ vectors.T).max()) if len(self._calm) else 0.0
        if (
            float(near[best]) >= self._table.likeness
            and float(near[best]) >= calm + self._table.lead
        ):
            return {self._table.examples[best][0]}
        return set()
