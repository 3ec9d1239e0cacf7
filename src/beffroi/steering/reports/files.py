"""A report as a file: the same snapshot is always the same file, byte for byte.

Nothing of the clock or of the machine enters: dates are those of the snapshot, and the parts of a
packed file (DOCX, XLSX) are packed again in one order with one date.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from docx import Document
from docx.shared import Cm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from beffroi.core.text import fit_for_files
from beffroi.documents.pdf import render_pdf
from beffroi.steering.reports.kinds import parts_of, title_of
from beffroi.steering.reports.parts import Part

#: The one date inside packed files: the oldest that the format can say.
_PACKED = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_NIGHT = RGBColor(0x1C, 0x35, 0x57)
_WIDEST = 60


def write_report(
    content: Mapping[str, Any], *, form: str, frozen_at: datetime, digest: str, text: str
) -> bytes:
    """This function will write a snapshot as pdf, docx, xlsx or json.

    Raises: KeyError for another form.
    """
    content = fit_for_files(content)
    writers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: _pdf(content, frozen_at, digest),
        "docx": lambda: _docx(content, frozen_at, digest),
        "xlsx": lambda: _xlsx(content, frozen_at),
        "json": lambda: (text + "\n").encode("utf-8"),
    }
    return writers[form]()


def _foot(frozen_at: datetime, digest: str) -> str:
    return f"Chiffres figés le {frozen_at:%d/%m/%Y}, empreinte {digest[:16]}."


def _pdf(content: Mapping[str, Any], frozen_at: datetime, digest: str) -> bytes:
    html = render_to_string(
        "steering/report.html",
        {"title": title_of(content), "parts": parts_of(content), "foot": _foot(frozen_at, digest)},
    )
    return render_pdf(html, styles=["beffroi/css/a4.css"])


def _docx(content: Mapping[str, Any], frozen_at: datetime, digest: str) -> bytes:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.author = title_of(content), content["identity"]["pilot"]
    properties.created = properties.modified = frozen_at.replace(tzinfo=None)
    properties.language = "fr-BE"
    document.add_heading(title_of(content), level=0)
    for part in parts_of(content):
        heading = document.add_heading(part.title, level=part.level)
        heading.runs[0].font.color.rgb = _NIGHT
        for sentence in part.sentences:
            document.add_paragraph(sentence)
        if part.rows:
            _docx_table(document, part)
    document.add_paragraph(_foot(frozen_at, digest))
    out = io.BytesIO()
    document.save(out)
    return packed_again(out.getvalue(), frozen_at)


def _docx_table(document: Any, part: Part) -> None:
    table = document.add_table(rows=1, cols=len(part.heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, part.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in part.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _xlsx(content: Mapping[str, Any], frozen_at: datetime) -> bytes:
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for part in parts_of(content):
        if part.sheet:
            _sheet(book, part)
    book.properties.title, book.properties.creator = title_of(content), "Beffroi"
    book.properties.created = frozen_at.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return packed_again(out.getvalue(), frozen_at)


def _sheet(book: Any, part: Part) -> None:
    sheet = book.create_sheet(part.sheet)
    sheet.append(list(part.heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in part.rows:
        sheet.append(
            [_number(text) if rank in part.figures else text for rank, text in enumerate(row)]
        )
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, _WIDEST)
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def _number(text: str) -> float | int | str:
    """A figure as a number that a sheet can add; what is no number stays words."""
    plain = text.replace("\u202f", "").replace("\u00a0€", "").replace(",", ".")
    if re.fullmatch(r"-?\d+", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?\d+\.\d+", plain) else text


def packed_again(packed: bytes, frozen_at: datetime) -> bytes:
    """This function will pack the parts of a DOCX or XLSX again, in one order with one date."""
    moment = f"{frozen_at:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in held.namelist():
            body = held.read(name)
            if name == "docProps/core.xml":
                body = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", body)
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, body)
    return out.getvalue()
