"""A frozen computation as a page, and a paper, that a person can follow."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import applications_visible_to
from beffroi.documents.letters import letter_pdf
from beffroi.entitlements import queries as entitlements
from beffroi.web.desk.files.rows import slip


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a computation step by step."""
    return render(request, "desk/files/computation.html", _context(request, reference))


@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will give the computation as an accessible paper."""
    content = letter_pdf("desk/files/computation_paper.html", _context(request, reference))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="calcul-{reference}.pdf"'
    return response


def _context(request: HttpRequest, reference: str) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    made = entitlements.known(reference)
    if made is None:
        raise Http404
    asked = applications_visible_to(actor).filter(reference=made.subject_ref)
    application = asked.select_related("file").first()
    if application is None:
        raise Http404
    casework.read_file(number=application.file.number, by=actor, at=timezone.now())
    return {
        "made": made,
        "slip": slip(made),
        "application": queries.application_page(made.subject_ref),
    }
