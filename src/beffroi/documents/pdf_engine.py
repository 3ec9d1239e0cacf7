"""The engine that writes a page as PDF, and what it may open. Heavy: `pdf.render_pdf` loads it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from beffroi.documents.pdf import OutsideTheHouse

#: Pictures, fonts and styles lie with the code, and nothing else of the machine does.
_HOUSE = Path(__file__).resolve().parents[1]


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


def write(html: str, *, styles: Sequence[Path], tagged: bool) -> bytes:
    """This function will write a page as PDF with these style files; PDF/UA-1 when `tagged`.

    Raises: OutsideTheHouse when the page asks for anything that is not of the house.
    """
    fonts, fetcher = FontConfiguration(), _HouseFetcher()
    sheets = [CSS(filename=str(style), font_config=fonts, url_fetcher=fetcher) for style in styles]
    try:
        written: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1" if tagged else None
        )
    except FatalURLFetchingError as error:
        raise OutsideTheHouse(str(error)) from error
    return written
