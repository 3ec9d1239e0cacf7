"""A small invented town whose activities few people come to, and the snapshots of its years."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

HOUSES = ("Maison A", "Maison B", "Maison C")
AXES = {1: (1, 2), 2: (3, 4, 5), 3: (6, 7)}
AXIS_OF = {line: axis for axis, lines in AXES.items() for line in lines}


@dataclass
class Act:
    """A session: which year, line, house, quarter; who was named, how many were not."""

    year: int
    line: int
    house: str
    quarter: int
    named: frozenset[int]
    nameless: int


@dataclass
class Town:
    """Acts drawn by chance, and counts typed of men and women on one line."""

    seed: int
    acts: list[Act] = field(default_factory=list)
    typed: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        people = range(chance.choice((8, 20, 60)))
        for year in (2024, 2025):
            for line in AXIS_OF:
                known = chance.sample(
                    people, chance.randint(0, min(len(people), chance.choice((3, 6, 12, 30))))
                )
                for _session in range(chance.choice((0, 1, 2, 4, 12))):
                    self.acts.append(_act(chance, year, line, known))
            self.typed[year] = chance.randint(0, 30), chance.randint(0, 7)

    def corrected(self) -> "Town":
        """This method gives the town after a forgotten sheet or two of the first year."""
        chance = random.Random(self.seed + 1_000_000)
        made = Town(self.seed)
        for _sheet in range(chance.randint(1, 3)):
            line = chance.choice(list(AXIS_OF))
            made.acts.append(_act(chance, 2024, line, list(range(chance.choice((2, 5, 9))))))
        return made

    def content(self, year: int) -> dict[str, Any]:
        """This method gives the snapshot of a year as a report gathers it."""
        acts = [one for one in self.acts if one.year == year]
        lines = [self._line(line, [a for a in acts if a.line == line], year) for line in AXIS_OF]
        everybody = {
            axis: {who for one in acts if AXIS_OF[one.line] == axis for who in one.named}
            for axis in AXES
        }
        tables: dict[str, list[list[Any]]] = {}
        for line in AXIS_OF:
            cells: Counter[tuple[str, int]] = Counter()
            for one in acts:
                if one.line == line:
                    cells[one.house, one.quarter] += len(one.named) + one.nameless
            tables[str(line)] = [[*cell, n] for cell, n in sorted(cells.items())]
        return {
            "form": 2, "kind": "activity", "year": year, "until": f"{year}-12-31", "lines": lines,
            "axes": [{"number": axis, "title": f"Axe {axis}"} for axis in AXES], "texts": [],
            "changes": [], "conventions": [], "staff": [], "regime": [],
            "identity": {
                "plan": "Plan", "programme": "PCS", "carrier": "Commune", "authority": "Mons",
                "members": [], "pilot": "Cohésion sociale", "state": "En cours", "version": 1,
            },
            "breakdowns": {
                "presences": tables,
                "people": {
                    "plan": len(set().union(*everybody.values())),
                    "axes": {str(axis): len(held) for axis, held in everybody.items()},
                },
            },
        }  # fmt: skip

    def _line(self, line: int, acts: list[Act], year: int) -> dict[str, Any]:
        named, nameless = sum(len(a.named) for a in acts), sum(a.nameless for a in acts)
        people = set().union(*(a.named for a in acts)) if acts else set()
        before = {w for a in self.acts if a.line == line and a.year < year for w in a.named}
        mean = f"{(named + nameless) / len(acts):.2f}" if acts else None
        figures = [
            _figure("Séances", "sessions_held", line, len(acts), of_things=True),
            _figure("Présences", "presences", line, named + nameless, target="10"),
            _figure("Personnes", "participants_unique", line, len(people), "unique", nameless),
            _figure("Nouvelles", "participants_new", line, len(people - before), "unique"),
            _figure(
                "Par séance", "mean", line, mean, "ratio", halves=(named + nameless, len(acts))
            ),
        ]
        if line == 7:
            men, women = self.typed[year]
            for label, value in (("Hommes", men), ("Femmes", women), ("Tous", men + women)):
                figures.append(_figure(label, "", line, value, "typed"))
        return {
            "number": line, "code": f"{AXIS_OF[line]}.1.01", "title": f"Ligne {line}",
            "axis": AXIS_OF[line], "delivery": "Par nos services", "partner": "",
            "state": "En cours", "status": "", "reason": "", "worked": "", "hard": "",
            "change_planned": "", "figures": figures,
        }  # fmt: skip


def _act(chance: random.Random, year: int, line: int, known: list[int]) -> Act:
    named = frozenset(chance.sample(known, chance.randint(0, len(known))))
    nameless = chance.choice((0, 0, 0, 1, 2, 3, 9))
    return Act(year, line, chance.choice(HOUSES), chance.randint(1, 4), named, nameless)


def _figure(
    label: str, measure: str, line: int, value: Any, additivity: str = "additive",
    beside: int | None = None, *, halves: tuple[int, int] | None = None, target: str | None = None,
    of_things: bool = False,
) -> dict[str, Any]:  # fmt: skip
    top, bottom = map(str, halves) if halves and value is not None else (None, None)
    return {
        "label": label, "unit": "p.", "level": "Réalisation", "additivity": additivity,
        "measure": f"activities.{measure}" if measure else "", "refs": [f"line:{line}"],
        "how": "Comme dit.", "value": None if value is None else str(value), "numerator": top,
        "denominator": bottom, "beside": None if beside is None else str(beside),
        "beside_label": "Sans nom" if beside is not None else "",
        "beside_measure": "activities.anonymous_presences" if beside is not None else "",
        "baseline": "3" if target else None, "target": target, "attained": "50" if target else None,
        "reached": bool(target) and int(value) >= 10 if target else None,
        "is_publishable": True, "is_sensitive": False, "of_things": of_things,
    }  # fmt: skip
