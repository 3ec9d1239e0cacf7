"""Made-up names that look like those of a Belgian town, as many as one wants."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from beffroi.demo.name_lists import BEGIN, END, LAST, MEN, MIDDLE, WOMEN

_FIRST_DAY = date(1932, 1, 1)


@dataclass(frozen=True)
class MadeUp:
    """A name, a birth date and a declared gender that belong to nobody."""

    last_name: str
    first_name: str
    birth_date: date
    gender: str


def last_names(count: int, chance: random.Random) -> list[str]:
    """This function will give `count` last names, common ones first, then rarer and rarer."""
    names = [name.replace("~", " ") for name in LAST]
    known = set(names)
    while len(names) < count:
        parts = [chance.choice(BEGIN), chance.choice(MIDDLE), chance.choice(END)]
        if chance.random() < 0.3:
            parts.insert(2, chance.choice(MIDDLE))
        name = "".join(parts)
        if chance.random() < 0.06:
            name = f"{chance.choice(('Van', 'De', 'Van der', 'Le', 'Di'))} {name}"
        if name not in known:
            known.add(name)
            names.append(name)
    return names


def made_up(count: int, seed: int = 7, today: date = date(2026, 11, 24)) -> Iterator[MadeUp]:
    """This function will give as many made-up people as wanted, always the same for a seed.

    Common names are common: the first of the list is borne by about one in a hundred.
    """
    chance = random.Random(seed)  # noqa: S311 — nothing here is secret
    last = last_names(max(200, min(20_000, count // 5)), chance)
    weights = [1 / (rank + 12) for rank in range(len(last))]
    span = (today - _FIRST_DAY).days
    for name in chance.choices(last, weights, k=count):
        woman = chance.random() < 0.5
        first = chance.choice(WOMEN if woman else MEN)
        if chance.random() < 0.12:
            second = chance.choice(WOMEN if woman else MEN)
            first += f" {second}" if second != first else ""
        birth = _FIRST_DAY + timedelta(days=chance.randrange(span))
        yield MadeUp(name, first, birth, "f" if woman else "m")
