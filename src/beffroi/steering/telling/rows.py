"""What was told of a plan as rows: one number a row, so that a sheet can sort and filter."""

from collections.abc import Iterable, Mapping
from typing import Any

#: The heads of the rows, in French: the figures are.
HEADS = (
    "année", "depuis", "jusqu’au", "révision", "voté le", "axe", "ligne", "code", "intitulé",
    "indicateur", "maison", "trimestre", "chiffre", "unité", "cible", "comment c’est compté",
)  # fmt: skip
_FIGURE = 12


def rows_of(
    page: Mapping[str, Any], revision: int, voted: str
) -> Iterable[list[str | int | float]]:  # fmt: skip
    """This function will give every number of a published year as a row under `HEADS`."""
    first = [page["year"], f"{page['year']}-01-01", page["until"], revision, voted]
    again = "Chaque personne compte une fois\u00a0; ne s’additionne pas."
    if page["people"] is not None:
        yield [*first, "", "", "", "Tout le plan", "Personnes différentes", "", "", page["people"], "personnes", "", again]  # fmt: skip
    if page["presences"] is not None:
        yield [*first, "", "", "", "Tout le plan", "Présences", "", "", page["presences"], "présences", "", "La somme des lignes."]  # fmt: skip
    for axis in page["axes"]:
        if axis["people"] is not None:
            yield [*first, axis["number"], "", "", axis["title"], "Personnes différentes", "", "", axis["people"], "personnes", "", again]  # fmt: skip
    for line in page["lines"]:
        at = [*first, line["axis"], line["number"], line["code"], line["title"]]
        for one in line["figures"]:
            told = _cell([one["shown"], one["value"]], one["k"])
            yield [*at, one["label"], "", "", told, one["unit"], _number(one["target"]), one["how"]]
            beside = one["beside"]
            if beside:
                told = _cell([beside["shown"], beside["value"]], one["k"])
                yield [*at, beside["label"], "", "", told, "présences", "", "À côté, jamais dedans."]  # fmt: skip
        if line["table"]:
            yield from _table(at, line["table"])


def _table(at: list[Any], table: Mapping[str, Any]) -> Iterable[list[str | int | float]]:
    k = table["k"]
    rows = [*table["rows"], ["toutes", *table["sums"]]]
    for house, *cells in rows:
        for quarter, cell in zip((*table["columns"], "tous"), cells, strict=True):
            yield [*at, "Présences", house, quarter, _cell(cell, k), "présences", "", "Par maison et trimestre."]  # fmt: skip


def _cell(cell: Any, k: int) -> str | int | float:
    shown, value = cell
    if shown == "small":
        return f"<{k}"
    return _number(value) if shown == "plain" else "…"


def _number(value: Any) -> str | int | float:
    if value is None or value == "":
        return ""
    text = str(value)
    return float(text) if "." in text else int(text)
