"""Letters as accessible PDF files, from a template of the house; nothing is fetched from outside."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

_STYLE = Path(__file__).parent / "letter.css"


def letter_pdf(template: str, context: dict[str, Any]) -> bytes:
    """This function will make of a template a tagged PDF (PDF/UA-1) that screen readers follow."""
    fetcher = URLFetcher(allowed_protocols=("file", "data"), fail_on_errors=True)
    fonts = FontConfiguration()
    style = CSS(filename=str(_STYLE), font_config=fonts, url_fetcher=fetcher)
    letter = HTML(string=render_to_string(template, context), url_fetcher=fetcher)
    pdf: bytes = letter.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[style], font_config=fonts)
    return pdf
