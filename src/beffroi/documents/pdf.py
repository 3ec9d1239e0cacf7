"""HTML of the house as PDF. Nothing is fetched but the house's own styles, fonts and pictures."""

from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders


def static_file(name: str) -> Path:
    """This function will find a static file of the house. Raises: FileNotFoundError."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


class OutsideTheHouse(ValueError):
    """A page asks for a file that is not one of the house: it is not written."""


def render_pdf(html: str, *, styles: Sequence[str | Path] = (), tagged: bool = True) -> bytes:
    """This function will write a page as PDF with these styles; PDF/UA-1 when `tagged`.

    A style is a file, or the name of a static one.
    Raises: FileNotFoundError when a style is not one of the house; OutsideTheHouse when the
    page asks for anything else.
    """
    from beffroi.documents.pdf_engine import write  # heavy: read when a page is written

    files = [style if isinstance(style, Path) else static_file(style) for style in styles]
    return write(html, styles=files, tagged=tagged)
