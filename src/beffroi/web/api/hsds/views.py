"""The addresses of HSDS 3.1; reading only, open to anybody."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from beffroi.directory import near, published
from beffroi.directory.full_text import services_saying
from beffroi.directory.imports.words import folded
from beffroi.web.api.hsds import mapping, parts
from beffroi.web.api.hsds.openapi import VERSION, document
from beffroi.web.api.hsds.pages import Rows, absolute, answer, error, json_answer
from beffroi.web.api.hsds.parameters import Asked, BadParameters, is_uuid, read_parameters
from beffroi.web.api.hsds.profile import ADDITIONS, STATES

Answer = Callable[..., HttpResponseBase]
_OURS = {said: ours for ours, said in mapping.STATUSES.items()}


def address(name: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[Answer], Answer]:
    """This function will read the parameters of `name`, and say in JSON what is wrong."""
    allowed = (*methods, "HEAD", "OPTIONS")

    def decorate(view: Answer) -> Answer:
        @csrf_exempt
        @wraps(view)
        def run(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
            if request.method not in allowed:
                response = error(405, f"{request.method} is not offered here.")
                response["Allow"] = ", ".join(allowed)
                return response
            if request.method == "OPTIONS":
                return _preflight(allowed)
            try:
                asked = read_parameters(request, name)
            except BadParameters as wrong:
                return error(400, "Some parameters cannot be used.", parameters=wrong.errors)
            ident = kwargs.get("ident")
            if ident is None:
                return view(request, asked)
            return view(request, asked, UUID(ident)) if is_uuid(ident) else _nothing(name)

        return run

    return decorate


def _preflight(allowed: Sequence[str]) -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(allowed)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _nothing(name: str) -> HttpResponseBase:
    return error(404, f"No {name.replace('_', ' ')} has this identifier.")


@address("root")
def root(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will say which version and profile are served, and where the rest is."""
    return json_answer(
        {
            "version": VERSION,
            "profile": absolute(request, reverse("hsds:profile")),
            "openapi_url": absolute(request, reverse("hsds:openapi")),
            "publisher": settings.BEFFROI_COMMUNE["name"],
        }
    )


