"""Rows as a file: CSV, XLSX or ODS; the same rows are the same file, byte for byte."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from beffroi.steering.reports.files import packed_again

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
Rows = Sequence[Sequence[str | int | float]]
_PACKED = (1980, 1, 1, 0, 0, 0)
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"'
)


def write_sheet(form: str, title: str, rows: Rows, made: datetime) -> bytes:
    """This function will write rows, the heads first, in one of `FORMS`; `made` dates the file.

    Raises: KeyError for another form.
    """
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: _csv(rows), "xlsx": lambda: _xlsx(title, rows, made),
        "ods": lambda: _ods(title, rows),
    }  # fmt: skip
    return writers[form]()


def _plain(value: str | int | float) -> str | int | float:
    """Words that a sheet would take for a formula begin with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t") else value


def _csv(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(title: str, rows: Rows, made: datetime) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title[:31]
    for row in rows:
        sheet.append([_plain(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    book.properties.title, book.properties.creator = title, "Beffroi"
    book.properties.created = made.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return packed_again(out.getvalue(), made)


def _ods(title: str, rows: Rows) -> bytes:
    table = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="{escape(title)}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{FORMS["ods"]}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        # The kind of the file comes first and unpacked: readers look for it at one place.
        for name, body, how in (
            ("mimetype", FORMS["ods"], zipfile.ZIP_STORED),
            ("content.xml", content, zipfile.ZIP_DEFLATED),
            ("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = how
            packed.writestr(entry, body)
    return out.getvalue()


def _ods_cell(value: str | int | float) -> str:
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>" if value else ""
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )
