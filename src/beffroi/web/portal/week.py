"""The week of a place: a grid to print, and a calendar file to subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from beffroi.core.later import later
from beffroi.directory.enums import FactKind
from beffroi.directory.place_parts import Closing, PlacePage, Weekly

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True)
class Entry:
    """What happens at an hour of a day."""

    opens_at: str
    closes_at: str
    text: str
    service: str


@dataclass(frozen=True)
class Day:
    """A day of the week with what happens then, in order."""

    name: str
    entries: tuple[Entry, ...]


def days_of(weekly: Sequence[Weekly]) -> list[Day]:
    """This function will give the seven days with what is known of each."""
    days = []
    for number, code in enumerate(DAYS):
        entries = sorted(
            (Entry(w.opens_at, w.closes_at, _what(w), w.service) for w in weekly if code in w.days),
            key=lambda e: (e.opens_at, e.closes_at, e.text),
        )
        days.append(Day(str(WEEKDAYS[number]), tuple(entries)))
    return days


def _what(weekly: Weekly) -> str:
    return _("Ouvert") if weekly.kind == FactKind.HOURS else weekly.text


def loose(weekly: Sequence[Weekly]) -> list[Weekly]:
    """This function will give what is known in words, without an hour to put in the grid."""
    return [w for w in weekly if not w.days]


def calendar_of(page: PlacePage, stamp: int, address: str) -> bytes:
    """This function will write the week of a place as a calendar, closings left out.

    Only what is known and valid is there. `stamp` is the revision of the directory: readers
    take a higher one as newer.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Beffroi//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("name", page.name)
    calendar.add("x-wr-calname", page.name)
    calendar.add("url", address)
    for weekly in page.weekly:
        if weekly.days:
            calendar.add_component(_event(page, weekly, stamp, address))
    for closing in page.closings:
        calendar.add_component(_closed(page, closing, stamp, address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(page: PlacePage, weekly: Weekly, stamp: int, address: str) -> "icalendar.Event":
    first = _first_day(weekly)
    opens, closes = time.fromisoformat(weekly.opens_at), weekly.closes_at
    event = icalendar.Event()
    event.add("uid", f"{page.key}-{weekly.ref}@beffroi")
    event.add("summary", f"{weekly.service or page.name} : {_what(weekly)}")
    event.add("dtstart", datetime.combine(first, opens, _BRUSSELS))
    if closes:
        event.add("dtend", datetime.combine(first, time.fromisoformat(closes), _BRUSSELS))
    rule = {"freq": "weekly", "byday": list(weekly.days)}
    if weekly.until:
        last = datetime.combine(weekly.until, time(23, 59, 59), _BRUSSELS)
        rule["until"] = last.astimezone(UTC)  # type: ignore[assignment]
    event.add("rrule", icalendar.vRecur(rule))
    for day in _closed_days(page.closings, weekly, first):
        event.add("exdate", datetime.combine(day, opens, _BRUSSELS))
    _common(event, page, stamp, address, weekly.since or first)
    return event


def _first_day(weekly: Weekly) -> date:
    """The first day on which it happens, from the day the fact holds."""
    day = weekly.since or date(2026, 1, 1)
    while DAYS[day.weekday()] not in weekly.days:
        day += timedelta(days=1)
    return day


def _closed_days(closings: Sequence[Closing], weekly: Weekly, first: date) -> list[date]:
    days = set()
    for closing in closings:
        day = max(closing.from_date, first)
        while day <= closing.until_date:
            if DAYS[day.weekday()] in weekly.days:
                days.add(day)
            day += timedelta(days=1)
    return sorted(days)


def _closed(page: PlacePage, closing: Closing, stamp: int, address: str) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("uid", f"{page.key}-{closing.from_date}-{closing.until_date}@beffroi")
    event.add("summary", f"{page.name} : {closing.reason}")
    event.add("dtstart", closing.from_date)
    event.add("dtend", closing.until_date + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    _common(event, page, stamp, address, closing.from_date)
    return event


def _common(
    event: "icalendar.Event", page: PlacePage, stamp: int, address: str, since: date
) -> None:
    event.add("dtstamp", datetime.combine(since, time(0), UTC))
    event.add("sequence", stamp)
    event.add("url", address)
    known = [said.text for said in page.rubric(FactKind.ADDRESS).said]
    disputed = page.rubric(FactKind.ADDRESS).is_disputed
    if known and not disputed:
        event.add("location", known[0])
    if page.phones:
        event.add("description", " / ".join(page.phones))
