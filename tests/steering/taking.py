"""The attacker takes everything away from the public pages of a plan, and reads it back."""

import csv
import io
import zipfile
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.found += [held[name] or "" for name in ("href", "src") if name in held]


def everything(client: Client, key: str) -> dict[str, bytes]:
    """This function will fetch each page and file of a plan that links lead to."""
    found, waiting = {}, ["/plans/", f"/plan/{key}/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer["Content-Type"].startswith("text/html"):
            links = _Links()
            links.feed(found[path].decode())
            waiting += [one.partition("?")[0] for one in links.found if one.startswith(f"/plan/{key}/")]  # fmt: skip
    return found


def rows_of_csv(body: bytes) -> list[list[str]]:
    """This function will read the sheet as CSV."""
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def rows_of_xlsx(body: bytes) -> list[list[str]]:
    """This function will read the sheet as XLSX."""
    sheet = load_workbook(io.BytesIO(body)).active
    return [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]


def rows_of_ods(body: bytes) -> list[list[str]]:
    """This function will read the sheet as ODS."""
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("content.xml"))
    rows = tree.iter(f"{_TABLE}table-row")
    return [["".join(c.itertext()) for c in row.iter(f"{_TABLE}table-cell")] for row in rows]


def words_of_pdf(body: bytes) -> str:
    """This function will read the report as text."""
    pages = PdfReader(io.BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def pages_of(rows: list[list[str]]) -> dict[str, dict[str, Any]]:
    """This function will put the rows of a sheet back into the pages of years, « 2024r1 »."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows[1:]:
        year, _since, _until, revision, _voted, axis, number, _code, title, label, house, quarter, said, *_more = row  # fmt: skip
        page = found.setdefault(f"{year}r{revision}", {"people": None, "presences": None, "axes": {}, "lines": {}})  # fmt: skip
        if not number:
            _above(page, axis, label, int(said))
            continue
        line = page["lines"].setdefault(int(number), {"number": int(number), "figures": [], "cells": {}})  # fmt: skip
        if house:
            line["cells"][house, quarter] = _cell(said)
        elif label == "Sans nom":
            line["figures"][-1]["beside"] = dict(zip(("shown", "value"), _cell(said), strict=True))
        else:
            shown, value = _cell(said)
            line["figures"].append({"label": label, "shown": shown, "value": value, "beside": None})
    return {name: _whole(page) for name, page in found.items()}


def _above(page: dict[str, Any], axis: str, label: str, value: int) -> None:
    if axis:
        page["axes"][int(axis)] = value
    else:
        page["people" if label == "Personnes différentes" else "presences"] = value


def _cell(said: str) -> tuple[str, str | None]:
    if said.startswith("<"):
        return "small", None
    return ("hidden", None) if said == "…" else ("plain", said)


def _whole(page: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for line in page["lines"].values():
        cells = line.pop("cells")
        columns = sorted({quarter for _house, quarter in cells} - {"tous"})
        houses = sorted({house for house, _quarter in cells} - {"toutes"})
        table = {
            "columns": columns,
            "rows": [[h, *(cells[h, q] for q in (*columns, "tous"))] for h in houses],
            "sums": [cells["toutes", q] for q in (*columns, "tous")] if cells else [],
        }
        lines.append(line | {"table": table if cells else None})
    axes = [{"number": n, "people": page["axes"].get(n)} for n in (1, 2, 3)]
    return page | {"lines": lines, "axes": axes}
