"""Scores a guide on judged queries: python -m beffroi.guidance.engine.score tune.yaml."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from beffroi.guidance.engine import content
from beffroi.guidance.engine.encoder import Encoder, NoEncoder, UseEncoder
from beffroi.guidance.engine.guide import Guide, Orientation
from beffroi.guidance.engine.text import DATA

SERVICES = DATA.parent.parent / "directory" / "data" / "services"


@dataclass(frozen=True)
class Judged:
    """One query with what a person judged right for it."""

    id: str
    q: str
    lang: str
    kind: str
    expect: tuple[str, ...]
    urgent: str | None
    in_scope: bool


@dataclass(frozen=True)
class Scored:
    """One judged query with its answer, the rank of the first right service (0: none) and its processor time in ms."""

    judged: Judged
    answer: Orientation
    rank: int
    took: float


def load_judged(path: Path) -> list[Judged]:
    """Read the judged queries of `path`."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return [
        Judged(
            str(r["id"]),
            str(r["q"]),
            r["lang"],
            r["kind"],
            tuple(r["expect"] or ()),
            r["urgent"],
            bool(r["in_scope"]),
        )
        for r in rows
    ]


def load_guide(
    encoder: Encoder,
    cache_dir: Path | None,
    *,
    services: Path = SERVICES,
    phrases: Path = DATA / "phrases",
) -> Guide:
    """Build the guide from the content files."""
    places: dict[str, list[str]] = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))
    lines, lexicon = content.load_phrases(phrases)
    return Guide(content.load_entries(services, places), lines, lexicon, encoder, cache_dir)


def score(guide: Guide, judged: Iterable[Judged], *, tell_lang: bool = False) -> list[Scored]:
    """Ask the guide every judged query, naming the language only when `tell_lang`."""
    scored = []
    for item in judged:
        start = time.process_time()
        answer = guide.orient(item.q, item.lang if tell_lang else None)
        took = (time.process_time() - start) * 1000
        found = [r.service for r in answer.results]
        rank = next((n for n, service in enumerate(found, 1) if service in item.expect), 0)
        scored.append(Scored(item, answer, rank, took))
    return scored


def _line(name: str, rows: Sequence[Scored]) -> str:
    n = len(rows)
    first = sum(r.rank == 1 for r in rows) / n
    three = sum(1 <= r.rank <= 3 for r in rows) / n
    mean = sum(1 / r.rank for r in rows if r.rank) / n
    sure = sum(r.answer.confident for r in rows) / n
    empty = sum(not r.answer.results for r in rows)
    lang = sum(r.answer.lang == r.judged.lang for r in rows) / n
    return (
        f"{name:<22}{n:>5}{first:>8.1%}{three:>8.1%}{mean:>7.3f}{sure:>11.1%}{empty:>7}{lang:>8.1%}"
    )


def table(scored: Sequence[Scored]) -> str:
    """Return the table of success, by language and by kind, with danger, scope and time below."""
    inside = [s for s in scored if s.judged.in_scope]
    lines = [
        f"{'':<22}{'n':>5}{'@1':>8}{'@3':>8}{'MRR':>7}{'confident':>11}{'empty':>7}{'lang':>8}"
    ]
    groups = {"all": inside} | {
        f"lang {g}": [s for s in inside if s.judged.lang == g]
        for g in sorted({s.judged.lang for s in inside})
    }
    groups |= {
        f"fr {g}": [s for s in inside if s.judged.lang == "fr" and s.judged.kind == g]
        for g in sorted({s.judged.kind for s in inside})
    }
    groups |= {
        "nl+en": [s for s in inside if s.judged.lang in ("nl", "en")],
        "de ar uk tr it": [s for s in inside if s.judged.lang not in ("fr", "nl", "en")],
    }
    lines += [_line(name, rows) for name, rows in groups.items() if rows]
    outside = [s for s in scored if not s.judged.in_scope]
    danger = [s for s in scored if s.judged.urgent]
    flagged = sum(s.answer.urgent is not None for s in danger)
    right = sum(s.answer.urgent == s.judged.urgent for s in danger)
    false = [s for s in scored if not s.judged.urgent and s.answer.urgent]
    times = sorted(s.took for s in scored)
    lines += [
        f"danger flagged {flagged}/{len(danger)}, the right one {right}; false alarms {len(false)}"
        f"/{len(scored) - len(danger)}",
        f"out of scope called confident {sum(s.answer.confident for s in outside)}/{len(outside)}",
        f"ms of processor a query: p50 {times[len(times) // 2]:.1f}, p95 {times[int(len(times) * 0.95)]:.1f}",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the files named on the command line and print the table of each."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, default=None, help="folder where vectors are kept")
    parser.add_argument("--no-encoder", action="store_true", help="words alone")
    parser.add_argument(
        "--misses", action="store_true", help="list the queries without a right answer"
    )
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    guide = load_guide(NoEncoder() if options.no_encoder else UseEncoder(), options.cache)
    guide.orient("bonjour")
    sys.stdout.write(f"ready in {time.perf_counter() - start:.2f} s\n")
    for path in options.files:
        scored = score(guide, load_judged(path))
        sys.stdout.write(f"{path}\n{table(scored)}\n")
        for s in scored if options.misses else ():
            if s.judged.in_scope and not 1 <= s.rank <= 3:
                found = [r.service for r in s.answer.results]
                sys.stdout.write(
                    f"- {s.judged.lang} {s.judged.q}\n    want {list(s.judged.expect)} got {found}\n"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
