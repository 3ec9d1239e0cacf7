"""The guide: from words to the services that help, with the reason for each and any danger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from beffroi.core.later import later
from beffroi.guidance.engine import danger as dangers
from beffroi.guidance.engine import snapshot, text
from beffroi.guidance.engine.content import Entry, LexiconWord, Phrase
from beffroi.guidance.engine.encoder import Encoder
from beffroi.guidance.engine.language import LanguageFinder
from beffroi.guidance.engine.ranking import FEATURES, OUTSIDE, Nearness, Ranker
from beffroi.guidance.engine.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = later("numpy")

_ONE_GROUP = 1
_EXACT = 1.0
_NEAR = 0.62
_FOLLOW_UP = 4.0


@dataclass(frozen=True)
class Reason:
    """Why a service was found: kind is phrase, word, meaning, name or place; `words` are what matched."""

    kind: str
    words: tuple[str, ...] = ()
    phrase: str = ""
    phrase_lang: str = ""


@dataclass(frozen=True)
class Result:
    """One service found, its score from 0 to 1 and the reason."""

    service: str
    name: str
    status: str
    score: float
    reason: Reason
    because_fr: str


@dataclass(frozen=True)
class Orientation:
    """The answer to a person's words."""

    lang: str
    urgent: str | None
    confident: bool
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Weights:
    """How much each measure counts, and from where on an answer is called confident."""

    features: NDArray[np.float32]
    outside: float
    confidence: NDArray[np.float32]
    threshold: float


@lru_cache(maxsize=1)
def stored_weights() -> Weights:
    """Read the fitted weights."""
    table: dict[str, Any] = yaml.safe_load((text.DATA / "weights.yaml").read_text("utf-8"))
    features = np.array([table["features"].get(name, 0.0) for name in FEATURES], dtype=np.float32)
    return Weights(
        features,
        float(table["outside"]),
        np.array(table["confidence"], dtype=np.float32),
        float(table["threshold"]),
    )


@lru_cache(maxsize=1)
def outside_phrases() -> tuple[Phrase, ...]:
    """Read the phrases of what a municipality's social action does not do."""
    rows: dict[str, list[str]] = yaml.safe_load(
        (text.DATA / "out_of_scope.yaml").read_text("utf-8")
    )
    return tuple(
        Phrase(OUTSIDE, block.partition("_")[0], str(line))
        for block, lines in rows.items()
        for line in lines
    )


