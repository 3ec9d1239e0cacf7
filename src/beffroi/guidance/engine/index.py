"""Inverted indexes that score every phrase at once, and the grouping of phrases by service."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from beffroi.core.later import later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = later("numpy")


Scores: TypeAlias = "NDArray[np.float32]"
Ints: TypeAlias = "NDArray[np.int64]"


class _Postings:
    """Term-major postings with cosine weights: one gather and one count score all documents."""

    def __init__(self, terms: Ints, docs: Ints, weights: Scores, n_docs: int, power: float) -> None:
        """Build from triples (term, document, weight), terms numbered from 0."""
        self.n_docs = n_docs
        n_terms = int(terms.max()) + 1 if len(terms) else 0
        order = np.argsort(terms, kind="stable")
        self._docs = docs[order]
        self.starts = np.searchsorted(terms[order], np.arange(n_terms + 1))
        frequency = np.diff(self.starts)
        self.idf = np.log1p((n_docs + 0.5 - frequency) / (frequency + 0.5)).astype(np.float32)
        weighted = weights[order] * self.idf[terms[order]]
        norms = np.sqrt(np.bincount(self._docs, weights=weighted**2, minlength=n_docs))
        self._weights = (weighted / np.maximum(norms[self._docs], 1e-6) ** power).astype(np.float32)
        self.norms = norms

    def score(self, terms: Ints, weights: Scores) -> Scores:
        """Return the cosine of the query (`terms` with `weights` before idf) with every document."""
        if not len(terms):
            return np.zeros(self.n_docs, dtype=np.float32)
        query = weights * self.idf[terms]
        norm = float(np.sqrt((query**2).sum())) or 1.0
        lengths = self.starts[terms + 1] - self.starts[terms]
        total = int(lengths.sum())
        offsets = np.repeat(
            self.starts[terms] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths
        )
        slots = offsets + np.arange(total)
        added = self._weights[slots] * np.repeat(query / norm, lengths)
        return np.bincount(self._docs[slots], weights=added, minlength=self.n_docs).astype(
            np.float32
        )


class TermIndex:
    """Scores documents given as weighted terms."""

    def __init__(self, documents: Sequence[Mapping[str, float]], power: float = 1.0) -> None:
        """Index `documents`; `power` says how much longer ones are held back (1 is a cosine)."""
        self.ids: dict[str, int] = {}
        terms: list[int] = []
        docs: list[int] = []
        weights: list[float] = []
        for number, document in enumerate(documents):
            for term, weight in document.items():
                terms.append(self.ids.setdefault(term, len(self.ids)))
                docs.append(number)
                weights.append(weight)
        self._postings = _Postings(
            np.array(terms, dtype=np.int64),
            np.array(docs, dtype=np.int64),
            np.array(weights, dtype=np.float32),
            len(documents),
            power,
        )

    def idf(self, term: str) -> float:
        """Return how rare `term` is, 0 when it was never seen."""
        number = self.ids.get(term)
        return 0.0 if number is None else float(self._postings.idf[number])

    def score(self, query: Mapping[str, float]) -> Scores:
        """Return the score of every document; terms never seen lower all of them."""
        known = [(self.ids[t], w) for t, w in query.items() if t in self.ids]
        unseen = sum(w * w for t, w in query.items() if t not in self.ids)
        if not known:
            return np.zeros(self._postings.n_docs, dtype=np.float32)
        terms = np.array([t for t, _ in known], dtype=np.int64)
        weights = np.array([w for _, w in known], dtype=np.float32)
        scores = self._postings.score(terms, weights)
        weight = float(((weights * self._postings.idf[terms]) ** 2).sum())
        rarest = math.log1p(self._postings.n_docs) ** 2 * 0.5
        return scores * np.float32(math.sqrt(weight / (weight + unseen * rarest)))


class GramIndex:
    """Scores documents given as strings by the groups of letters they share."""

    def __init__(self, documents: Sequence[str], sizes: tuple[int, ...] = (3, 4)) -> None:
        """Index `documents` by their groups of as many letters as `sizes` says."""
        self._sizes = sizes
        pairs = [self._codes(d) for d in documents]
        docs = np.repeat(np.arange(len(documents)), [len(p) for p in pairs])
        codes = np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64)
        self._vocabulary, terms = np.unique(codes, return_inverse=True)
        merged, counts = np.unique(
            terms.astype(np.int64) * max(1, len(documents)) + docs, return_counts=True
        )
        self._postings = _Postings(
            merged // max(1, len(documents)),
            merged % max(1, len(documents)),
            np.sqrt(counts).astype(np.float32),
            len(documents),
            1.0,
        )

    def _codes(self, document: str) -> Ints:
        letters = np.frombuffer(f" {document} ".encode("utf-32-le"), dtype=np.uint32).astype(
            np.int64
        )
        found = []
        for size in self._sizes:
            if len(letters) >= size:
                code = np.zeros(len(letters) - size + 1, dtype=np.int64)
                for place in range(size):
                    code = code * 8191 + letters[place : len(letters) - size + 1 + place]
                found.append(code * 8 + size)
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def score(self, query: str) -> Scores:
        """Return the score of every document; letter groups never seen lower all of them."""
        if not len(self._vocabulary):
            return np.zeros(self._postings.n_docs, dtype=np.float32)
        codes, counts = np.unique(self._codes(query), return_counts=True)
        places = np.minimum(np.searchsorted(self._vocabulary, codes), len(self._vocabulary) - 1)
        known = self._vocabulary[places] == codes
        scores = self._postings.score(places[known], np.sqrt(counts[known]).astype(np.float32))
        return scores * np.float32(math.sqrt(known.mean())) if len(known) else scores


class Grouping:
    """Gathers the scores of phrases into the best and the mean of the best few of each service."""

    def __init__(self, services: Sequence[int], n_services: int) -> None:
        """Remember which service each phrase belongs to."""
        owners = np.asarray(services, dtype=np.int64)
        widest = int(np.bincount(owners, minlength=n_services).max()) if len(owners) else 1
        self._table = np.full((n_services, widest), len(owners), dtype=np.int64)
        filled = [0] * n_services
        for phrase, service in enumerate(owners.tolist()):
            self._table[service, filled[service]] = phrase
            filled[service] += 1

    def spread(self, scores: Scores, floor: float = 0.0) -> Scores:
        """Return `scores` laid out one row a service, the empty places at `floor`."""
        return np.append(scores, np.float32(floor))[self._table]

    def best(self, scores: Scores, few: int = 4) -> tuple[Scores, Scores, Ints]:
        """Return, for each service, its best score, the mean of its best `few`, and its best phrase."""
        laid = self.spread(scores)
        first = laid.argmax(axis=1)
        rows = np.arange(len(laid))
        few = min(few, laid.shape[1])
        top = np.partition(laid, laid.shape[1] - few, axis=1)[:, -few:]
        return laid[rows, first], top.mean(axis=1).astype(np.float32), self._table[rows, first]
