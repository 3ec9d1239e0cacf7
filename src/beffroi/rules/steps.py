"""A step of a computation: what was counted, how, and where the law says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation, in the order in which it was computed.

    `label` and `formula` are French texts that a person can follow, the figures written in;
    `value` is what came out (euros, days, a date or words); `source` is `read` where every
    parameter used was read in its source, and `inferred` where one of them was not.
    """

    key: str
    label: str
    formula: str
    value: Decimal | str
    reference: str
    source: str

    @property
    def is_read(self) -> bool:
        """Whether all that this step rests on was read in a source."""
        return self.source == "read"


def source_of(statuses: Iterable[str]) -> str:
    """This function will give `read` when every status is `read`, and `inferred` otherwise."""
    return "read" if all(status == "read" for status in statuses) else "inferred"
