"""Euros that a database has added up: SQLite adds in floating point, so sums are rounded back."""

from decimal import Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def euros(found: object) -> Decimal:
    """This function will give a sum of the database in euros and cents; nothing for no row.

    Sums of cents below ten billion euros are exact again once rounded.
    """
    return NOTHING if found is None else Decimal(found).quantize(CENT)  # type: ignore[arg-type]
