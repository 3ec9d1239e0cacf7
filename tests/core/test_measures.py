"""A measure is refused when it cannot count what it says it counts."""

from decimal import Decimal

import pytest

from beffroi.core.measures import Additivity, Measure

_WAYS = {
    "count": lambda scope: Decimal(0), "people": lambda scope: frozenset(),
    "numerator": lambda scope: Decimal(0), "denominator": lambda scope: Decimal(0),
}  # fmt: skip
_RIGHT = {
    Additivity.ADDITIVE: [{"count"}], Additivity.STOCK: [{"count"}],
    Additivity.UNIQUE: [{"people"}, {"count"}, {"count", "people"}], Additivity.RATIO: [{"numerator", "denominator"}],
}  # fmt: skip


def _measure(additivity: Additivity, ways: set[str]) -> Measure:
    return Measure(
        "room.key", "Clé", "unités", additivity, "Compté.", list, **{w: _WAYS[w] for w in ways}
    )


@pytest.mark.parametrize("additivity", Additivity)
def test_measure_takes_what_its_additivity_wants_and_nothing_else(additivity: Additivity) -> None:
    for ways in _RIGHT[additivity]:
        assert _measure(additivity, ways).additivity is additivity
    tried = (
        {"count"},
        {"people"},
        {"numerator"},
        {"numerator", "denominator"},
        set(),
        {"count", "people"},
    )
    for ways in tried:
        if ways not in _RIGHT[additivity]:
            with pytest.raises(ValueError, match="it wants"):
                _measure(additivity, ways)
