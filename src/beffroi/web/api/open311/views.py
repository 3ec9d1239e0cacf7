"""GeoReport v2 for reports of graffiti: who reports, and her own words, are never given."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.acts.requests import forms
from beffroi.acts.requests import public_reports as reports
from beffroi.acts.requests import services as acts
from beffroi.acts.requests.enums import FormKind
from beffroi.acts.requests.public_reports import PublicReport
from beffroi.core.actors import system_actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web import limits
from beffroi.web.api.open311.answers import answer, wrong
from beffroi.web.client import client_address

_TYPES = {"choice": "singlevaluelist", "yesno": "singlevaluelist", "number": "number"}
_YES_NO = [{"key": "yes", "name": "Oui"}, {"key": "no", "name": "Non"}]
_SPAN = timedelta(days=90)
_NOT_HERE = "Aucun service de ce code ne prend de signalement."


@require_safe
def services(request: HttpRequest, form: str) -> HttpResponse:
    """This function will list what can be reported."""
    return answer(form, "services", [_service(row) for row in reports.report_forms()])


def _service(row: Any) -> dict[str, Any]:
    texts = {text.lang: text for text in row.service.texts.all()}
    return {
        "service_code": row.service.key,
        "service_name": row.service.name,
        "description": texts["fr"].summary if "fr" in texts else "",
        "metadata": True,
        "type": "realtime",
        "keywords": "tag,graffiti",
        "group": row.service.category,
    }


@require_safe
def service(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """This function will give the questions of one kind of report."""
    row = reports.report_forms().filter(service__key=code).first()
    if row is None:
        return wrong(form, 404, _NOT_HERE)
    asked = [s for s in forms.fields_of(row.kind, row.extra_fields) if s.key not in _OF_STANDARD]
    attributes = [_attribute(order, spec) for order, spec in enumerate(asked, start=1)]
    content = {"service_code": code, "attributes": attributes}
    return answer(form, "service_definition", content)


#: Questions that GeoReport asks under names of its own.
_OF_STANDARD = ("address", "description")


def _attribute(order: int, spec: forms.FieldSpec) -> dict[str, Any]:
    values = [{"key": c.key, "name": c.label("fr")} for c in spec.choices]
    return {
        "variable": True,
        "code": spec.key,
        "datatype": _TYPES.get(spec.kind, "text" if spec.kind == "long" else "string"),
        "required": spec.required,
        "datatype_description": "",
        "order": order,
        "description": spec.label("fr"),
        "values": _YES_NO if spec.kind == "yesno" else values,
    }


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """This function will list reports, newest first, or take a new one in."""
    if request.method == "POST":
        return _report(request, form)
    try:
        filters = _filters(request.GET)
    except ValueError as error:
        return wrong(form, 400, str(error))
    found = reports.public_reports(**filters)
    return answer(form, "service_requests", [_shown(report) for report in found])


def _filters(given: Mapping[str, str]) -> dict[str, Any]:
    """The filters of the standard: by reference, or by service, dates and state."""
    references = [part for part in given.get("service_request_id", "").split(",") if part]
    if references:
        return {"references": references[:200]}
    since, until = _moment(given, "start_date"), _moment(given, "end_date")
    if since is None:
        since = (until or timezone.now()) - _SPAN
    until = until or since + _SPAN
    if until < since:
        raise ValueError("end_date comes before start_date.")
    states = {part for part in given.get("status", "").split(",") if part}
    if states - {"open", "closed"}:
        raise ValueError("status is open, closed, or both with a comma.")
    return {
        "services": [part for part in given.get("service_code", "").split(",") if part],
        "since": since,
        "until": min(until, since + _SPAN),
        "closed": states == {"closed"} if len(states) == 1 else None,
    }


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    text = given.get(name, "").replace(" ", "+")
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — made aware below
        if moment is not None:
            aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            return aware.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{name} is a date and time, like 2026-11-22T00:00:00Z.")


@require_safe
def one_request(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """This function will say where one report stands."""
    found = reports.public_reports(references=[reference])
    if not found:
        return wrong(form, 404, "Aucun signalement ne porte cette référence.")
    return answer(form, "service_requests", [_shown(report) for report in found])


def _shown(report: PublicReport) -> dict[str, Any]:
    return {
        "service_request_id": report.reference,
        "status": "closed" if report.is_closed else "open",
        "status_notes": report.status_notes,
        "service_name": report.service_name,
        "service_code": report.service_key,
        "description": report.description,
        "agency_responsible": report.service_name,
        "requested_datetime": timezone.localtime(report.received_at).isoformat(),
        "updated_datetime": timezone.localtime(report.updated_at).isoformat(),
    }


def _report(request: HttpRequest, form: str) -> HttpResponse:
    """Take a report in, as the portal's own form would, and give its reference."""
    now, client = timezone.now(), client_address(request)
    # PostgreSQL keeps no null character, in a text or in JSON.
    given = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    if limits.sending(client, now) is not limits.Gate.OPEN:
        return wrong(form, 429, "Trop d’envois depuis cette adresse : réessayez dans une heure.")
    row = reports.report_forms().filter(service__key=given.get("service_code", "")).first()
    if row is None:
        return wrong(form, 404 if given.get("service_code") else 400, _NOT_HERE)
    draft = acts.Draft(
        service=row.service.key,
        kind=FormKind.GRAFFITI,
        answers=_answers(given),
        name=f"{given.get('first_name', '')} {given.get('last_name', '')}".strip(),
        phone=given.get("phone", ""),
        email=given.get("email", ""),
    )
    try:
        receipt = acts.open_request(
            draft=draft, nonce=f"open311:{uuid.uuid4()}", by=system_actor("open311"), at=now
        )
    except InvalidInput as refused:
        return wrong(form, 400, *(f"{k}: {v}" for k, v in refused.fields.items()), str(refused))
    except Refusal as refused:
        return wrong(form, 403, str(refused))
    limits.count_sending(client, now)
    notice = f"Votre signalement est enregistré sous la référence {receipt.reference}."
    content = [{"service_request_id": receipt.reference, "service_notice": notice}]
    return answer(form, "service_requests", content, 201)


def _answers(given: Mapping[str, str]) -> dict[str, str]:
    """The answers: the questions of the form, the address in words or as coordinates."""
    found = {
        key.removeprefix("attribute[").removesuffix("]"): value
        for key, value in given.items()
        if key.startswith("attribute[") and key.endswith("]")
    }
    found["address"] = given.get("address_string", "")
    if not found["address"] and given.get("lat") and given.get("long"):
        found["address"] = f"{given['lat'][:20]}, {given['long'][:20]}"
    found["description"] = given.get("description", "")
    return found
