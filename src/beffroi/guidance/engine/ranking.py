"""How near a query is to each service, measured in a dozen ways at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.core.later import later
from beffroi.guidance.engine import text
from beffroi.guidance.engine.content import Entry, LexiconWord, Phrase
from beffroi.guidance.engine.encoder import Encoder, Vectors, VectorStore
from beffroi.guidance.engine.index import GramIndex, Grouping, Scores, TermIndex
from beffroi.guidance.engine.lexicon import Lexicon, Places
from beffroi.guidance.engine.reading import Reader, Reading, clauses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = later("numpy")

OUTSIDE = "outside"
FEATURES = (
    "meaning_best",
    "meaning_few",
    "meaning_line",
    "words_best",
    "words_few",
    "letters_best",
    "letters_few",
    "sound_best",
    "sound_few",
    "odds",
    "lexicon",
    "name",
    "place",
)
_RIDGE = 0.02
_SMOOTHING = 12.0
_TEXT_WEIGHT = 0.9
_CLAUSE_WEIGHT = 0.93


@dataclass(frozen=True)
class Nearness:
    """The measures of one query: a row for each service, the last one for what is out of scope."""

    features: NDArray[np.float32]
    nearest: NDArray[np.int64]
    likeness: Scores
    hits: Mapping[int, list[tuple[str, ...]]] = field(default_factory=dict)
    places: Scores = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


class _Odds:
    """For each term, how much more often each service's phrases use it than all phrases do."""

    def __init__(
        self, documents: Sequence[Mapping[str, float]], owners: Sequence[int], size: int
    ) -> None:
        self._ids: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        for document, owner in zip(documents, owners, strict=True):
            for term in document:
                rows.append(self._ids.setdefault(term, len(self._ids)))
                columns.append(owner)
        flat = np.bincount(
            np.array(rows, dtype=np.int64) * size + np.array(columns, dtype=np.int64),
            minlength=len(self._ids) * size,
        )
        counts = flat.reshape(len(self._ids), size).astype(np.float32)
        background = counts.sum(axis=1, keepdims=True) / max(1.0, float(counts.sum()))
        share = (counts + _SMOOTHING * background * 10) / (
            counts.sum(axis=0, keepdims=True) + _SMOOTHING * 10
        )
        self._odds = np.log(share / background).astype(np.float32)

    def score(self, query: Mapping[str, float]) -> Scores:
        """Return the summed odds of the query's terms, evened out for its length."""
        known = [(self._ids[t], w) for t, w in query.items() if t in self._ids]
        if not known:
            return np.zeros(self._odds.shape[1], dtype=np.float32)
        weights = np.array([w for _, w in known], dtype=np.float32)
        rows = self._odds[[t for t, _ in known]]
        result: Scores = (weights @ rows / np.sqrt(max(2.0, len(known)))).astype(np.float32)
        return result


