"""The papers of the council: convocation, minutes, extract, each time journalled."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.acts.bodies import letters, permissions
from beffroi.acts.bodies import services as bodies
from beffroi.web.desk.council.common import actor_of


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def convocation(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will give the convocation of a sitting."""
    sitting = bodies.read_convocation(
        sitting=reference.upper(), by=actor_of(request), at=timezone.now()
    )
    return _pdf(letters.convocation_pdf(sitting), f"convocation-{sitting.reference}")


@require_safe
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will give the minutes, without the parts that are not the reader's to see."""
    actor = actor_of(request)
    parts = bodies.read_minutes(sitting=reference.upper(), by=actor, at=timezone.now())
    sitting = permissions.sittings_visible_to(actor).get(reference=reference.upper())
    return _pdf(letters.minutes_pdf(sitting, parts), f"proces-verbal-{sitting.reference}")


@require_safe
def extract(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will give the extract of the register for one matter."""
    result = bodies.read_extract(item=reference.upper(), by=actor_of(request), at=timezone.now())
    return _pdf(letters.extract_pdf(result), f"extrait-{reference.upper()}")
