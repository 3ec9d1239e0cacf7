"""What anybody may read of a report of graffiti: where it stands, never who wrote nor her words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from beffroi.acts.requests import forms
from beffroi.acts.requests.enums import FormKind, RequestState
from beffroi.acts.requests.models import Request, RequestForm

#: Where the words that an agent wrote for the public stand among the answers.
PUBLIC_WORDS = "public_words"


@dataclass(frozen=True)
class PublicReport:
    """A report as the public reads it."""

    reference: str
    service_key: str
    service_name: str
    is_closed: bool
    status_notes: str
    description: str
    received_at: datetime
    updated_at: datetime


def report_forms() -> QuerySet[RequestForm]:
    """This function will give the open forms that report graffiti, by service."""
    return (
        RequestForm.objects.filter(kind=FormKind.GRAFFITI, is_open=True, service__is_listed=True)
        .select_related("service", "team")
        .prefetch_related("service__texts")
        .order_by("service__name", "pk")
    )


def public_reports(
    *,
    references: Iterable[str] = (),
    services: Iterable[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    closed: bool | None = None,
    most: int = 1000,
) -> list[PublicReport]:
    """This function will give the reports that match every filter given, newest first."""
    rows = Request.objects.filter(kind=FormKind.GRAFFITI, service__is_listed=True)
    if references:
        rows = rows.filter(reference__in=list(references))
    if services:
        rows = rows.filter(service__key__in=list(services))
    if since:
        rows = rows.filter(received_at__gte=since)
    if until:
        rows = rows.filter(received_at__lte=until)
    if closed is not None:
        wanted = RequestState.CLOSED
        rows = rows.filter(state=wanted) if closed else rows.exclude(state=wanted)
    rows = rows.select_related("service").annotate(moved_at=Max("moves__at"))
    return [_public(row) for row in rows.order_by("-received_at", "-pk")[:most]]


def _public(request: Request) -> PublicReport:
    closed = request.state == RequestState.CLOSED
    return PublicReport(
        reference=request.reference,
        service_key=request.service.key,
        service_name=request.service.name,
        is_closed=closed,
        status_notes=str(request.get_outcome_display() if closed else request.get_state_display()),
        description=str(request.answers.get(PUBLIC_WORDS) or _neutral(request)),
        received_at=request.received_at,
        updated_at=getattr(request, "moved_at", None) or request.received_at,
    )


def _neutral(request: Request) -> str:
    """A sentence made of the choices alone."""
    spec = next((s for s in forms.fields_of(FormKind.GRAFFITI) if s.key == "building"), None)
    answer = str(request.answers.get("building", ""))
    if spec is None or not answer or answer == forms.UNKNOWN:
        return _("Un tag a été signalé.")
    where = forms.shown_answer(spec, answer, "fr")
    return _("Un tag a été signalé. Sur quoi : %(where)s.") % {"where": where.lower()}