@address("root")
def openapi(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will give the OpenAPI document of these addresses."""
    return json_answer(document(absolute(request, reverse("hsds:root"))))


def profile(request: HttpRequest) -> HttpResponse:
    """This function will say to people what our profile adds to HSDS."""
    context = {"version": VERSION, "states": STATES, "additions": ADDITIONS}
    return render(request, "api/hsds_profile.html", context)


def unknown(request: HttpRequest, rest: str) -> HttpResponseBase:
    """This function will say in JSON that there is no such address."""
    return error(404, "There is no such address.", see=absolute(request, reverse("hsds:openapi")))


def _filters(asked: Asked) -> published.Filters:
    status = asked.values.get("status")
    return published.Filters(
        term=asked.values.get("taxonomy_term_id"),
        taxonomy=asked.values.get("taxonomy_id"),
        organisation=asked.values.get("organization_id"),
        status=_OURS[status] if status else "",
        modified_after=asked.values.get("modified_after"),
    )


@address("services", methods=("GET", "POST"))
def services(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will list the published services, by name."""
    filters = _filters(asked)
    rows = published.published_services(filters)
    found = None
    if folded(asked["search"] or ""):
        found = services_saying(asked["search"])
        if filters:
            kept = set(rows.values_list("pk", flat=True))
            found = [pk for pk in found if pk in kept]
    day = timezone.localdate()

    def show(chunk: Sequence[Any]) -> Iterable[dict[str, Any]]:
        if asked["minimal"]:
            return [mapping.minimal_service(service) for service in chunk]
        shown = mapping.full_service if asked["full"] else mapping.basic_service
        return map(shown, published.whole(chunk, day, deep=asked["full"]))

    return answer(asked, Rows(rows, found), show, all_at_once=asked["minimal"])


@address("service")
def service(request: HttpRequest, asked: Asked, ident: UUID) -> HttpResponseBase:
    """This function will give one service, fully nested."""
    row = published.published_services().filter(pk=ident).first()
    if row is None:
        return _nothing("service")
    return json_answer(mapping.full_service(published.whole([row], timezone.localdate())[0]))


@address("organizations", methods=("GET", "POST"))
def organizations(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will list the organisations with a published service, by name."""
    rows = published.published_organisations(_filters(asked))
    found = _saying(rows, asked, "name", "description")

    def show(chunk: Sequence[Any]) -> Iterable[dict[str, Any]]:
        return _organizations(chunk, full=asked["full"], whole=asked["full_service"])

    return answer(asked, Rows(rows, found), show)


def _saying(rows: QuerySet[Any], asked: Asked, *fields: str) -> list[Any] | None:
    words = folded(asked["search"] or "").split()
    if not words:
        return None
    found = []
    for pk, *texts in rows.values_list("pk", *fields):
        said = " " + folded(" ".join(_said(text) for text in texts))
        if all(f" {word}" in said for word in words):
            found.append(pk)
    return found


def _said(text: Any) -> str:
    return " ".join(map(str, text.values())) if isinstance(text, dict) else str(text)


def _organizations(chunk: Sequence[Any], *, full: bool, whole: bool) -> Iterable[dict[str, Any]]:
    day = timezone.localdate()
    if whole:
        rows = published.organisations_with_services(chunk, day)
        return [mapping.full_organization(row, services) for row, services in rows]
    shown = published.whole_organisations(chunk, day, deep=full)
    return map(mapping.full_organization if full else mapping.basic_organization, shown)


@address("organization")
def organization(request: HttpRequest, asked: Asked, ident: UUID) -> HttpResponseBase:
    """This function will give one organisation with its services."""
    rows = list(published.published_organisations().filter(pk=ident))
    if not rows:
        return _nothing("organization")
    return json_answer(next(iter(_organizations(rows, full=True, whole=asked["full_service"]))))


@address("service_at_locations", methods=("GET", "POST"))
def service_at_locations(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will list the published services at their places."""
    rows = published.published_service_places(_filters(asked))
    postcode = asked.values.get("postcode", "")
    if "proximity" in asked.values:
        nis = str(settings.BEFFROI_COMMUNE["nis"])
        rows = near.within(rows, asked["proximity"], postcode, nis)
    elif postcode:
        rows = near.serving(rows, postcode)
    found = None
    if folded(asked["search"] or ""):
        saying = set(services_saying(asked["search"]))
        pairs = rows.values_list("pk", "service_id")
        found = [pk for pk, service_id in pairs if service_id in saying]

    def show(chunk: Sequence[Any]) -> Iterable[dict[str, Any]]:
        shown = (
            mapping.full_service_at_location if asked["full"] else mapping.basic_service_at_location
        )
        offered = {link.service_id: link.service for link in chunk}
        known = {
            found.service.pk: found
            for found in published.whole(offered.values(), timezone.localdate())
        }
        return [shown(known[link.service_id], link) for link in chunk]

    return answer(asked, Rows(rows, found), show)


@address("service_at_location")
def service_at_location(request: HttpRequest, asked: Asked, ident: UUID) -> HttpResponseBase:
    """This function will give one service at one of its places, fully nested."""
    link = published.published_service_places().filter(pk=ident).first()
    if link is None:
        return _nothing("service_at_location")
    found = published.whole([link.service], timezone.localdate())[0]
    return json_answer(mapping.full_service_at_location(found, link))


@address("taxonomies", methods=("GET", "POST"))
def taxonomies(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will list the taxonomies that class a published service."""
    rows = published.published_taxonomies()
    found = _saying(rows, asked, "name", "description")
    return answer(asked, Rows(rows, found), lambda chunk: map(parts.taxonomy, chunk))


@address("taxonomy")
def taxonomy(request: HttpRequest, asked: Asked, ident: UUID) -> HttpResponseBase:
    """This function will give one taxonomy."""
    row = published.published_taxonomies().filter(pk=ident).first()
    return json_answer(parts.taxonomy(row)) if row else _nothing("taxonomy")


@address("taxonomy_terms", methods=("GET", "POST"))
def taxonomy_terms(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """This function will list the terms of the taxonomies in use."""
    rows = published.published_terms()
    if "taxonomy_id" in asked.values:
        rows = rows.filter(taxonomy=asked["taxonomy_id"])
    if "parent_id" in asked.values:
        rows = rows.filter(parent=asked["parent_id"])
    if asked["top_only"]:
        rows = rows.filter(parent__isnull=True)
    found = _saying(rows, asked, "key", "labels", "hints")
    return answer(asked, Rows(rows, found), lambda chunk: map(parts.taxonomy_term, chunk))


@address("taxonomy_term")
def taxonomy_term(request: HttpRequest, asked: Asked, ident: UUID) -> HttpResponseBase:
    """This function will give one term."""
    row = published.published_terms().filter(pk=ident).first()
    return json_answer(parts.taxonomy_term(row)) if row else _nothing("taxonomy_term")
