"""Letters on paper: the PDF of a letter, the slip signed at hand-over, many letters in one file."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.rendering import words_of
from beffroi.documents.letters.wording import day as day_in_words
from beffroi.documents.merging import Part, merged
from beffroi.documents.pdf import render_pdf, static_file

_PAGE = Path(__file__).parent / "page.css"


def _author() -> str:
    return f"CPAS de {settings.BEFFROI_COMMUNE['name']}"


def sheet_pdf(html: str, *, lang: str, title: str, foot: str) -> bytes:
    """This function will print the markup of a letter on A4, tagged (PDF/UA-1)."""
    words = words_of(lang)
    page = format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        "<meta name=\"author\" content=\"{}\"></head><body>"
        '<p class="foot" aria-hidden="true"><span class="foot-text">{}</span>'
        '<span class="foot-page" data-page="{} " data-of=" {} "></span></p>{}</body></html>',
        lang, title, _author(), foot,
        words["page"], words["of"], mark_safe(html),  # noqa: S308 — made by the letters' renderer
    )  # fmt: skip
    return render_pdf(page, styles=[_PAGE, static_file("beffroi/css/sheet.css")])


def stored_pdf(letter: Letter) -> bytes:
    """This function will give the PDF of a letter; the first time, it is made and kept for ever."""
    if not letter.pdf:
        letter.refresh_from_db(fields=["pdf", "pdf_sha256", "html"])
    if not letter.pdf:
        _keep_pdf(letter)
    with letter.pdf.open("rb") as kept:
        content: bytes = kept.read()
    if hashlib.sha256(content).hexdigest() != letter.pdf_sha256:
        raise RuntimeError(f"the PDF of {letter.reference} is not the one that was kept")
    return content


def _keep_pdf(letter: Letter) -> None:
    foot = f"{_author()} · {letter.reference}"
    content = sheet_pdf(letter.html, lang=letter.lang, title=letter.subject, foot=foot)
    storage = letter.pdf.storage
    name = storage.save(
        f"letters/{letter.written_at:%Y/%m}/{letter.reference}.pdf", ContentFile(content)
    )
    with transaction.atomic():
        kept = Letter.objects.filter(pk=letter.pk, pdf="").update(
            pdf=name, pdf_sha256=hashlib.sha256(content).hexdigest()
        )
    if not kept:
        storage.delete(name)  # made meanwhile by somebody else: theirs is kept
    letter.refresh_from_db(fields=["pdf", "pdf_sha256"])


def merged_pdf(letters: Iterable[Letter], title: str) -> bytes:
    """This function will give many letters as one tagged PDF, each on a right-hand page."""
    parts = (Part(f"{one.reference} {one.recipient_name}", stored_pdf(one)) for one in letters)
    return merged(parts, title=title, lang="fr", author=_author())


def slip_pdf(letter: Letter, handed_by: str) -> bytes:
    """This function will give the slip that proves a letter was handed over."""
    html = render_to_string(
        "letters/slip.html",
        {"letter": letter, "words": words_of(letter.lang), "by": handed_by,
         "cpas": _author()},
    )  # fmt: skip
    title = words_of(letter.lang)["slip"]
    return sheet_pdf(html, lang=letter.lang, title=title, foot=letter.reference)


def registered_pdf(letters: list[Letter], day: date) -> bytes:
    """This function will give the list of the registered letters of a day, to be signed."""
    context = {"letters": letters, "day": day_in_words(day, "fr"),
               "cpas": _author()}  # fmt: skip
    html = render_to_string("letters/registered.html", context)
    return sheet_pdf(html, lang="fr", title=f"Recommandés du {context['day']}", foot="Recommandés")
