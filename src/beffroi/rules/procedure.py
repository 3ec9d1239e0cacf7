"""The time limits of the procedure: an event on a day gives what is due, and by when.

A limit in days counts from the day after the event (loi 26/05/2002; Code judiciaire art. 52
and 53 by analogy); a limit in months or years ends on the same day of the month. The dates
are given as the law counts them: one that falls on a holiday is not moved here. A count below
zero is a date before the event: what to do before a card or a contract ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from beffroi.core.dates import add_months, add_working_days
from beffroi.rules.series import OutsideParameters

_FILE = Path(__file__).parent / "parameters" / "procedure.yaml"
_UNITS = {
    "same_day": "same day",
    "calendar_days": "calendar days",
    "working_days": "working days",
    "months": "months",
    "years": "years",
}


class UnknownEvent(ValueError):
    """The event is not one the procedure knows."""


@dataclass(frozen=True)
class Due:
    """Something the law wants by a date; `is_verified` is false where it was only inferred.

    `label` is in French, `labels` in each language; `warn_days` says how many days before the
    date to warn, where the rule has its own warning.
    """

    what: str
    label: str
    due_date: date
    rule: str
    reference: str
    source: str
    is_verified: bool
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    warn_days: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def _parameters() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def events() -> list[str]:
    """This function will give the events that start a time limit."""
    return list(_parameters()["rules"])


def deadlines(event: str, day: date) -> list[Due]:
    """This function will give what is due after `event` on `day`, the nearest first.

    Raises: UnknownEvent; OutsideParameters when `day` is before every rule of the event.
    """
    content = _parameters()
    if event not in content["rules"]:
        raise UnknownEvent(f"unknown event: {event}")
    due = [
        Due(
            rule["what"],
            rule["label"],
            _due_date(rule, day),
            _words(rule),
            rule["reference"],
            content["sources"][rule["source"]],
            rule["status"] == "read",
            _labels(rule),
            tuple(rule.get("warn", ())),
        )
        for rule in content["rules"][event]
        if rule["since"] <= day
    ]
    if not due:
        raise OutsideParameters(f"no rule is known for {event} on {day.isoformat()}")
    return sorted(due, key=lambda one: one.due_date)


def label_of(what: str, rule: str = "", lang: str = "fr") -> str:
    """This function will give what a time limit is called in words, in a language.

    Where several events start one of that name, `rule` says which: the one that lasts so long.
    """
    for rules in _parameters()["rules"].values():
        for one in rules:
            if one["what"] == what and rule in ("", _words(one)):
                return _labels(one).get(lang) or str(one["label"])
    return what


def _labels(rule: dict[str, Any]) -> dict[str, str]:
    return {"fr": rule["label"], **rule.get("labels", {})}


def _words(rule: dict[str, Any]) -> str:
    unit, count = _UNITS[rule["unit"]], rule.get("count")
    if count is None:
        return unit
    size = abs(count)
    words = f"{size} {unit if size > 1 else unit.removesuffix('s')}"
    return words if count > 0 else f"{words} before"


def _due_date(rule: dict[str, Any], day: date) -> date:
    unit, count = rule["unit"], rule.get("count", 0)
    if unit == "calendar_days":
        return day + timedelta(days=count)
    if unit == "working_days":
        return add_working_days(day, count)
    if unit == "months":
        return add_months(day, count)
    if unit == "years":
        return add_months(day, 12 * count)
    return day


@dataclass(frozen=True)
class Limit:
    """How long something may take after an event: 30 calendar days, 3 months."""

    what: str
    count: int
    unit: str
    reference: str
    source: str
    is_verified: bool


@dataclass(frozen=True)
class House:
    """How the house follows a time limit: when to warn, and whom a late one reaches."""

    warn_days: tuple[int, ...]
    leader_after: int
    director_after: int


def house() -> House:
    """This function will give the house's own delays, in days: not law, each CPAS sets its own."""
    given = _parameters()["house"]
    return House(tuple(given["warn_days"]), given["leader_after"], given["director_after"])


def limits(day: date) -> dict[str, Limit]:
    """This function will give the limits in force on `day`, by « event.what »."""
    content = _parameters()
    return {
        f"{event}.{rule['what']}": Limit(
            rule["what"],
            rule.get("count", 0),
            rule["unit"],
            rule["reference"],
            content["sources"][rule["source"]],
            rule["status"] == "read",
        )
        for event, rules in content["rules"].items()
        for rule in rules
        if rule["since"] <= day
    }
