"""Fits the weights of the guide: python -m beffroi.guidance.engine.fit tune.yaml --cache DIR.

Phrases are held out fold by fold, so that none is weighed against itself; judged queries
count with them. The result is written to data/weights.yaml.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from beffroi.guidance.engine import content, score
from beffroi.guidance.engine.content import Entry, LexiconWord, Phrase
from beffroi.guidance.engine.encoder import Encoder, UseEncoder
from beffroi.guidance.engine.guide import (
    Weights,
    confidence_measures,
    outside_phrases,
    stored_weights,
)
from beffroi.guidance.engine.ranking import FEATURES, OUTSIDE, Nearness, Ranker
from beffroi.guidance.engine.reading import Reading
from beffroi.guidance.engine.text import DATA, key

_Floats = NDArray[np.float32]
_FOLDS = 5
_JUDGED_WEIGHT = 6.0
_PULL = 0.002
_STEPS = 1500


@dataclass(frozen=True)
class Sample:
    """One query measured: its nearness, the rows that are right, and how much it counts."""

    nearness: Nearness
    reading: Reading
    right: NDArray[np.bool_]
    weight: float
    lang: str
    kind: str


@dataclass(frozen=True)
class Content:
    """All that a guide is made of."""

    entries: Sequence[Entry]
    phrases: Sequence[Phrase]
    lexicon: Sequence[LexiconWord]


def load_content() -> Content:
    """Read the content files."""
    places: dict[str, list[str]] = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))
    phrases, lexicon = content.load_phrases(DATA / "phrases")
    return Content(content.load_entries(score.SERVICES, places), phrases, lexicon)


def _sample(
    ranker: Ranker, line: str, lang: str, services: Sequence[str], weight: float, kind: str
) -> Sample:
    reading = ranker.reader.read(line, lang)
    vectors, whole = ranker.vectors_of(reading)
    right = np.zeros(len(ranker.numbers), dtype=np.bool_)
    right[[ranker.numbers[s] for s in services]] = True
    return Sample(ranker.measure(reading, vectors, whole), reading, right, weight, lang, kind)


def held_out(
    stuff: Content, encoder: Encoder, cache: Path | None, per_fold: int, seed: int = 7
) -> Iterator[Sample]:
    """Yield phrases measured against guides that never saw them, nor their doubles in other services."""
    rng = random.Random(seed)  # noqa: S311
    lines = [*stuff.phrases, *outside_phrases()]
    doubles: dict[str, list[Phrase]] = {}
    for phrase in lines:
        doubles.setdefault(key(phrase.text), []).append(phrase)
    keys = sorted(doubles)
    rng.shuffle(keys)
    for fold in range(_FOLDS):
        out = set(keys[fold::_FOLDS])
        kept = [p for p in lines if key(p.text) not in out]
        ranker = Ranker(stuff.entries, kept, stuff.lexicon, encoder, cache)
        chosen = keys[fold::_FOLDS]
        outside = [k for k in chosen if doubles[k][0].service == OUTSIDE]
        inside = [k for k in chosen if doubles[k][0].service != OUTSIDE][:per_fold]
        for k in outside + inside:
            first = doubles[k][0]
            services = sorted({p.service for p in doubles[k]})
            yield _sample(ranker, first.text, first.lang, services, 1.0, first.kind)


def judged(
    stuff: Content, encoder: Encoder, cache: Path | None, paths: Sequence[Path]
) -> Iterator[Sample]:
    """Yield the judged queries of `paths` measured against the whole content."""
    ranker = Ranker(
        stuff.entries, [*stuff.phrases, *outside_phrases()], stuff.lexicon, encoder, cache
    )
    for path in paths:
        for item in score.load_judged(path):
            if item.urgent:
                continue
            services = item.expect if item.in_scope else (OUTSIDE,)
            yield _sample(ranker, item.q, item.lang, services, _JUDGED_WEIGHT, item.kind)


def fit_features(samples: Sequence[Sample], start: Weights) -> Weights:
    """Fit the weights of the measures: the right rows of each sample should take all the share."""
    x = np.stack([s.nearness.features for s in samples]).astype(np.float64)
    right = np.stack([s.right for s in samples])
    counts = np.array([s.weight for s in samples])
    counts /= counts.sum()
    x = np.concatenate([x, np.zeros((*x.shape[:2], 1))], axis=2)
    x[:, -1, -1] = 1.0
    first = np.append(start.features.astype(np.float64), start.outside)
    w, mean, square = first.copy(), np.zeros_like(first), np.zeros_like(first)
    for step in range(1, _STEPS + 1):
        logits = x @ w
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        target = shares * right
        target /= np.maximum(target.sum(axis=1, keepdims=True), 1e-12)
        slope = np.einsum("n,ns,nsf->f", counts, shares - target, x, optimize=True) + _PULL * (
            w - first
        )
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        w -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w[:-1] = np.maximum(w[:-1], 0.0)
    return Weights(w[:-1].astype(np.float32), float(w[-1]), start.confidence, start.threshold)


def logits_of(sample: Sample, weights: Weights) -> _Floats:
    """Return the weighted measures of `sample`, the last for out of scope."""
    logits: _Floats = sample.nearness.features @ weights.features
    logits[-1] += weights.outside
    return logits


def fit_confidence(samples: Sequence[Sample], weights: Weights, allowed: float = 0.04) -> Weights:
    """Fit when an answer is called confident; at most the share `allowed` of what is out of scope may be."""
    x = np.stack(
        [confidence_measures(logits_of(s, weights), s.nearness, s.reading) for s in samples]
    ).astype(float)
    outside = np.array([bool(s.right[-1]) for s in samples])
    good = ~outside
    counts = np.where(outside, 0.5 / max(1, outside.sum()), 0.5 / max(1, good.sum()))
    w = np.zeros(x.shape[1])
    for _ in range(6000):
        chance = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        w -= 2.0 * (x.T @ (counts * (chance - good)) + 0.0005 * w)
    values = x @ w
    threshold = float(np.quantile(values[outside], 1 - allowed))
    return Weights(weights.features, weights.outside, w.astype(np.float32), threshold)


def report(samples: Sequence[Sample], weights: Weights) -> str:
    """Return success in the first and first three, and confidence, of held-out phrases by language and kind."""
    groups: dict[str, list[tuple[bool, bool, bool]]] = {}
    for s in samples:
        logits = logits_of(s, weights)
        order = np.argsort(-logits[:-1])
        sure = (
            float(confidence_measures(logits, s.nearness, s.reading) @ weights.confidence)
            > weights.threshold
        )
        name = "outside" if s.right[-1] else f"{s.lang} {s.kind}"
        groups.setdefault(name, []).append(
            (bool(s.right[order[0]]), bool(s.right[order[:3]].any()), sure)
        )
    rows = [f"{'held out':<22}{'n':>6}{'@1':>8}{'@3':>8}{'confident':>11}"]
    for name, found in sorted(groups.items(), key=lambda g: -len(g[1])):
        one, three, sure_share = (float(np.mean([f[i] for f in found])) for i in range(3))
        rows.append(f"{name:<22}{len(found):>6}{one:>8.1%}{three:>8.1%}{sure_share:>11.1%}")
    return "\n".join(rows)


def write(weights: Weights) -> None:
    """Write `weights` where the guide reads them."""
    table = {
        "features": {
            n: round(float(v), 3) for n, v in zip(FEATURES, weights.features, strict=True)
        },
        "outside": round(weights.outside, 3),
        "confidence": [round(float(v), 3) for v in weights.confidence],
        "threshold": round(weights.threshold, 3),
    }
    head = "# Written by beffroi.guidance.engine.fit from held-out phrases and judged queries.\n"
    (DATA / "weights.yaml").write_text(head + yaml.safe_dump(table, sort_keys=False), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the weights on held-out phrases and judged queries, print how well they do, and write them."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--per-fold", type=int, default=500)
    parser.add_argument(
        "--dry-run", action="store_true", help="report with the weights as they are"
    )
    options = parser.parse_args(arguments)
    stuff, encoder = load_content(), UseEncoder()
    samples = list(held_out(stuff, encoder, options.cache, options.per_fold))
    weights = stored_weights()
    if not options.dry_run:
        known = [*samples, *judged(stuff, encoder, options.cache, options.files)]
        weights = fit_confidence(known, fit_features(known, weights))
        write(weights)
    sys.stdout.write(report(samples, weights) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
