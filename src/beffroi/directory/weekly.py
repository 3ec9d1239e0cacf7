"""Hours of a week: slots as an editor types them, rules as calendars and other directories read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from beffroi.core.errors import InvalidInput

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = dict(
    zip(
        DAYS, ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), strict=True
    )
)


@dataclass(frozen=True, order=True)
class Slot:
    """From an hour to an hour, on one day of the week (« MO » to « SU »)."""

    day: str
    opens: time
    closes: time


@dataclass(frozen=True)
class WeeklyRule:
    """The days that share the same hours; kept as the parts of a recurrence rule."""

    days: tuple[str, ...]
    opens: time
    closes: time

    def value(self) -> dict[str, Any]:
        """This method will give the typed parts of the fact."""
        return {
            "freq": "WEEKLY",
            "byday": ",".join(self.days),
            "opens_at": f"{self.opens:%H:%M}",
            "closes_at": f"{self.closes:%H:%M}",
        }

    def text(self) -> str:
        """This method will say the rule in French: « Du lundi au vendredi, de 9 h à 12 h 30 »."""
        said = f"{days_text(self.days)}, de {hour_text(self.opens)} à {hour_text(self.closes)}"
        return said[0].upper() + said[1:]


def hour_text(hour: time) -> str:
    """This function will write an hour as French does: « 9 h », « 12 h 30 »."""
    return f"{hour.hour} h" + (f" {hour.minute:02}" if hour.minute else "")


def days_text(days: Sequence[str]) -> str:
    """This function will say days in words, as a span when they follow each other."""
    places = [DAYS.index(day) for day in days]
    names = [NAMES[day] for day in days]
    if len(places) == 7:
        return "tous les jours"
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"du {names[0]} au {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def said_when(value: Mapping[str, Any]) -> str:
    """This function will say the days and hours of a weekly fact; empty when it has none."""
    days = tuple(day for day in str(value.get("byday", "")).split(",") if day in DAYS)
    opens, closes = str(value.get("opens_at", "")), str(value.get("closes_at", ""))
    if not (days and opens and closes):
        return ""
    said = WeeklyRule(days, time.fromisoformat(opens), time.fromisoformat(closes)).text()
    return said[0].lower() + said[1:]


def rules_of(slots: Sequence[Slot]) -> list[WeeklyRule]:
    """This function will group slots into rules, in the order of the week.

    Raises: InvalidInput, field by field, when a slot ends before it begins or two cross.
    """
    faults: dict[str, str] = {}
    ordered = sorted(slots, key=lambda slot: (DAYS.index(slot.day), slot.opens))
    for slot in ordered:
        if slot.closes <= slot.opens:
            faults[slot.day] = f"Le {NAMES[slot.day]} finit avant de commencer."
    for before, after in zip(ordered, ordered[1:], strict=False):
        if before.day == after.day and after.opens < before.closes:
            faults[before.day] = f"Les deux plages du {NAMES[before.day]} se croisent."
    if faults:
        raise InvalidInput("Des heures ne vont pas ensemble.", faults)
    groups: dict[tuple[time, time], list[str]] = {}
    for slot in ordered:
        groups.setdefault((slot.opens, slot.closes), []).append(slot.day)
    return [WeeklyRule(tuple(days), *hours) for hours, days in groups.items()]
