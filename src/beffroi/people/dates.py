"""Birth dates as people write them: 12/03/1984, 12.3.84, 1984-03-12, 12 mars 1984, 120384, 1984."""

import re
from dataclasses import dataclass
from datetime import date

from beffroi.people.names import plain

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "janvier janv jan januari januar january", "fevrier fevr fev februari februar feb february",
            "mars maart marz march mrt", "avril avr april apr", "mai mei may", "juin juni june",
            "juillet juil juli july", "aout augustus august aug", "septembre sept september sep",
            "octobre oct oktober october okt", "novembre nov november",
            "decembre dec dezember december dez",
        ),
        start=1,
    )
    for month in names.split()
}  # fmt: skip
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b((?:18|19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:18|19|20)?\d\d)\b")
_IN_WORDS = re.compile(rf"\b(?:(\d{{1,2}})(?:er|e)? )?({_MONTH_NAME})\.? ((?:18|19|20)\d\d)\b")
_EIGHT = re.compile(r"\b(\d\d)(\d\d)((?:18|19|20)\d\d)\b")
_EIGHT_ISO = re.compile(r"\b((?:18|19|20)\d\d)(\d\d)(\d\d)\b")
_SIX = re.compile(r"\b(\d\d)(\d\d)(\d\d)\b")
_MONTH_YEAR = re.compile(r"\b(\d{1,2})[-/.]((?:18|19|20)\d\d)\b")
_YEAR = re.compile(r"\b((?:18|19|20)\d\d)\b")


@dataclass(frozen=True)
class Born:
    """What a query says of a birth: whole dates it may mean, or a period."""

    days: frozenset[date] = frozenset()
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.days or self.since)

    def matches(self, birth: date | None) -> bool:
        """This function will say whether somebody born on `birth` may be meant."""
        if birth is None:
            return False
        if self.days:
            return birth in self.days
        return (
            self.since is not None and self.until is not None and self.since <= birth < self.until
        )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(written: str, today: date) -> list[int]:
    """A year of two figures may be of either century, but nobody is born tomorrow."""
    if len(written) == 4:
        return [int(written)]
    return [c + int(written) for c in (1900, 2000) if c + int(written) <= today.year]


def _days(readings: list[tuple[str, str, str]], today: date) -> frozenset[date]:
    found = {
        day
        for year, month, number in readings
        for whole in _years(year, today)
        if (day := _day(whole, int(month), int(number))) and day <= today
    }
    return frozenset(found)


def _month_of(year: int, month: int) -> Born:
    if not 1 <= month <= 12:
        return Born()
    after = date(year + month // 12, month % 12 + 1, 1)
    return Born(since=date(year, month, 1), until=after)


def born(text: str, today: date) -> tuple[Born, str]:
    """This function will read a birth date in what was typed, and give it with the rest.

    A date of two figures for the year is read in both centuries.
    """
    said = plain(text)
    if found := _IN_WORDS.search(said):
        day, month, year = found.groups()
        rest = said[: found.start()] + " " + said[found.end() :]
        if day is None:
            return _month_of(int(year), _MONTHS[month]), rest
        return Born(_days([(year, str(_MONTHS[month]), day)], today)), rest
    for pattern, order in (
        (_ISO, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0)), (_EIGHT_ISO, (0, 1, 2)), (_EIGHT, (2, 1, 0)),
    ):  # fmt: skip
        if (found := pattern.search(said)) is not None:
            parts = found.groups()
            year, month, day = (parts[i] for i in order)
            days = _days([(year, month, day)], today)
            if days:
                return Born(days), said[: found.start()] + " " + said[found.end() :]
    return _short(said, today)


def _short(said: str, today: date) -> tuple[Born, str]:
    """Six figures, a month, or a year alone."""
    if found := _SIX.search(said):
        a, b, c = found.groups()
        days = _days([(c, b, a), (a, b, c)], today)
        if days:
            return Born(days), said[: found.start()] + " " + said[found.end() :]
    if found := _MONTH_YEAR.search(said):
        period = _month_of(int(found[2]), int(found[1]))
        if period:
            return period, said[: found.start()] + " " + said[found.end() :]
    if found := _YEAR.search(said):
        year = int(found[1])
        rest = said[: found.start()] + " " + said[found.end() :]
        return Born(since=date(year, 1, 1), until=date(year + 1, 1, 1)), rest
    return Born(), said
