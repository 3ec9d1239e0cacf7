"""Reads one cell: a date, a time, an amount, a phone, a part of a recurrence rule."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from beffroi.core.later import later
from beffroi.directory.imports.rows import Package, Row
from beffroi.directory.imports.tables import REFERRED

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = later("phonenumbers")


_url = URLValidator(schemes=["http", "https"])
_email = EmailValidator()
_DAY = re.compile(r"^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_HALF_DAY = re.compile(r"^(\d{1,2})(?:[:.](\d{1,2}))?\s*([ap])\.?(?:m\.?)?$", re.IGNORECASE)
_POSTCODES = {"BE": re.compile(r"[1-9]\d{3}"), "US": re.compile(r"\d{5}(-\d{4})?")}
_POSTCODES |= {"FR": re.compile(r"\d{5}"), "NL": re.compile(r"[1-9]\d{3} ?[A-Z]{2}")}
_POSTCODES |= {"DE": re.compile(r"\d{5}"), "LU": re.compile(r"\d{4}")}
#: The whole-number parts of a recurrence rule and what they may be.
_NUMBERS = {"interval": (1, 999), "count": (1, 9999)}
_LISTS = {"byweekno": 53, "bymonthday": 31, "byyearday": 366}


@dataclass(frozen=True, slots=True)
class Cells:
    """A row under reading: gives each cell clean or empty, and notes what is wrong."""

    package: Package
    table: str
    row: Row

    def text(self, name: str, most: int = 20_000) -> str:
        """This function will give the words of a cell, cut at `most` characters."""
        value = self.row[name]
        if len(value) > most:
            self.fault(name, "too_long", value)
            return value[: most - 1].rstrip() + "…"
        return value

    def fault(self, name: str, code: str, value: str = "") -> None:
        """This function will note a fault of this row."""
        self.package.fault_of(self.row, name, code, value)

    def url(self, name: str) -> str:
        """This function will give a web address, or nothing."""
        value = self.row[name]
        if value and (len(value) > 200 or not _is_url(value)):
            self.fault(name, "bad_url", value)
            return ""
        return value

    def email(self, name: str) -> str:
        """This function will give an electronic address, or nothing."""
        value = self.row[name]
        if value and not _is_email(value):
            self.fault(name, "bad_email", value)
            return ""
        return value

    def day(self, name: str) -> date | None:
        """This function will give a day, or nothing."""
        value = self.row[name]
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            self.fault(name, "bad_date", value)
            return None

    def span(self, start: str, end: str) -> tuple[date | None, date | None]:
        """This function will give two days in order; an end before the start is left out."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            self.fault(end, "dates_reversed", self.row[end])
            return first, None
        return first, last

    def clock(self, name: str) -> str:
        """This function will give an hour as HH:MM, or nothing."""
        value = self.row[name]
        hour, minute = _clock(value)
        if (hour, minute) == (24, 0):
            return "24:00"
        if 0 <= hour < 24 and minute < 60:
            return time(hour, minute).strftime("%H:%M")
        if value:
            self.fault(name, "bad_time", value)
        return ""

    def amount(self, name: str) -> str:
        """This function will give an amount as it is counted, with a point, or nothing."""
        value = self.row[name]
        try:
            amount = Decimal(value.replace(",", ".")) if value else None
        except InvalidOperation:
            amount = None
        if amount is not None and amount.is_finite() and 0 <= amount < 10_000_000:
            return f"{amount:.2f}"
        if value:
            self.fault(name, "bad_amount", value)
        return ""

    def age(self, name: str) -> int | None:
        """This function will give an age in years, or nothing."""
        value = self.row[name]
        try:
            years = float(value) if value else None
        except ValueError:
            years = -1
        if years is None or 0 <= years <= 130:
            return None if years is None else int(years)
        self.fault(name, "bad_age", value)
        return None

    def postcode(self, name: str, country: str) -> str:
        """This function will give a postcode of the form its country uses, or nothing."""
        value = self.row[name]
        form = _POSTCODES.get(country)
        if not value:
            self.fault(name, "missing_postcode")
        elif (form is not None and not form.fullmatch(value.upper())) or len(value) > 10:
            self.fault(name, "bad_postcode", value)
        else:
            return value
        return ""

    def phone(self, name: str, country: str) -> dict[str, str]:
        """This function will give {"e164", "shown"} of a number, or {} when it is none."""
        printed = self.row[name].strip("\"' ")
        if sum(c.isdigit() for c in printed) < 3 or len(printed) > 40:
            self.fault(name, "bad_phone", printed)
            return {}
        e164 = _e164(printed, country)
        if not e164:
            self.fault(name, "odd_phone", printed)
        return {"e164": e164, "shown": printed}

    def rule(self) -> dict[str, str | int]:
        """This function will give the parts of a recurrence rule that hold."""
        found: dict[str, str | int] = {}
        freq = self.row["freq"].upper()
        if freq in ("WEEKLY", "MONTHLY"):
            found["freq"] = freq
        elif freq:
            self.fault("freq", "bad_rrule", freq)
        for name in ("byday", "wkst"):
            value = self.row[name].upper().replace(" ", "")
            if value and all(_DAY.match(day) for day in value.split(",")):
                found[name] = value
            elif value:
                self.fault(name, "bad_rrule", value)
        for name, (least, most) in _NUMBERS.items():
            self._number(found, name, least, most)
        for name, most in _LISTS.items():
            self._numbers(found, name, most)
        return found

    def _number(self, found: dict[str, str | int], name: str, least: int, most: int) -> None:
        value = self.row[name].removesuffix(".0")
        if value.isdecimal() and least <= int(value) <= most:
            found[name] = int(value)
        elif value:
            self.fault(name, "bad_rrule", value)

    def _numbers(self, found: dict[str, str | int], name: str, most: int) -> None:
        value = self.row[name].replace(" ", "")
        parts = value.split(",") if value else []
        if parts and all(re.fullmatch(r"-?\d{1,3}", p) and 1 <= abs(int(p)) <= most for p in parts):
            found[name] = value
        elif value:
            self.fault(name, "bad_rrule", value)


