"""What a room counts, and how its counts may be put together.

A room offers its measures in `indicators.py`, as `MEASURES`; whoever steers reads them there.
A figure is always asked for a period and for a scope: references of that room (a series, a
service, a place), or everything. How figures add up is said by the measure, never guessed:
people are counted again for each scope, a mean is made again from its two halves.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from beffroi.core.actors import Actor

Words = str | Promise


class Additivity(StrEnum):
    """How the figures of two scopes, or of two periods, make the figure of both."""

    #: Sums: sessions, hours, presences, nights, kilograms.
    ADDITIVE = "additive"
    #: Counted again for each scope and period: people, households.
    UNIQUE = "unique"
    #: What stands on the last day of the period: places, plots, staff; sums over scopes alone.
    STOCK = "stock"
    #: A numerator over a denominator, each counted for the whole scope.
    RATIO = "ratio"


@dataclass(frozen=True)
class Scope:
    """Which acts are counted: a period, both days included, and references, or None for all."""

    since: date
    until: date
    refs: frozenset[str] | None = None


@dataclass(frozen=True)
class Choice:
    """Something a measure may be asked for: its reference and its name."""

    ref: str
    label: str


@dataclass(frozen=True)
class CountedAct:
    """One act behind a figure: its day, its words, what it adds, and its page if it has one."""

    day: date
    label: str
    amount: Decimal
    url_name: str = ""
    url_kwargs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Measure:
    """Something a room counts.

    Exactly what its additivity wants is given: `count` for ADDITIVE and STOCK; for UNIQUE `people`
    (who they are, so that rooms unite: a person of the house is `("person", number kept after
    merges)` everywhere), or `count`, which counts again for each scope, or both, and `count` is
    then the faster way to the same number; `numerator` and `denominator` for RATIO.
    `acts` gives what is behind a figure, only what this actor may see. `is_sensitive` protects
    under 10 instead of 5: health, justice, addiction, violence.
    """

    key: str
    label: Words
    unit: Words
    additivity: Additivity
    how: Words
    choices: Callable[[], list[Choice]]
    count: Callable[[Scope], Decimal] | None = None
    people: Callable[[Scope], frozenset[Hashable]] | None = None
    numerator: Callable[[Scope], Decimal] | None = None
    denominator: Callable[[Scope], Decimal] | None = None
    #: What the ratio is multiplied by: 1, 100, 1000.
    factor: int = 1
    acts: Callable[[Scope, Actor], list[CountedAct]] | None = None
    #: Counts each of these references apart, in one go, by key of measure and reference; measures
    #: that share the function are counted together. A pair that is absent counts zero.
    at_once: Callable[[Scope], Mapping[tuple[str, str], Decimal]] | None = None
    is_sensitive: bool = False
    #: Whether its acts say for which line they count (`core/counting.py`); else its choices say it.
    counts_to_lines: bool = True
    #: The measure shown beside this one and never inside: presences without a name.
    beside: str = ""
    #: It counts no people: sessions, hours, square metres, kilograms. Anybody may be told it as it
    #: is; whatever does not say so is protected as a count of people.
    of_things: bool = False

    def __post_init__(self) -> None:
        """This method will refuse a measure that cannot count what it says. Raises: ValueError."""
        one_of: dict[Additivity, tuple[tuple[str, ...], ...]] = {
            Additivity.ADDITIVE: (("count",),), Additivity.STOCK: (("count",),),
            Additivity.UNIQUE: (("people",), ("count",), ("count", "people")),
            Additivity.RATIO: (("numerator", "denominator"),),
        }  # fmt: skip
        wanted = one_of[self.additivity]
        ways = ("count", "people", "numerator", "denominator")
        given = tuple(name for name in ways if getattr(self, name) is not None)
        if given not in wanted:
            raise ValueError(
                f"{self.key} is {self.additivity}: it wants {' or '.join(map(str, wanted))}"
            )
