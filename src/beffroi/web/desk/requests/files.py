"""A file joined to a request: handed out once cleared, never run, each time journalled."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.acts.requests import services as requests


@require_safe
def download(request: HttpRequest, reference: str, attachment: UUID) -> HttpResponse:
    """This function will give a file of the request to an agent who may open the request."""
    joined = requests.read_attachment(
        reference=reference.upper(), attachment=str(attachment),
        by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
    )  # fmt: skip
    kept = joined.attachment
    response: HttpResponse = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )  # type: ignore[assignment]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
