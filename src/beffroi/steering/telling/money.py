"""The money of a year as anybody reads it: a class of amounts for each line, sums for the plan."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

#: Upper ends of the classes, in euros; the last class has none.
ENDS = (5_000, 25_000, 100_000)


def tell_money(content: Mapping[str, Any]) -> dict[str, Any]:
    """This function will choose what anybody is told of a financial report, in euros.

    A line is given the rank of its class, from zero: what was foreseen or, where nothing was, spent;
    with what its convention grants.
    """
    amounts: dict[str, Decimal] = {}
    for one in content["by_line"]:
        if one["label"].isdigit():
            amounts[str(int(one["label"]))] = Decimal(one["budget"]) or Decimal(one["spent"])
    for one in content["conventions"]:
        # A grant shared by several lines is of none of them alone.
        if len(one["lines"]) == 1 and Decimal(one["granted"]):
            line = str(one["lines"][0])
            amounts[line] = amounts.get(line, Decimal(0)) + Decimal(one["granted"])
    recap = content["recap"]
    return {
        "year": content["year"], "until": content["until"],
        "classes": {line: _class(amount) for line, amount in amounts.items() if amount},
        "subsidy": recap["subsidy"], "eligible": recap["eligible"],
    }  # fmt: skip


def _class(amount: Decimal) -> int:
    return sum(amount >= end for end in ENDS)
