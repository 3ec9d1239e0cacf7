"""The receipt, as a page and as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.acts.requests import receipt as receipts
from beffroi.acts.requests import services as requests
from beffroi.web.portal.requests_danger import danger_box
from beffroi.web.portal.requests_private import own


@require_safe
@own
def receipt(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will show the receipt: what was received, what happens, by when."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    page = receipts.receipt_page(asked, secret, timezone.localdate())
    context = {
        "page": page,
        "danger": danger_box(asked.kind, asked.answers, asked.lang),
        "qr": receipts.qr_code(page.link),
    }
    response = render(request, "portal/requests/receipt.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@own
def receipt_pdf(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will give the receipt as one A4 page to keep."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    page = receipts.receipt_page(asked, secret, timezone.localdate())
    response = HttpResponse(receipts.receipt_pdf(page), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.reference}.pdf"'
    return response
