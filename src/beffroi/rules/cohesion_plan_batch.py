"""The money of a cohesion plan in JSON: facts come in, a result goes out, as the contract says."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from beffroi.rules.cohesion_plan import justify

_KEYS = ("subsidy", "eligible", "year")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


def answer(given: Mapping[str, Any]) -> dict[str, Any]:
    """This function will answer one line of the batch; amounts are strings of two decimals.

    Raises: ValueError naming what cannot be read; KeyError naming what is missing.
    """
    if unknown := set(given) - {"id", *_KEYS}:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    subsidy, eligible, year = (given[key] for key in _KEYS)
    if type(year) is not int:
        raise ValueError("year: a whole number is expected")
    done = justify(_amount("subsidy", subsidy), _amount("eligible", eligible), year)
    names = ("own_share_min", "total_to_justify", "due", "own_paid", "unused")
    return {"id": given.get("id"), **{name: str(getattr(done, name)) for name in names}}


def _amount(name: str, given: object) -> Decimal:
    if not isinstance(given, str) or not _AMOUNT.fullmatch(given):
        raise ValueError(f"{name}: an amount like 80000.00 in a string is expected")
    return Decimal(given)
