"""What the attacker reads of a year, as equations; and what she then knows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.steering.reader import MOST, Reader
from tests.steering.town import AXES, AXIS_OF, HOUSES, Town

K = 5
_QUARTERS = ("1", "2", "3", "4")


def equations(pages: Mapping[str, Mapping[str, Any]]) -> Reader:
    """This function will write what pages tell, each named « 2024r1 », as bounds and sums.

    A line printed alike in two revisions is taken to be the same line.
    """
    reader, printed = Reader(), {}
    for name, page in pages.items():
        for line in page["lines"]:
            alike = printed.setdefault((name[:4], line["number"], repr(line)), f"{name}/{line['number']}")  # fmt: skip
            if alike != f"{name}/{line['number']}":
                for part in ("T", "A", "N", "U"):
                    reader.between({f"{alike}/{part}": 1, f"{name}/{line['number']}/{part}": -1}, 0, 0)  # fmt: skip
            _line(reader, f"{name}/{line['number']}", line)
        _above(reader, name, page)
    return reader


def _told(reader: Reader, name: str, one: Any, hidden_from: int = 0) -> None:
    shown, value = (one["shown"], one["value"]) if isinstance(one, Mapping) else one
    if shown == "plain":
        reader.know(name, int(value), int(value))
    elif shown == "small":
        reader.know(name, 1, K - 1)
    else:
        reader.know(name, hidden_from, MOST)


def _line(reader: Reader, name: str, line: Mapping[str, Any]) -> None:
    figures = {one["label"]: one for one in line["figures"]}
    _told(reader, f"{name}/T", figures["Présences"])
    _told(reader, f"{name}/U", figures["Personnes"])
    if figures["Personnes"]["beside"]:
        _told(reader, f"{name}/A", figures["Personnes"]["beside"])
    reader.total(f"{name}/T", [f"{name}/N", f"{name}/A"])
    reader.between({f"{name}/U": 1, f"{name}/N": -1}, -MOST, 0)
    # Whoever is named at all is somebody.
    reader.between({f"{name}/N": 1, f"{name}/U": -MOST}, -MOST * MOST, 0)
    mean, sessions = figures.get("Par séance"), int(figures["Séances"]["value"])
    if mean and mean["value"] is not None:
        middle = int(Decimal(mean["value"]) * 1000) * sessions
        reader.between({f"{name}/T": 1000}, middle - 5 * sessions, middle + 5 * sessions)
    if "Tous" in figures:
        for label in ("Hommes", "Femmes", "Tous"):
            _told(reader, f"{name}/{label}", figures[label])
        reader.total(f"{name}/Tous", [f"{name}/Hommes", f"{name}/Femmes"])
    if line["table"]:
        _table(reader, name, line["table"])


def _table(reader: Reader, name: str, table: Mapping[str, Any]) -> None:
    columns = table["columns"]
    houses = [row[0] for row in table["rows"]]
    for house, *cells in table["rows"]:
        for quarter, cell in zip((*columns, "all"), cells, strict=True):
            _told(reader, f"{name}/{house}/{quarter}", cell, K)
        reader.total(f"{name}/{house}/all", [f"{name}/{house}/{q}" for q in columns])
    for quarter, cell in zip((*columns, "all"), table["sums"], strict=True):
        whole = f"{name}/T" if quarter == "all" else f"{name}/all/{quarter}"
        _told(reader, whole, cell, K)
        reader.total(whole, [f"{name}/{house}/{quarter}" for house in houses])


def _above(reader: Reader, name: str, page: Mapping[str, Any]) -> None:
    if page["presences"] is not None:
        reader.know(f"{name}/T", page["presences"], page["presences"])
        reader.total(f"{name}/T", [f"{name}/{line}/T" for line in AXIS_OF])
    told = {one["number"]: one["people"] for one in page["axes"]} | {0: page["people"]}
    under = {**AXES, 0: tuple(AXES)}
    for group, parts in under.items():
        whole = f"{name}/axis{group}"
        reader.know(whole)
        if told[group] is not None:
            reader.know(whole, told[group], told[group])
        names = [f"{name}/axis{n}" if group == 0 else f"{name}/{n}/U" for n in parts]
        for part in names:
            reader.between({part: 1, whole: -1}, -MOST, 0)
        reader.between({whole: 1} | dict.fromkeys(names, -1), -MOST * 10, 0)
    _apart(reader, name, under)


def _apart(reader: Reader, name: str, under: Mapping[int, tuple[int, ...]]) -> None:
    """People of a group that are not of a part; and of both parts, where there are two."""
    for group, parts in under.items():
        whole = f"{name}/axis{group}"
        names = [f"{name}/axis{n}" if group == 0 else f"{name}/{n}/U" for n in parts]
        lines = [f"{name}/{n}/U" for n in AXIS_OF] if group == 0 else []
        for part in (*names, *lines):
            reader.total(whole, [part, f"{whole}-{part}"])
        if len(names) == 2:
            both = f"{whole}:both"
            reader.between({both: 1, whole: 1, names[0]: -1, names[1]: -1}, 0, 0)


def truth(towns: Mapping[str, Town]) -> dict[str, int]:
    """This function will count the same things from the acts themselves."""
    found: dict[str, int] = {}
    for name, town in towns.items():
        year = int(name[:4])
        acts = [one for one in town.acts if one.year == year]
        for line in AXIS_OF:
            mine, at = [one for one in acts if one.line == line], f"{name}/{line}"
            found[f"{at}/N"] = sum(len(one.named) for one in mine)
            found[f"{at}/A"] = sum(one.nameless for one in mine)
            found[f"{at}/T"] = found[f"{at}/N"] + found[f"{at}/A"]
            found[f"{at}/U"] = len({who for one in mine for who in one.named})
            for house in (*HOUSES, "all"):
                for quarter in (*_QUARTERS, "all"):
                    found[f"{at}/{house}/{quarter}"] = sum(
                        len(one.named) + one.nameless
                        for one in mine
                        if house in ("all", one.house) and quarter in ("all", str(one.quarter))
                    )
        men, women = town.typed[year]
        found |= {f"{name}/7/Hommes": men, f"{name}/7/Femmes": women, f"{name}/7/Tous": men + women}
        found[f"{name}/T"] = sum(found[f"{name}/{line}/T"] for line in AXIS_OF)
        _people(found, name, acts)
    return found


def _people(found: dict[str, int], name: str, acts: list[Any]) -> None:
    everybody = {
        line: {who for one in acts if one.line == line for who in one.named} for line in AXIS_OF
    }
    groups = {axis: set().union(*(everybody[n] for n in lines)) for axis, lines in AXES.items()}
    groups[0] = set().union(*groups.values())
    for group, held in groups.items():
        whole = found[f"{name}/axis{group}"] = len(held)
        parts = {f"{name}/{n}/U": len(everybody[n]) for n in AXES.get(group, AXIS_OF)}
        if group == 0:
            parts |= {f"{name}/axis{axis}": len(groups[axis]) for axis in AXES}
        found |= {f"{name}/axis{group}-{part}": whole - n for part, n in parts.items()}
        lines = AXES.get(group, ())
        if len(lines) == 2:
            found[f"{name}/axis{group}:both"] = len(everybody[lines[0]] & everybody[lines[1]])


def known(reader: Reader, held: Mapping[str, int]) -> list[str]:
    """This function will give the counts of one to k−1 that the reader knows."""
    return [
        name for name in reader.bounds if 0 < held[name] < K and reader.is_known(name, held[name])
    ]
