"""Euros to the cent, and how amounts, rates and days are written in a French explanation."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def to_cent(amount: Decimal) -> Decimal:
    """This function will round euros to the cent, the half upwards (away from zero)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def cents(amount: Decimal) -> int:
    """This function will give whole euros cents as a number of cents.

    Raises: ValueError when the amount holds a fraction of a cent.
    """
    counted = amount * 100
    if counted != counted.to_integral_value():
        raise ValueError(f"not an amount to the cent: {amount}")
    return int(counted)


def euros(amount: Decimal) -> str:
    """This function will write an amount in French: 1 314,20 €, its own decimals kept."""
    shown = f"{amount:,.2f}" if amount == to_cent(amount) else f"{amount.normalize():,f}"
    return shown.replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def number(value: Decimal | int) -> str:
    """This function will write a number in French, without idle zeros: 3.50 gives 3,5."""
    shown = f"{Decimal(value):,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return shown.replace(",", "\u202f").replace(".", ",")


def percent(rate: Decimal) -> str:
    """This function will write a rate in French: 0.065 gives 6,5 %."""
    return number(rate * 100) + "\u00a0%"


def in_words(day: date) -> str:
    """This function will write a day in French: 1er mars 2026."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[day.month - 1]} {day.year}"
