"""The letter as a document that can be edited: the same words, in the styles of a word processor."""

from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.utils import timezone
from docx import Document
from docx.shared import Cm, Pt, RGBColor

from beffroi.documents.letters.models import Letter

_STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "li": "List Bullet"}
_BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd"}
_NIGHT = RGBColor(0x1C, 0x35, 0x57)


class _Writer(HTMLParser):
    """Reads the markup of a letter and writes it paragraph by paragraph, table by table."""

    def __init__(self, document: Any) -> None:
        super().__init__(convert_charrefs=True)
        self.document, self.bold = document, 0
        self.paragraph: Any = None
        self.rows: list[list[str]] | None = None
        self.small = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.rows, self.paragraph = [], None
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif tag in _BLOCKS and self.rows is None:
            if tag != "p" or not self._in_item():
                self.paragraph = self.document.add_paragraph(style=_STYLES.get(tag))
        elif tag == "br":
            self._write("\n")
        elif tag in ("strong", "dt"):
            self.bold += 1
        elif tag == "small":
            self._write(" ")

    def _in_item(self) -> bool:
        return bool(
            self.paragraph is not None
            and self.paragraph.style.name == "List Bullet"
            and not self.paragraph.text
        )

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self.bold -= 1
        elif tag == "table":
            self._table()
        elif tag in _BLOCKS and tag != "p":
            self.paragraph = None
        elif tag == "p" and self.rows is None:
            self.paragraph = self.paragraph if self._in_item() else None

    def handle_data(self, data: str) -> None:
        self._write(data)

    def _write(self, text: str) -> None:
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += text
            return
        if text != "\n" and not text.strip() and self.paragraph is None:
            return
        if self.paragraph is None:
            if not text.strip():
                return
            self.paragraph = self.document.add_paragraph()
        run = self.paragraph.add_run(text if text == "\n" else text.replace("\n", " "))
        run.bold = bool(self.bold) or None

    def _table(self) -> None:
        rows = [row for row in self.rows or [] if row]
        self.rows = None
        if not rows:
            return
        table = self.document.add_table(rows=0, cols=max(map(len, rows)), style="Light Grid")
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                cell.text = " ".join(text.split())
        self.document.add_paragraph()


def docx_of_letter(letter: Letter) -> bytes:
    """This function will give a letter as a DOCX that holds the same text, to be edited."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    _dress(document)
    writer = _Writer(document)
    writer.feed(letter.html)
    writer.close()
    properties = document.core_properties
    properties.title, properties.language = letter.subject, letter.lang
    properties.author, properties.comments = "", letter.reference
    properties.created = properties.modified = timezone.make_naive(letter.written_at)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Atkinson Hyperlegible Next", Pt(11)
    for name, size in (("Title", 18), ("Heading 1", 13), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = normal.font.name, Pt(size), _NIGHT