def _clock(value: str) -> tuple[int, int]:
    """Hour and minute, of 24 hours or of two halves of a day; (-1, 0) when it is no time."""
    match = _TIME.match(value)
    if match:
        return int(match[1]), int(match[2])
    half = _HALF_DAY.match(value.strip())
    if half is None or not 1 <= int(half[1]) <= 12:
        return -1, 0
    return int(half[1]) % 12 + (12 if half[3].lower() == "p" else 0), int(half[2] or 0)


def identified(package: Package, table: str) -> Iterator[Cells]:
    """This function will give each row of `table` that has an id of its own.

    A row that nothing refers to can do without: what it says names it.
    """
    seen: set[str] = set()
    unnamed = False
    for row in package.rows(table):
        cells = Cells(package, table, row)
        ident, said = row["id"], "duplicate_id"
        if not ident and table in REFERRED:
            cells.fault("id", "missing_id")
            continue
        if not ident:
            if not unnamed:
                cells.fault("id", "no_id")
            unnamed, said = True, "same_row"
            ident = row.cells["id"] = _named_by_words(row)
        if ident in seen:
            cells.fault("id", said, "" if said == "same_row" else ident)
            continue
        seen.add(ident)
        yield cells


def _named_by_words(row: Row) -> str:
    words = "\x1f".join(f"{key}={cell}" for key, cell in sorted(row.cells.items()))
    return f"row-{hashlib.sha256(words.encode()).hexdigest()[:24]}"


@lru_cache(maxsize=20_000)
def _is_url(value: str) -> bool:
    try:
        _url(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=20_000)
def _is_email(value: str) -> bool:
    try:
        _email(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=20_000)
def _e164(printed: str, country: str) -> str:
    try:
        number = phonenumbers.parse(printed, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
