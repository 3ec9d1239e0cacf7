"""Letters as accessible PDF files, from a template of the house; nothing is fetched from outside."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from beffroi.documents.pdf import render_pdf

_STYLE = Path(__file__).parent / "letter.css"


def letter_pdf(template: str, context: dict[str, Any]) -> bytes:
    """This function will make of a template a tagged PDF (PDF/UA-1) that screen readers follow."""
    return render_pdf(render_to_string(template, context), styles=[_STYLE])
