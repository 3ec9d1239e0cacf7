"""Check the judged queries against a catalogue, and print what they hold.

Usage: ``python tests/guidance/judged/check.py path/to/catalogue.yaml``
"""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
FIELDS = ["id", "q", "lang", "kind", "expect", "urgent", "in_scope"]
LANGS = ["fr", "nl", "en", "de", "ar", "uk", "tr", "it"]
KINDS = ["plain", "short", "official_name", "misspelled", "sms", "region", "third_person", "long"]
DANGERS = [
    "suicide",
    "violence",
    "child_in_danger",
    "medical",
    "no_shelter_tonight",
    "no_food_today",
]
LEAST_PER_SERVICE = 3
Query = dict[str, Any]


def load(name: str) -> list[Query]:
    """Return the queries of one of the two files, in the order written."""
    queries: list[Query] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return queries


def normalised(text: str) -> str:
    """Return the words of a query alone, in lower case, to compare two queries."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def faults_of(query: Query, services: set[str]) -> list[str]:
    """Return every way in which one query breaks the format or the catalogue."""
    expect, urgent = query["expect"], query["urgent"]
    checks = {
        "fields": list(query) == FIELDS,
        "language": query["lang"] in LANGS,
        "kind": query["kind"] in KINDS,
        "danger": urgent is None or urgent in DANGERS,
        "unknown service": set(expect) <= services,
        "service named twice": len(expect) == len(set(expect)),
        "in scope means at least one service": bool(expect) == query["in_scope"],
        "danger is always in scope": query["in_scope"] or urgent is None,
    }
    return [f"{query['id']}: {what}" for what, holds in checks.items() if not holds]


def faults_of_set(tune: list[Query], held: list[Query], services: set[str]) -> list[str]:
    """Return every fault of the two files taken together."""
    queries = tune + held
    faults = [fault for query in queries for fault in faults_of(query, services)]
    for field, seen in (
        ("id", Counter(query["id"] for query in queries)),
        ("query", Counter(normalised(query["q"]) for query in queries)),
    ):
        faults += [f"{field} written {n} times: {value}" for value, n in seen.items() if n > 1]
    named = Counter(service for query in queries for service in query["expect"])
    faults += [
        f"{service}: expected {named[service]} times, fewer than {LEAST_PER_SERVICE}"
        for service in sorted(services)
        if named[service] < LEAST_PER_SERVICE
    ]
    met = {(query["lang"], query["urgent"]) for query in queries}
    faults += [f"{lang}: no {d}" for lang in LANGS for d in DANGERS if (lang, d) not in met]
    return faults


def table(queries: list[Query], field: str, columns: list[str]) -> str:
    """Return a text table of the queries in scope, a line per language, a column per value."""
    widths = [max(len(column), 5) for column in columns]
    header = "  ".join(f"{c:>{w}}" for c, w in zip(columns, widths, strict=True))
    lines = [f"      {header}  total"]
    for lang in [*LANGS, "all"]:
        rows = [q for q in queries if lang in (q["lang"], "all")]
        counts = Counter(q[field] for q in rows)
        cells = "  ".join(f"{counts[c]:>{w}}" for c, w in zip(columns, widths, strict=True))
        lines.append(f"{lang:<5} {cells}  {sum(counts[c] for c in columns):>5}")
    return "\n".join(lines)


def main(catalogue: str) -> int:
    """Check both files, print the tables, and return the exit status."""
    content = yaml.safe_load(Path(catalogue).read_text(encoding="utf-8"))
    services = {service["id"] for service in content["services"]}
    tune, held = load("tune"), load("held")
    for title, queries in (("tune", tune), ("held", held), ("tune + held", tune + held)):
        inside = [query for query in queries if query["in_scope"]]
        print(f"{title}: {len(queries)} queries, {len(queries) - len(inside)} out of scope")
        print(table(inside, "kind", KINDS))
        print(table(inside, "urgent", DANGERS), end="\n\n")
    faults = faults_of_set(tune, held, services)
    print("\n".join(faults) or f"no fault; {len(services)} services, each expected 3 times or more")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
