"""What may be kept back from a benefit to recover what was paid too much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).resolve().parent / "parameters" / "recovery.yaml"


@dataclass(frozen=True)
class Limit:
    """The greatest share of each later payment from a day on; None when nothing may be kept."""

    since: date
    share: Decimal | None
    reference: str
    source: str
    is_verified: bool


@lru_cache(maxsize=1)
def limits() -> tuple[Limit, ...]:
    """This function will give the limits known, oldest first, with their source."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Limit(
            row["since"], None if row["share"] is None else Decimal(row["share"]),
            row["reference"], content["sources"][row["source"]], row["status"] == "read",
        )
        for row in sorted(content["retained_share"]["values"], key=lambda row: row["since"])
    )  # fmt: skip


def limit_on(day: date) -> Limit | None:
    """This function will give the limit in force on `day`, or None before the first one known."""
    known = [limit for limit in limits() if limit.since <= day]
    return known[-1] if known else None


def greatest_share(day: date) -> Decimal | None:
    """This function will give the greatest share, from 0 to 1, that may be kept of a payment.

    None when no limit is known for that day: then nothing is kept.
    Source: Code judiciaire art. 1410 §4.
    """
    limit = limit_on(day)
    return limit.share if limit else None
