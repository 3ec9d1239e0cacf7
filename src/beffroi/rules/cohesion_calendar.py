"""The road of a year's reports, counted backwards from the day they are due and the real councils.

The last meeting of the council on or before that day must carry the item. A day that falls on a
weekend stays: no source read moves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import yaml

from beffroi.rules.cohesion_plan import report_due
from beffroi.rules.series import FOLDER

#: The steps whose days the parameters do not hold.
COUNCIL, SEND = "council", "send"


@dataclass(frozen=True)
class Step:
    """Something to be done by a day; `is_verified` says whether a source gave the delay."""

    what: str
    label: str
    by_date: date
    is_verified: bool = False


@dataclass(frozen=True)
class Calendar:
    """The steps of a year, the nearest first, and the council that can still vote, if any."""

    year: int
    due_date: date
    steps: tuple[Step, ...]
    council_date: date | None
    #: No council is left between now and the day the reports are due.
    is_impossible: bool


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    content = yaml.safe_load((FOLDER / "cohesion_plan.yaml").read_text(encoding="utf-8"))
    calendar: dict[str, Any] = content["calendar"]
    return calendar


def report_calendar(year: int, councils: Iterable[date], today: date) -> Calendar:
    """This function will give the road of the reports of `year`, as it can still be gone on `today`.

    `councils` are the known meetings of the council that votes.

    Raises: UnknownYear.
    """
    due = report_due(year)
    left = sorted(day for day in councils if today <= day <= due)
    council = left[-1] if left else None
    steps = [Step(one["what"], one["label"], _by(one, due, council)) for one in _written()["steps"]]
    if council:
        steps.append(Step(COUNCIL, "Conseil : vote des rapports", council, True))
    steps.append(Step(SEND, "Envoi à la Région", due, True))
    order = [one.what for one in steps]
    steps.sort(key=lambda one: (one.by_date, order.index(one.what)))
    return Calendar(year, due, tuple(steps), council, council is None)


def text_asks(year: int) -> list[date]:
    """This function will give the days on which the words of `year` are asked, the first before.

    Raises: UnknownYear.
    """
    due = report_due(year)
    return sorted(due - timedelta(days=int(before)) for before in _written()["asks"])


def _by(step: dict[str, Any], due: date, council: date | None) -> date:
    if "day" in step:
        month, day = map(int, step["day"].split("-"))
        return date(due.year, month, day)
    by = due - timedelta(days=step["before_due"])
    if council and "before_council" in step:
        by = min(by, council - timedelta(days=step["before_council"]))
    return by
