"""What is left of the socio-professional exemptions on a day (AR 11/07/2002 art. 35).

In plain words. Who starts to work while receiving the living income keeps part of the wage for
1,095 days at most, within six years of the first day; only days really worked use the credit, so
that it stands still between two jobs. A student under 25 when the right opened has it as long as
her project (PIIS) lasts, and begins the ordinary credit only afterwards. Work in a shortage
occupation gives a higher one, three months long, once in a life. Irregular income of an artist
has a yearly one, for three years.

The ledger is made of entries a person recorded; this module only counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from beffroi.core.dates import add_months
from beffroi.rules.series import series

KINDS = ("general", "student", "shortage_job", "artist")


@dataclass(frozen=True, slots=True)
class Use:
    """A period for which an exemption was given, both days included.

    `worked_days` are the days really worked in it; None means that every day counts, as for a
    training or self-employed work followed day after day.
    """

    kind: str
    start: date
    end: date
    worked_days: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind: {self.kind!r} is not one of {', '.join(KINDS)}")
        if self.end < self.start:
            raise ValueError(f"end: {self.end} is before {self.start}")
        days = (self.end - self.start).days + 1
        if self.worked_days is not None and not 0 <= self.worked_days <= days:
            raise ValueError(f"worked_days: {self.worked_days} in a period of {days} days")

    @property
    def days(self) -> int:
        """The days this period takes from the credit."""
        return (self.end - self.start).days + 1 if self.worked_days is None else self.worked_days

    def days_before(self, day: date) -> int:
        """This function will give the days used before `day`; days worked count as early as can.

        A period that straddles the day is counted as if its days were worked first, so that a
        credit is never announced that may be used up.
        """
        if day <= self.start:
            return 0
        return min(self.days, (day - self.start).days)


@dataclass(frozen=True, slots=True)
class Credit:
    """What is left of one exemption on a day.

    `days_left` is None where the exemption is not counted in days; `ends_on` is the last day it
    may be used; `why` says in words what decided.
    """

    kind: str
    is_open: bool
    days_left: int | None
    ends_on: date | None
    why: str
    reference: str
    is_read: bool


def credits_on(
    day: date,
    uses: Iterable[Use],
    *,
    opened_on: date | None = None,
    birth_date: date | None = None,
    piis_until: date | None = None,
) -> dict[str, Credit]:
    """This function will say, for each exemption, what is left at the start of `day`.

    `opened_on` is the day the right to the living income opened, `birth_date` and `piis_until`
    serve the student; what is not known closes the student exemption, with the reason.
    Raises: OutsideParameters for a day without rules.
    """
    value = series("spi_credit").on(day)
    rule, known = value.value, (value.reference, value.is_read)
    used = sorted(uses, key=lambda one: one.start)
    return {
        "general": _counted("general", day, used, rule, known),
        "student": _student(day, opened_on, birth_date, piis_until, rule, known),
        "shortage_job": _shortage(day, used, rule, known),
        "artist": _yearly(day, used, rule, known),
    }


def _of(kind: str, uses: list[Use]) -> list[Use]:
    return [one for one in uses if one.kind == kind]


def _counted(
    kind: str, day: date, uses: list[Use], rule: dict[str, Any], known: tuple[str, bool]
) -> Credit:
    """The ordinary credit: days really worked, within a window of years from the first one."""
    mine = [one for one in _of(kind, uses) if one.start < day]
    if not mine:
        words = f"crédit entier : {rule['days']} jours à utiliser en {rule['window_years']} ans"
        return Credit(kind, True, rule["days"], None, words, *known)
    first = mine[0].start
    window_end = add_months(first, 12 * rule["window_years"]) - timedelta(days=1)
    left = max(0, rule["days"] - sum(one.days_before(day) for one in mine))
    if day > window_end:
        words = f"les {rule['window_years']} ans comptés depuis le {first:%d/%m/%Y} sont passés"
        return Credit(kind, False, 0, window_end, words, *known)
    if not left:
        return Credit(kind, False, 0, window_end, f"les {rule['days']} jours sont utilisés", *known)
    words = f"il reste {left} jours à utiliser avant le {window_end + timedelta(days=1):%d/%m/%Y}"
    return Credit(kind, True, left, window_end, words, *known)


def _student(
    day: date, opened_on: date | None, birth_date: date | None, piis_until: date | None,
    rule: dict[str, Any], known: tuple[str, bool],
) -> Credit:  # fmt: skip
    age = rule["student_before_age"]
    if opened_on is None or birth_date is None:
        words = "la date d’ouverture du droit ou la date de naissance n’est pas connue"
        return Credit("student", False, None, None, words, *known)
    if opened_on >= add_months(birth_date, 12 * age):
        words = f"avait déjà {age} ans à l’ouverture du droit"
        return Credit("student", False, None, None, words, *known)
    if piis_until is None or day > piis_until:
        return Credit("student", False, None, piis_until, "pas de projet d’études en cours", *known)
    return Credit("student", True, None, piis_until, "pendant tout le projet d’études", *known)


def _shortage(day: date, uses: list[Use], rule: dict[str, Any], known: tuple[str, bool]) -> Credit:
    mine = [one for one in _of("shortage_job", uses) if one.start < day]
    months = rule["shortage_months"]
    if not mine:
        words = f"jamais utilisée : {months} mois, une fois dans la vie"
        return Credit("shortage_job", True, None, None, words, *known)
    end = add_months(mine[0].start, months) - timedelta(days=1)
    if day <= end:
        return Credit("shortage_job", True, None, end, f"en cours jusqu’au {end:%d/%m/%Y}", *known)
    return Credit("shortage_job", False, None, end, "déjà utilisée, une fois dans la vie", *known)


def _yearly(day: date, uses: list[Use], rule: dict[str, Any], known: tuple[str, bool]) -> Credit:
    """Income of an artist: three years within the window; a year is used once begun (inferred)."""
    mine = [one for one in _of("artist", uses) if one.start < day]
    years = rule["days"] // 365
    if not mine:
        words = f"crédit entier : {years} ans en {rule['window_years']} ans"
        return Credit("artist", True, rule["days"], None, words, *known)
    first = mine[0].start
    window_end = add_months(first, 12 * rule["window_years"]) - timedelta(days=1)
    begun = {(one.start.year, one.start.month, one.start.day) for one in mine}
    running = [one for one in mine if day < add_months(one.start, 12)]
    if day > window_end or (len(begun) >= years and not running):
        return Credit("artist", False, 0, window_end, f"les {years} ans sont utilisés", *known)
    left = (years - len(begun)) * 365
    words = f"{len(begun)} année(s) commencée(s) sur {years}"
    return Credit("artist", True, left, window_end, words, known[0], False)
