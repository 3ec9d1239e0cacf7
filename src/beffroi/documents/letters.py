"""Letters as accessible PDF files, from a template of the house; nothing is fetched from outside."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

_FONTS = {
    "regular": "beffroi/fonts/AtkinsonHyperlegibleNext_400Regular.ttf",
    "bold": "beffroi/fonts/AtkinsonHyperlegibleNext_700Bold.ttf",
}


def font_addresses() -> dict[str, str]:
    """This function will give the addresses of the fonts of letters. Raises: FileNotFoundError."""
    addresses = {}
    for weight, name in _FONTS.items():
        found = finders.find(name)
        if not found:
            raise FileNotFoundError(name)
        addresses[weight] = Path(found).as_uri()
    return addresses


def letter_pdf(template: str, context: dict[str, Any]) -> bytes:
    """This function will make of a template a tagged PDF (PDF/UA-1) that screen readers follow."""
    html = render_to_string(template, {**context, "fonts": font_addresses()})
    fetcher = URLFetcher(allowed_protocols=("file", "data"))
    written = HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = written.write_pdf(pdf_variant="pdf/ua-1", font_config=FontConfiguration())
    return pdf