def _samples(
    entries: Sequence[Entry], phrases: Sequence[Phrase], lexicon: Sequence[LexiconWord]
) -> Iterator[tuple[str, str]]:
    """Yield the lines from which the languages are learnt."""
    yield from ((phrase.lang, phrase.text) for phrase in phrases)
    yield from ((word.lang, word.text) for word in lexicon)
    for entry in entries:
        yield from entry.names
        yield from (("fr", place) for place in entry.places)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn `logits` into shares that add up to 1."""
    shares = np.exp(logits - logits.max())
    result: NDArray[np.float32] = shares / shares.sum()
    return result


def confidence_measures(
    logits: NDArray[np.float32], nearness: Nearness, reading: Reading
) -> NDArray[np.float32]:
    """Return what the confidence rests on: strength, lead over what is out of scope, likeness, words known."""
    inside, outside = np.sort(logits[:-1])[::-1], logits[-1]
    shares = softmax(logits)
    features = nearness.features[:-1]
    return np.array(
        [
            1.0,
            inside[0] / 10,
            (inside[0] - outside) / 10,
            shares[-1],
            np.sort(shares[:-1])[-3:].sum(),
            features[:, 0].max(),
            features[:, 3].max(),
            features[:, 5].max(),
            reading.known,
        ],
        dtype=np.float32,
    )


class Guide:
    """Answers a person's words with the services that help."""

    def __init__(
        self,
        entries: Sequence[Entry],
        phrases: Sequence[Phrase],
        lexicon: Sequence[LexiconWord],
        encoder: Encoder,
        cache_dir: Path | None = None,
        *,
        outside: Sequence[Phrase] | None = None,
        weights: Weights | None = None,
    ) -> None:
        """Index the content; vectors already in `cache_dir` are read from there."""

        def build() -> tuple[Ranker, LanguageFinder, dangers.DangerFinder]:
            others = outside_phrases() if outside is None else outside
            return (
                Ranker(entries, [*phrases, *others], lexicon, encoder, cache_dir),
                LanguageFinder(_samples(entries, phrases, lexicon)),
                dangers.DangerFinder(encoder, cache_dir),
            )

        key = snapshot.key_of([encoder.name, *entries, *phrases, *lexicon, outside])
        self.ranker, self._languages, self._dangers = snapshot.kept(cache_dir, "guide", key, build)
        self.ranker.encoder = self._dangers.encoder = encoder
        self._weights = weights or stored_weights()

    def orient(self, words: str, lang: str | None = None, limit: int = 5) -> Orientation:
        """Return the services that answer `words`, at most `limit`, best first, and any danger they tell of."""
        spoken = self._languages.find(words) if lang is None else lang
        shown = "uk" if spoken == "ru" else spoken
        reading = self.ranker.reader.read(words, spoken)
        if not reading.words:
            return Orientation(shown, None, False, ())
        vectors, whole = self.ranker.vectors_of(reading)
        urgent = self._dangers.find(
            words,
            spoken,
            vectors=vectors,
            mended=reading.words,
            known=lambda word: self.ranker.reader.knows(word, spoken),
        )
        nearness = self.ranker.measure(reading, vectors, whole)
        logits = self.logits(nearness)
        for service in self._dangers.follow_up(urgent):
            if service in self.ranker.numbers:
                logits[self.ranker.numbers[service]] += _FOLLOW_UP
        exact = self.ranker.exact(reading)
        order = self._order(logits, nearness, exact)[:limit]
        shares = softmax(logits)
        confident = bool(exact) or self._confident(logits, nearness, reading)
        results = tuple(
            self._result(row, float(shares[row]), nearness, reading, row in exact) for row in order
        )
        return Orientation(shown, urgent, confident, results)

    def logits(self, nearness: Nearness) -> NDArray[np.float32]:
        """Return the weighted sum of measures for each service and, last, for out of scope."""
        logits: NDArray[np.float32] = nearness.features @ self._weights.features
        logits[-1] += self._weights.outside
        return logits

    def _confident(self, logits: NDArray[np.float32], nearness: Nearness, reading: Reading) -> bool:
        measures = confidence_measures(logits, nearness, reading)
        return float(measures @ self._weights.confidence) > self._weights.threshold

    def _order(self, logits: NDArray[np.float32], nearness: Nearness, exact: set[int]) -> list[int]:
        """Order the rows: exact phrases first, then by weight, one of a group unless its place is named."""
        ranked = sorted(range(len(logits) - 1), key=lambda row: (row not in exact, -logits[row]))
        kept: list[int] = []
        seen: dict[str, int] = {}
        for row in ranked:
            group = self.ranker.entries[row].group
            named = nearness.places[row] > 0 or row in exact
            if group and not named and seen.get(group, 0) >= _ONE_GROUP:
                continue
            seen[group] = seen.get(group, 0) + 1
            kept.append(row)
            if len(kept) >= 12:
                break
        return kept

    def _result(
        self, row: int, share: float, nearness: Nearness, reading: Reading, exact: bool
    ) -> Result:
        entry = self.ranker.entries[row]
        reason = self._reason(row, nearness, reading, exact)
        score = _EXACT if exact else min(0.99, round(share**0.5, 2))
        return Result(entry.service, entry.name, entry.status, score, reason, because_fr(reason))

    def _reason(self, row: int, nearness: Nearness, reading: Reading, exact: bool) -> Reason:
        at = {name: float(nearness.features[row, place]) for place, name in enumerate(FEATURES)}
        if nearness.places[row] > 0:
            return Reason("place", tuple(w for w in reading.words if self.ranker.is_place(row, w)))
        phrase = self.ranker.phrase(int(nearness.nearest[row]))
        if (
            phrase
            and (exact or nearness.likeness[row] >= _NEAR)
            and phrase.kind not in ("text", "name", "misspelled")
        ):
            return Reason("phrase", (), phrase.text, phrase.lang)
        if at["name"] >= _NEAR:
            return Reason("name", (entry_name(self.ranker.entries[row], reading.lang),))
        words = self.ranker.words_in_common(row, nearness, reading)
        return Reason("word", words) if words else Reason("meaning")


def entry_name(entry: Entry, lang: str) -> str:
    """Return the name of `entry` in `lang`, else in French."""
    return dict(entry.names).get(lang, entry.name)


def because_fr(reason: Reason) -> str:
    """Say in one French line why a service was found."""
    quoted = ", ".join(f"«\u202f{word}\u202f»" for word in reason.words)
    if reason.kind == "phrase":
        return f"D’autres personnes disent\u202f: «\u202f{reason.phrase}\u202f»."
    if reason.kind == "name":
        return f"Vos mots sont proches du nom {quoted}."
    if reason.kind == "place":
        return f"Vous nommez ce quartier\u202f: {quoted}." if quoted else "Vous nommez ce quartier."
    if reason.kind == "word":
        return f"Vous parlez de {quoted}."
    return "Ce que vous décrivez ressemble à ce que fait ce service."
