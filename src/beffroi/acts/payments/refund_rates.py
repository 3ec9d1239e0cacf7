"""At which rate the State refunds a living income that was paid."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class RefundFacts:
    """What the rate depends on: kind of aid, month paid for, what the file says of its entry."""

    aid_kind: str
    month: date
    file: Mapping[str, Any]


@dataclass(frozen=True)
class Rate:
    """A share from 0 to 1, why, and whether it was read in a source or is to be verified."""

    share: Decimal
    basis: str
    is_verified: bool


#: Gives the rate of a paid living income, or None when a fact is missing.
RateFor = Callable[[RefundFacts], Rate | None]


def decided_rate(facts: RefundFacts) -> Rate | None:
    """This function will give the rate that the decision itself carries, or None without one.

    The decision says `{"rate": "0.55", "basis": "…", "verified": true}` in the facts of its order:
    a rate that nobody has settled is never guessed.
    """
    given = facts.file.get("rate")
    if given in (None, ""):
        return None
    share = Decimal(str(given))
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share")
    return Rate(share, str(facts.file.get("basis", "")), bool(facts.file.get("verified")))
