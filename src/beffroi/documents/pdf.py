"""HTML of the house as PDF. Nothing is fetched but the house's own styles, fonts and pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

#: Pictures, fonts and styles lie with the code, and nothing else of the machine does.
_HOUSE = Path(__file__).resolve().parents[1]


def static_file(name: str) -> Path:
    """This function will find a static file of the house. Raises: FileNotFoundError."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


class OutsideTheHouse(ValueError):
    """A page asks for a file that is not one of the house: it is not written."""


class _HouseFetcher(URLFetcher):  # type: ignore[misc]
    """Opens the static files of the house and data addresses; refuses the network and the rest."""

    def __init__(self) -> None:
        protocols = ("file", "data")
        super().__init__(allowed_protocols=protocols, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(unquote(parts.path)).resolve()
            if parts.netloc or not path.is_relative_to(_HOUSE):
                raise ValueError(f"not a file of the house: {url}")
        return super().fetch(url, headers)


def render_pdf(html: str, *, styles: Sequence[str | Path] = (), tagged: bool = True) -> bytes:
    """This function will write a page as PDF with these styles; PDF/UA-1 when `tagged`.

    A style is a file, or the name of a static one.
    Raises: FileNotFoundError when a style is not one of the house; OutsideTheHouse when the
    page asks for anything else.
    """
    fonts, fetcher = FontConfiguration(), _HouseFetcher()
    sheets = [
        CSS(
            filename=str(style if isinstance(style, Path) else static_file(style)),
            font_config=fonts,
            url_fetcher=fetcher,
        )
        for style in styles
    ]
    try:
        written: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1" if tagged else None
        )
    except FatalURLFetchingError as error:
        raise OutsideTheHouse(str(error)) from error
    return written
