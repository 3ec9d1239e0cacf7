"""A file of nights and day visits as a CSV: each line is read, or said to be wrong."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from beffroi.acts.stays.enums import Sex
from beffroi.core.errors import InvalidInput

#: What each column may be called.
_HEADS = {
    "house": ("house", "maison"),
    "day": ("date", "jour", "nuit du"),
    "kind": ("kind", "sorte"),
    "guest": ("guest", "hôte", "hote", "surnom"),
    "sex": ("sex", "sexe"),
    "count": ("count", "nombre", "sans nom"),
    "birth_year": ("birth_year", "année de naissance", "annee de naissance"),
    "person": ("person", "personne"),
    "dog": ("dog", "chien"),
}
_NEEDED = ("house", "day", "kind", "guest")
_KINDS = {"night": True, "nuit": True, "day": False, "jour": False}
_SEXES = {
    "m": Sex.MAN, "h": Sex.MAN, "homme": Sex.MAN, "f": Sex.WOMAN, "femme": Sex.WOMAN,
    "x": Sex.OTHER, "autre": Sex.OTHER, "": Sex.UNSAID, "nc": Sex.UNSAID,
}  # fmt: skip
_YES = {"1", "oui", "yes", "x"}
_MOST_UNNAMED = 500


class BadFile(InvalidInput):
    """A file of which nothing is written; `fields` says what is wrong, line by line."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(_("Rien n’est écrit : le fichier a des lignes à corriger."), fields=faults)


@dataclass(frozen=True)
class Line:
    """One line of the file: a guest, or a number of people without an alias."""

    number: int
    house: str
    day: date
    sleeps: bool
    guest: str
    sex: str = ""
    count: int = 1
    birth_year: int | None = None
    person: str = ""
    dog: bool = False


def label_of(number: int) -> str:
    """This function will name a line of the file as its reader sees it."""
    return _("ligne %(number)d") % {"number": number}


def read_lines(content: str) -> list[Line]:
    """This function will read a file separated by semicolons or commas, its first line the heads.

    Raises: BadFile with each line at fault, or the columns that lack.
    """
    text = content.removeprefix("\ufeff")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    read = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = {
        name: head
        for head in read.fieldnames or ()
        for name, known in _HEADS.items()
        if head.strip().casefold() in known
    }
    if lacking := [_HEADS[name][0] for name in _NEEDED if name not in names]:
        words = _("Il manque des colonnes : %(columns)s.") % {"columns": ", ".join(lacking)}
        raise BadFile({label_of(1): words})
    lines, faults = [], {}
    for number, given in enumerate(read, start=2):
        try:
            texts = {name: (given[head] or "").strip() for name, head in names.items()}
            lines.append(_line(number, texts))
        except ValueError as fault:
            faults[label_of(number)] = str(fault)
    if faults:
        raise BadFile(faults)
    if not lines:
        raise BadFile({label_of(2): _("Le fichier est vide.")})
    return lines


def _line(number: int, given: dict[str, str]) -> Line:
    """Raises: ValueError with words for who wrote the file."""
    kind = given["kind"].casefold()
    if not given["house"]:
        raise ValueError(_("La maison manque."))
    if kind not in _KINDS:
        raise ValueError(_("La sorte est « night » ou « day »."))
    sex = given.get("sex", "").casefold()
    if sex not in _SEXES:
        raise ValueError(_("Le sexe est M, F, X ou vide."))
    return Line(
        number, given["house"], _day(given["day"]), _KINDS[kind], given["guest"], _SEXES[sex],
        _count(given.get("count", ""), given["guest"]), _year(given.get("birth_year", "")),
        given.get("person", ""), given.get("dog", "").casefold() in _YES,
    )  # fmt: skip


def _day(typed: str) -> date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 — a date has no zone
        except ValueError:
            continue
    raise ValueError(_("La date s’écrit 2020-11-06 ou 06/11/2020."))


def _count(typed: str, guest: str) -> int:
    if guest:
        if typed not in ("", "1"):
            raise ValueError(_("Une ligne avec un surnom compte une personne."))
        return 1
    if not typed.isdecimal() or int(typed) > _MOST_UNNAMED:
        raise ValueError(
            _("Sans surnom, écrivez un nombre de 0 à %(most)d.") % {"most": _MOST_UNNAMED}
        )
    return int(typed)


def _year(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or not 1900 <= int(typed) <= 2100:
        raise ValueError(_("L’année de naissance s’écrit en quatre chiffres."))
    return int(typed)
