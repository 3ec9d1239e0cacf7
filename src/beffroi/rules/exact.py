"""Exact money: whole numbers of a billionth of a euro, so that nothing is rounded on the way.

A formula of the law is written once over a small arithmetic. `ONE` carries one case in Python
numbers (a whole number, or a fraction where a share such as 1/3 leaves no end of decimals);
`beffroi.rules.columns` carries thousands of cases in columns of whole numbers. Amounts are
rounded once, half a cent upwards, when they are paid or shown.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

EURO = 10**9
CENT = 10**7
WHOLE_SHARE = 10_000
"""A share of one, in ten-thousandths: 0.25 is 2500."""

Number = Any
"""A whole number, a fraction, or a column of whole numbers; always billionths of a euro."""


class Arithmetic(Protocol):
    """What a formula of the law may do beside adding, subtracting and multiplying."""

    def maximum(self, one: Number, other: Number) -> Number: ...
    def minimum(self, one: Number, other: Number) -> Number: ...
    def where(self, condition: Any, then: Number, otherwise: Number) -> Number: ...
    def divided(self, amount: Number, by: int) -> Number: ...
    def shared(self, amount: Number, share: Number) -> Number: ...
    def choose(self, options: Sequence[int], index: Any) -> Number: ...


class _OneCase:
    """One case, in Python numbers, exactly."""

    maximum = staticmethod(max)
    minimum = staticmethod(min)

    @staticmethod
    def where(condition: Any, then: Number, otherwise: Number) -> Number:
        return then if condition else otherwise

    @staticmethod
    def divided(amount: Number, by: int) -> Number:
        if isinstance(amount, int):
            quotient, rest = divmod(amount, by)
            return quotient if not rest else Fraction(amount, by)
        return whole_if_it_can(amount / by)

    @classmethod
    def shared(cls, amount: Number, share: Number) -> Number:
        if share == WHOLE_SHARE:
            return amount
        return cls.divided(amount * share, WHOLE_SHARE)

    @staticmethod
    def choose(options: Sequence[int], index: int) -> int:
        return options[index]


ONE: Arithmetic = _OneCase()


def whole_if_it_can(number: Number) -> Number:
    """This function will give a fraction without denominator as the whole number it is."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def units(amount: Decimal | int | str) -> int:
    """This function will give an amount in euros, of at most nine decimals, as billionths."""
    return int(Decimal(amount).scaleb(9))


@lru_cache(maxsize=1024)
def share_units(share: Decimal | Fraction | int) -> Number:
    """This function will give a share in ten-thousandths, exactly."""
    if share == 1:
        return WHOLE_SHARE
    return whole_if_it_can(Fraction(share) * WHOLE_SHARE)


def cents(amount: Number) -> Number:
    """This function will round billionths of a euro to cents, half a cent upwards."""
    return (amount + CENT // 2) // CENT


def monthly_cents(annual: Number) -> Number:
    """This function will give a twelfth of a yearly amount in cents, half a cent upwards."""
    return (annual + 6 * CENT) // (12 * CENT)


def text(number_of_cents: int) -> str:
    """This function will write cents as the contracts want them: « 1250.00 »."""
    if number_of_cents < 0:
        return "-" + text(-number_of_cents)
    return f"{number_of_cents // 100}.{number_of_cents % 100:02d}"


@lru_cache(maxsize=8192)
def french(amount: Number) -> str:
    """This function will write an amount for a reader: « 1 250,00 € »."""
    if amount < 0:
        return "−" + french(-amount)
    number = (amount + CENT // 2) // CENT
    written = f"{number // 100},{number % 100:02d}\u00a0€"
    if number < 100_000:
        return written
    euros, rest = written.split(",")
    return f"{int(euros):,}".replace(",", "\u202f") + "," + rest
