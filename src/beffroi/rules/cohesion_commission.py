"""The commission that accompanies a cohesion plan: must it meet, who sits, when it may give an opinion.

The rules are those of the day: compulsory until the end of 2024, optional after. The house knows no
quorum of the law: a commission that wants one fixes its own share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from beffroi.rules.series import Value, series


@dataclass(frozen=True)
class Composition:
    """What the regime of a day wants of the commission, and what lacks.

    `is_mandatory` is None where the rule of that day was not read; `rules` are the values leant on.
    """

    is_mandatory: bool | None
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    least_meetings: int | None
    rules: tuple[Value, ...]

    @property
    def is_verified(self) -> bool:
        """Whether each value leant on was read in its source."""
        return bool(self.rules) and all(one.is_read for one in self.rules)

    @property
    def is_short(self) -> bool:
        """Whether a seat that the regime of the day wants is empty."""
        return bool(self.missing) and self.is_mandatory is not False


def composition(seats: Iterable[str], day: date) -> Composition:
    """This function will check the seats held against the regime of `day`.

    Source: décret du 22 novembre 2018, then the decree numac 2025005134 (optional).
    """
    held = set(seats)
    names = ("mandatory", "seats", "least_meetings")
    found = [series(f"pcs_commission_{name}").get(day) for name in names]
    must, wanted, least = found
    seated: tuple[str, ...] = tuple(wanted.value) if wanted else ()
    return Composition(
        bool(must.value) if must else None,
        seated,
        tuple(one for one in seated if one not in held),
        int(least.value) if least else None,
        tuple(one for one in found if one is not None),
    )


def advisory_seats(day: date) -> frozenset[str]:
    """This function will give the seats that speak without voting on `day`."""
    value = series("pcs_commission_advisory_seats").get(day)
    return frozenset(value.value) if value else frozenset()


def usual_notice(day: date) -> int:
    """This function will give the days between invitation and meeting that the house proposes."""
    value = series("pcs_commission_notice_days").get(day)
    return int(value.value) if value else 0


def quorum(voters: int, percent: int | None) -> int:
    """This function will give how many voters must be there: 0 where the commission wants none.

    `percent` is the share the commission fixed itself; the result is rounded up.

    Raises: ValueError for a share outside 1 to 100.
    """
    if percent is None:
        return 0
    if not 1 <= percent <= 100:
        raise ValueError("a share of the voters goes from 1 to 100")
    return -(-voters * percent // 100)
