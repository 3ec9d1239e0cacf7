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
    where = staticmethod(np.where)

    @staticmethod
    def divided(amount: Number, by: int) -> Number:
        return amount // by

    @staticmethod
    def shared(amount: Number, share: Number) -> Number:
        return amount // WHOLE_SHARE * share

    @staticmethod
    def choose(options: Sequence[int], index: Any) -> Number:
        return np.asarray(options, dtype=np.int64)[index]


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


def empty(size: int) -> Any:
    """This function will make a column to be filled."""
    return np.empty(size, dtype=np.int64)
