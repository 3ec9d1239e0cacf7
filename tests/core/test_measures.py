"""A measure is refused when it cannot count what it says it counts."""

from decimal import Decimal

import pytest

from beffroi.core.measures import Additivity, Measure

_WAYS = {
    "count": lambda scope: Decimal(0), "people": lambda scope: frozenset(),
    "numerator": lambda scope: Decimal(0), "denominator": lambda scope: Decimal(0),
}  # fmt: skip
_RIGHT = {
    Additivity.ADDITIVE: {"count"}, Additivity.STOCK: {"count"}, Additivity.UNIQUE: {"people"},
    Additivity.RATIO: {"numerator", "denominator"},
}  # fmt: skip


def _measure(additivity: Additivity, ways: set[str]) -> Measure:
    return Measure(
        "room.key", "Clé", "unités", additivity, "Compté.", list, **{w: _WAYS[w] for w in ways}
    )


@pytest.mark.parametrize("additivity", Additivity)
def test_measure_takes_what_its_additivity_wants_and_nothing_else(additivity: Additivity) -> None:
    assert _measure(additivity, _RIGHT[additivity]).additivity is additivity
    for ways in (
        {"count"},
        {"people"},
        {"numerator"},
        {"numerator", "denominator"},
        set(),
        {"count", "people"},
    ):
        if ways != _RIGHT[additivity]:
            with pytest.raises(ValueError, match="it wants"):
                _measure(additivity, ways)
