"""The arithmetic of the law over columns: thousands of cases at once, still exact.

A column holds whole billionths of a euro in 64 bits. It is exact for amounts below ten million
euros whose last digits leave room for every percentage and share of the law (`fits`); a case
that does not fit is computed alone. Needs numpy; nothing else of the law imports it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from beffroi.rules.exact import EURO, WHOLE_SHARE, Number

LARGEST = 10_000_000 * EURO
_FOR_PERCENT, _FOR_SHARE = 100, WHOLE_SHARE


class _ManyCases:
    """Many cases, in columns of whole numbers."""

    maximum = staticmethod(np.maximum)
    minimum = staticmethod(np.minimum)

    @staticmethod
    def where(condition: Any, then: Number, otherwise: Number) -> Number:
        if isinstance(condition, int):
            return then if condition else otherwise
        return np.where(condition, then, otherwise)

    @staticmethod
    def divided(amount: Number, by: int) -> Number:
        return amount // by

    @staticmethod
    def shared(amount: Number, share: Number) -> Number:
        if isinstance(share, int) and share == WHOLE_SHARE:
            return amount
        return amount // WHOLE_SHARE * share

    @staticmethod
    def choose(options: Sequence[int], index: Any) -> Number:
        return np.array(options, dtype=np.int64).take(index)


MANY = _ManyCases()


def fits(amount: Number, *, shared: bool = False) -> bool:
    """This function will say whether a number may go into a column and stay exact there.

    `shared` asks for room for a share in ten-thousandths, beside the percentages.
    """
    return (
        type(amount) is int
        and 0 <= amount < LARGEST
        and amount % (_FOR_SHARE if shared else _FOR_PERCENT) == 0
    )


def column(numbers: Sequence[int]) -> Any:
    """This function will make a column of whole numbers."""
    return np.array(numbers, dtype=np.int64)


def scaled(numbers: Any, unit: int) -> Any:
    """This function will give numbers times a unit, in 64 bits whatever they came in."""
    return (
        numbers * unit if isinstance(numbers, int) else np.multiply(numbers, unit, dtype=np.int64)
    )


def block(count: int, size: int) -> Any:
    """This function will make several columns in one piece of memory, to be filled."""
    return np.empty((count, size), dtype=np.int64)