class Ranker:
    """Holds the indexes over all phrases, texts and names, and measures queries against them."""

    def __init__(
        self,
        entries: Sequence[Entry],
        phrases: Sequence[Phrase],
        lexicon: Sequence[LexiconWord],
        encoder: Encoder,
        cache_dir: Path | None,
    ) -> None:
        """Index everything; phrases of the service `outside` are what nobody here does."""
        self.entries = list(entries)
        self.numbers = {e.service: row for row, e in enumerate(entries)} | {OUTSIDE: len(entries)}
        self._size = len(self.numbers)
        self._places = Places(entries)
        self.documents = self._gather(entries, phrases)
        clean = [(p.lang, p.text) for p in self.documents if p.kind != "misspelled"]
        clean += [(w.lang, w.text) for w in lexicon] + [
            ("fr", place) for place in self._places.words
        ]
        self.reader = Reader(clean)
        readings = [
            self.reader.read(p.text, p.lang, clean=p.kind not in ("misspelled", "region", "edited"))
            for p in self.documents
        ]
        self._owners = [self.numbers[p.service] for p in self.documents]
        self._weights = np.array([p.weight for p in self.documents], dtype=np.float32)
        self._grouping = Grouping(self._owners, self._size)
        self._index(readings)
        self._lexicon = Lexicon(lexicon, self.numbers)
        self._names = self._index_names(entries)
        self.encoder = encoder
        self._vectors = VectorStore(encoder, cache_dir).vectors([r.mended for r in readings])
        self._line = self._fit_line()

    def __getstate__(self) -> dict[str, object]:
        """Leave the encoder out of what is kept on disk."""
        return {name: value for name, value in self.__dict__.items() if name != "encoder"}

    def _gather(self, entries: Sequence[Entry], phrases: Sequence[Phrase]) -> list[Phrase]:
        gathered = [p for p in phrases if p.service in self.numbers]
        for entry in entries:
            gathered += [
                Phrase(entry.service, lang, line, _TEXT_WEIGHT, "text")
                for lang, line in entry.texts
            ]
            gathered += [
                Phrase(entry.service, lang, name, 1.0, "name") for lang, name in entry.names
            ]
        return gathered

    def _index(self, readings: Sequence[Reading]) -> None:
        self._exact: dict[str, set[int]] = defaultdict(set)
        for phrase, reading, owner in zip(self.documents, readings, self._owners, strict=True):
            if phrase.kind != "text":
                self._exact[reading.key].add(owner)
                self._exact[" ".join(text.fold(w) for w in reading.words)].add(owner)
        self._terms = TermIndex([r.terms for r in readings])
        self._letters = GramIndex([r.grams for r in readings])
        self._sounds = GramIndex([r.heard for r in readings])
        self._odds = _Odds([r.terms for r in readings], self._owners, self._size)

    def _index_names(self, entries: Sequence[Entry]) -> tuple[TermIndex, Grouping]:
        lines = [
            (row, lang, name)
            for row, e in enumerate(entries)
            for lang, name in {*e.names, ("fr", e.name)}
        ] + [(len(entries), "fr", OUTSIDE)]
        index = TermIndex(
            [self.reader.read(name, lang, clean=True).terms for _, lang, name in lines]
        )
        return index, Grouping([row for row, _, _ in lines], self._size)

    def _fit_line(self) -> Vectors:
        """Fit one straight line for each service through the meanings of its phrases."""
        share = np.bincount(self._owners, minlength=self._size).astype(np.float32)
        weight = 1.0 / np.sqrt(np.maximum(share, 1.0))[self._owners]
        weighted = self._vectors * weight[:, None]
        targets = np.zeros((len(self._owners), self._size), dtype=np.float32)
        targets[np.arange(len(self._owners)), self._owners] = 1.0
        square = (
            weighted.T @ self._vectors
            + _RIDGE
            * float(weight.sum())
            / self._vectors.shape[1]
            * np.eye(self._vectors.shape[1], dtype=np.float32)
            * 10
        )
        return np.linalg.solve(square, weighted.T @ targets).astype(np.float32)

    def exact(self, reading: Reading) -> set[int]:
        """Return the rows of the services one of whose phrases is `reading`, letter for letter or mended."""
        mended = " ".join(text.fold(w) for w in reading.words)
        return (self._exact.get(reading.key) or self._exact.get(mended) or set()) - {
            len(self.entries)
        }

    def vectors_of(self, reading: Reading) -> tuple[Vectors, int]:
        """Return the vectors of the query, as typed, mended and by clauses, and how many are of the whole."""
        parts = clauses(reading.raw.lower())
        whole = (
            [reading.mended]
            if parts
            else list(dict.fromkeys([reading.raw.lower(), reading.mended]))
        )
        return self.encoder.encode(whole + parts), len(whole)

    def measure(self, reading: Reading, vectors: Vectors, whole: int) -> Nearness:
        """Return every measure of `reading`, with its vectors, against every service."""
        shares = np.where(
            np.arange(len(vectors)) < whole, np.float32(1.0), np.float32(_CLAUSE_WEIGHT)
        )
        meaning = (self._vectors @ (vectors * shares[:, None]).T).max(axis=1) * self._weights
        words = self._terms.score(reading.terms) * self._weights
        letters = self._letters.score(reading.grams) * self._weights
        best, few, nearest = self._grouping.best(meaning)
        columns = [best, few, (vectors @ self._line).mean(axis=0)]
        likeness = np.maximum(meaning, letters)
        for scores in (words, letters):
            columns += self._grouping.best(scores)[:2]
        heard = (
            self._sounds.score(reading.heard) * self._weights
            if reading.heard
            else np.zeros_like(letters)
        )
        columns += self._grouping.best(heard)[:2]
        stems = [text.stem(w, reading.lang) for w in reading.words]
        found, hits = self._lexicon.score(stems)
        names, by_name = self._names
        places = np.append(self._places.score(reading.words), np.float32(0.0))
        columns += [
            self._odds.score(reading.terms),
            found,
            by_name.best(names.score(reading.terms))[0],
            places,
        ]
        blended = meaning + words + letters
        nearest = self._grouping.best(blended)[2]
        likeness = np.append(likeness, np.float32(0.0))[nearest]
        return Nearness(
            np.stack(columns, axis=1).astype(np.float32), nearest, likeness, hits, places
        )

    def phrase(self, number: int) -> Phrase | None:
        """Return the phrase of that number, None past the last."""
        return self.documents[number] if number < len(self.documents) else None

    def is_place(self, row: int, word: str) -> bool:
        """Tell whether `word` is part of a place name of the service at `row`."""
        folded = text.fold(word)
        return any(
            folded in (text.fold(t) for t in text.tokens(place))
            for place in self.entries[row].places
        )

    def words_in_common(self, row: int, nearness: Nearness, reading: Reading) -> tuple[str, ...]:
        """Return at most three expressions of the query in the lexicon of the service, longest first."""
        found: list[str] = []
        for group in sorted(nearness.hits.get(row, ()), key=len, reverse=True):
            found.append(" ".join(reading.sources.get(stem, stem) for stem in group))
        kept: list[str] = []
        for words in found:
            if not any(words in other for other in kept):
                kept.append(words)
        return tuple(kept[:3])
