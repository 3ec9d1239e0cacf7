"""A catalogue of actions as a file: YAML or CSV, read row by row, with what is wrong of each."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput

_CODE = re.compile(r"[1-7]\.[1-9]\.\d{2}")
_YES = frozenset({"1", "true", "oui", "yes", "x"})
#: Columns of a CSV, of which the first two are needed.
COLUMNS = ("code", "title", "theme", "description", "art20", "measures", "source")


@dataclass(frozen=True)
class ActionRow:
    """An action as a file gives it; its axis is the first figure of its code."""

    code: str
    title: str
    theme: str = ""
    description: str = ""
    art20: bool = False
    measures: tuple[str, ...] = ()
    source: str = ""

    @property
    def axis(self) -> int:
        return int(self.code[0])

    @property
    def values(self) -> dict[str, Any]:
        """This property gives what is kept of the row, but its code and its axis."""
        return {
            "title": self.title, "theme": self.theme, "description": self.description,
            "is_art20_seen": self.art20, "proposed_measures": list(self.measures),
            "source": self.source,
        }  # fmt: skip

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "ActionRow":
        """This function will read one row. Raises: ValueError saying what is wrong."""
        code, title = str(given.get("code") or "").strip(), str(given.get("title") or "").strip()
        if not _CODE.fullmatch(code):
            raise ValueError(_("« %(code)s » n’est pas un code comme 5.5.01") % {"code": code})
        if not title:
            raise ValueError(_("l’intitulé manque"))
        if "axis" in given and str(given["axis"]) != code[0]:
            raise ValueError(_("l’axe n’est pas celui du code"))
        measures = given.get("measures") or ()
        if isinstance(measures, str):
            measures = [word.strip() for word in measures.split("|") if word.strip()]
        texts = {n: str(given.get(n) or "").strip() for n in ("theme", "description", "source")}
        art20 = str(given.get("art20") or "").strip().lower() in _YES
        return cls(code, title[:300], art20=art20, measures=tuple(measures), **texts)


def read_actions(content: str, form: str) -> list[ActionRow]:
    """This function will read a catalogue in `yaml` (a list, or `actions`) or in `csv`.

    Raises: InvalidInput whose `fields` name each row at fault, or the file itself.
    """
    given = _rows_of_yaml(content) if form == "yaml" else _rows_of_csv(content)
    rows, faults = [], {}
    for number, one in enumerate(given, start=1):
        try:
            rows.append(ActionRow.of(one))
        except ValueError as fault:
            faults[_("ligne %(number)s") % {"number": number}] = str(fault)
    codes = [row.code for row in rows]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        faults[code] = _("ce code est deux fois dans le fichier")
    if faults:
        raise InvalidInput(_("Le catalogue n’est pas importé."), faults)
    if not rows:
        raise InvalidInput(_("Le catalogue est vide."))
    return rows


def _rows_of_yaml(content: str) -> list[Mapping[str, Any]]:
    try:
        read = yaml.safe_load(content)
    except yaml.YAMLError as fault:
        raise InvalidInput(_("Ce fichier n’est pas du YAML."), why=str(fault)) from fault
    rows = read.get("actions", []) if isinstance(read, Mapping) else read
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidInput(_("Une liste d’actions est attendue."))
    return rows


def _rows_of_csv(content: str) -> list[Mapping[str, Any]]:
    text = content.removeprefix("\ufeff")
    separator = ";" if text.partition("\n")[0].count(";") else ","
    read = csv.DictReader(io.StringIO(text), delimiter=separator)
    heads = tuple(read.fieldnames or ())
    if not {"code", "title"} <= set(heads) or not set(heads) <= {*COLUMNS, "axis"}:
        known = ", ".join(COLUMNS)
        raise InvalidInput(_("Les colonnes attendues sont : %(columns)s.") % {"columns": known})
    return list(read)
