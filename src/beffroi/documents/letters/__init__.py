"""Letters: written from the facts a room gives, whole, readable, and then never changed.

Owns: the templates that staff edit, version by version; each letter sent, with its facts, its
text, its PDF and its editable DOCX; the list of registered letters; the batches.
Refuses: a decision that lacks a mention the law wants, and it names the mention; a template that
could read anything but the facts; a letter changed after it is written (a correction is a new one).
Serves: whoever must tell a person something that counts. It knows neither files nor decisions.
"""

from pathlib import Path
from typing import Any

_STYLE = Path(__file__).parent / "receipt.css"


def letter_pdf(template: str, context: dict[str, Any]) -> bytes:
    """This function will make of a template a tagged PDF (PDF/UA-1) that screen readers follow."""
    from django.template.loader import render_to_string

    from beffroi.documents.pdf import render_pdf  # heavy: read only when a letter is made

    return render_pdf(render_to_string(template, context), styles=[_STYLE])
