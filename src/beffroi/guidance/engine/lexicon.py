"""Words and expressions that point to services, and the names of places."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from beffroi.core.later import later
from beffroi.guidance.engine import text
from beffroi.guidance.engine.content import Entry, LexiconWord
from beffroi.guidance.engine.index import Scores

if TYPE_CHECKING:
    import numpy as np
else:
    np = later("numpy")

_LONGEST = 5
_KIND_WEIGHT = {"lay": 1.0, "pro": 1.0}


def _groups(stems: Sequence[str]) -> list[tuple[str, ...]]:
    return [
        tuple(stems[start : start + size])
        for size in range(1, _LONGEST + 1)
        for start in range(len(stems) - size + 1)
    ]


class Lexicon:
    """Finds lexicon expressions in a query, the rarer and the longer the stronger."""

    def __init__(self, words: Sequence[LexiconWord], numbers: Mapping[str, int]) -> None:
        """Index `words`; `numbers` gives the row of each service."""
        self._size = len(numbers)
        self._found: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        for word in words:
            stems = tuple(text.stem(t, word.lang) for t in text.tokens(word.text))
            if 0 < len(stems) <= _LONGEST and word.service in numbers:
                self._found[stems][numbers[word.service]] = _KIND_WEIGHT.get(word.kind, 1.0)
        self._strength = {
            stems: math.log(1 + self._size / len(rows))
            / math.log(1 + self._size)
            * (1.0 + 0.35 * (len(stems) - 1))
            for stems, rows in self._found.items()
        }

    def score(self, stems: Sequence[str]) -> tuple[Scores, dict[int, list[tuple[str, ...]]]]:
        """Return the strength of the expressions of each service found in `stems`, and which they are."""
        total = np.zeros(self._size, dtype=np.float32)
        hits: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for group in dict.fromkeys(_groups(stems)):
            for row, weight in self._found.get(group, {}).items():
                total[row] += weight * self._strength[group]
                hits[row].append(group)
        return total / (total + 1.0), hits


class Places:
    """Finds the names of quarters, estates and streets in a query."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index the place words of `entries`."""
        self._size = len(entries)
        self._found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row, entry in enumerate(entries):
            for place in entry.places:
                self._found[tuple(text.fold(t) for t in text.tokens(place))].append(row)
        self._longest = max((len(p) for p in self._found), default=1)

    @property
    def words(self) -> list[str]:
        """The place words, for the vocabulary."""
        return [" ".join(group) for group in self._found]

    def score(self, words: Sequence[str]) -> Scores:
        """Return 1 for each service whose place is named in `words`, else 0."""
        folded = [text.fold(w) for w in words]
        total = np.zeros(self._size, dtype=np.float32)
        for size in range(1, self._longest + 1):
            for start in range(len(folded) - size + 1):
                for row in self._found.get(tuple(folded[start : start + size]), ()):
                    total[row] = 1.0
        return total
