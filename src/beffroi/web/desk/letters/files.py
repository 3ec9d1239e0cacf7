"""Letters as files: PDF, editable document, slip, list of registered letters."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.documents.letters import services as letters
from beffroi.web.desk.letters.lists import day_asked
from beffroi.web.tables import csv_response

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def handed_out(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """This function will answer with a private file, never kept by a cache, never run."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will hand out a letter as PDF."""
    content = letters.read_pdf(reference=reference, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return handed_out(content, _PDF, f"{reference}.pdf")


@require_safe
def docx(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will hand out a letter as an editable document."""
    content = letters.read_docx(reference=reference, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return handed_out(content, _DOCX, f"{reference}.docx")


@require_safe
def slip(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will hand out the slip to be signed when the letter is handed over."""
    content = letters.read_slip(reference=reference, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return handed_out(content, _PDF, f"{reference}-remise.pdf")


@require_safe
def registered_pdf(request: HttpRequest) -> HttpResponse:
    """This function will hand out the list of registered letters of a day, to be signed."""
    from beffroi.documents.letters.printing import (
        registered_pdf as drawn,  # heavy: read when needed
    )

    day = day_asked(request)
    rows = letters.read_registered_list(day=day, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return handed_out(drawn(rows, day), _PDF, f"recommandes-{day.isoformat()}.pdf")


@require_safe
def registered_csv(request: HttpRequest) -> HttpResponse:
    """This function will hand out the list of registered letters of a day as a table."""
    day = day_asked(request)
    rows = letters.read_registered_list(day=day, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    heads = ("rang", "numéro d’envoi", "destinataire", "adresse", "lettre")
    return csv_response(f"recommandes-{day.isoformat()}.csv", heads, [
        (number, row.sent_number, row.recipient_name, ", ".join(row.recipient_lines), row.reference)
        for number, row in enumerate(rows, start=1)
    ])  # fmt: skip
