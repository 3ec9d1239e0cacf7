"""How well and how fast persons are found under misspelled names: measured on made-up people."""

import random
import statistics
import time
from dataclasses import dataclass
from datetime import datetime

from beffroi.core.actors import Actor
from beffroi.demo.names import MadeUp, made_up
from beffroi.demo.typos import KINDS, misspelled
from beffroi.people import services as people
from beffroi.people.services import Identity

_FIRST = 20


@dataclass(frozen=True)
class Measured:
    """For one kind of misspelling: the share found among the first twenty, and the delays in ms."""

    kind: str
    recall: float
    p50: float
    p95: float
    missed: tuple[tuple[str, str], ...] = ()


def fill(count: int, *, by: Actor, at: datetime) -> list[tuple[str, MadeUp]]:
    """This function will enter made-up people and give each with her reference."""
    everybody = list(made_up(count))
    references = people.enter_many(
        persons=(
            Identity(one.last_name, one.first_name, gender=one.gender, birth_date=one.birth_date)
            for one in everybody
        ),
        by=by, at=at,
    )  # fmt: skip
    return list(zip(references, everybody, strict=True))


def measure(
    everybody: list[tuple[str, MadeUp]],
    *,
    by: Actor,
    at: datetime,
    queries: int = 300,
    seed: int = 11,
) -> list[Measured]:
    """This function will look for persons drawn at random under each kind of misspelling.

    A person counts as found when she, or somebody of exactly her name, is among the twenty
    shown: who types a name alone cannot ask for more.
    """
    return [_measure(kind, everybody, by, at, queries, seed) for kind in KINDS]


def _measure(
    kind: str, everybody: list[tuple[str, MadeUp]], by: Actor, at: datetime, queries: int, seed: int
) -> Measured:
    chance = random.Random(f"{seed}-{kind}")  # noqa: S311 — nothing here is secret
    times, missed = [], []
    for reference, one in chance.choices(everybody, k=queries):
        typed = misspelled(one.last_name, one.first_name, kind, chance)
        start = time.perf_counter()
        found = people.search_persons(words=typed, by=by, at=at, most=_FIRST)
        times.append((time.perf_counter() - start) * 1000)
        same = {(f.last_name, f.first_name) for f in found}
        if reference not in {f.reference for f in found} and (
            (one.last_name, one.first_name) not in same
        ):
            missed.append((f"{one.last_name} {one.first_name}", typed))
    times.sort()
    return Measured(
        kind, 1 - len(missed) / queries, round(statistics.median(times), 2),
        round(times[int(len(times) * 0.95)], 2), tuple(missed),
    )  # fmt: skip
