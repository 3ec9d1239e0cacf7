"""Our services and organisations in the data·inclusion schema, v1, with their quality score.

Belgian postcodes have four digits and the schema wants five: places are told by their NIS code.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.directory import published
from beffroi.directory import queries as directory
from beffroi.directory.enums import FactKind
from beffroi.directory.hours import opening_hours
from beffroi.directory.inclusion import facets_of
from beffroi.directory.published import Published, PublishedOrganisation
from beffroi.web.api.hsds.mapping import eligibility_of
from beffroi.web.api.hsds.pages import json_list

_AT_ONCE = 4500
Item = dict[str, Any]
Build = Callable[[], Iterable[Item]]
View = Callable[[HttpRequest], HttpResponse]


def _source() -> str:
    return f"beffroi-{settings.BEFFROI_COMMUNE['nis']}"


def _kept(name: str) -> Callable[[Build], View]:
    """Keep the whole answer until the directory changes or the day ends."""

    def decorate(build: Build) -> View:
        @require_safe
        @wraps(build)
        def run(request: HttpRequest) -> HttpResponse:
            day = timezone.localdate()
            key = f"inclusion:{name}:{directory.revision()}:{day}"
            body = cache.get(key)
            if body is None:
                body = json_list(build())
                cache.set(key, body, 86_400)
            response = HttpResponse(body, content_type="application/json")
            response["Access-Control-Allow-Origin"] = "*"
            return response

        view: View = run
        return view

    return decorate


@_kept("services")
def services() -> Iterator[Item]:
    """This function will give every published service of this commune."""
    return (scored(service_item(found)) for found in _all())


@_kept("structures")
def structures() -> Iterator[Item]:
    """This function will give every organisation with a published service."""
    updated: dict[Any, Any] = {}
    for service in published.published_services():
        day = timezone.localdate(service.modified_at)
        updated[service.organisation_id] = max(updated.get(service.organisation_id, day), day)
    rows = published.published_organisations()
    found = published.whole_organisations(rows, timezone.localdate(), deep=True)
    return (structure_item(row, updated[row.organisation.pk]) for row in found)


def _all() -> Iterable[Published]:
    rows, start = published.published_services(), 0
    while chunk := list(rows[start : start + _AT_ONCE]):
        yield from published.whole(chunk, timezone.localdate())
        if len(chunk) < _AT_ONCE:
            return
        start += _AT_ONCE


def service_item(found: Published) -> Item:
    """This function will give one service as the schema wants it, blanks left out."""
    service, facets = found.service, facets_of(found)
    hours = [fact.value for fact in found.facts_of(FactKind.HOURS)]
    documents = [fact.text for fact in found.facts_of(FactKind.DOCUMENT)]
    source = _source()
    item = {
        "source": source,
        "id": f"{source}--{service.pk}",
        "structure_id": f"{source}--{service.organisation_id}",
        "nom": _name(service.name),
        "description": (facets.description or service.name)[:10_000],
        "date_maj": facets.updated_on.isoformat(),
        "thematiques": sorted(set(facets.themes)),
        "frais": facets.fees,
        "frais_precisions": facets.fees_words,
        "publics": sorted(set(facets.publics)),
        "publics_precisions": eligibility_of(found),
        "conditions_acces": " ; ".join(documents),
        "commune": facets.locality,
        "adresse": facets.address,
        "telephone": facets.phone,
        "courriel": facets.email,
        "modes_accueil": list(facets.welcome),
        "lien_mobilisation": facets.link,
        "modes_mobilisation": list(facets.ways_in),
        "mobilisable_par": list(facets.opened_by),
        "horaires_accueil": opening_hours(hours),
    }
    if service.is_local:
        item["code_insee"] = service.organisation.commune_nis
    return {key: value for key, value in item.items() if value} | _spot(found)


def _spot(found: Published) -> Item:
    spots = found.facts_of(FactKind.COORDINATES)
    if not spots or "latitude" not in spots[0].value:
        return {}
    return {"latitude": spots[0].value["latitude"], "longitude": spots[0].value["longitude"]}


def scored(item: Item) -> Item:
    """This function will add the quality score that data·inclusion's own package gives."""
    from data_inclusion.schema.v1 import Service
    from data_inclusion.schema.v1.score_qualite import score

    total, criteria = score(Service(**item))
    return item | {
        "score_qualite": total,
        "score_qualite_details": {k: round(v, 2) for k, v in criteria.items() if v is not None},
    }


def structure_item(found: PublishedOrganisation, updated: Any) -> Item:
    """This function will give one organisation as the schema wants it, blanks left out."""
    row, source = found.organisation, _source()
    item = {
        "source": source,
        "id": f"{source}--{row.pk}",
        "nom": _name(row.name),
        "date_maj": updated.isoformat(),
        "description": row.description if len(row.description) >= 5 else "",
        "code_insee": row.commune_nis,
        "site_web": row.url,
        "telephone": _text(found, FactKind.PHONE),
        "courriel": _text(found, FactKind.EMAIL),
    }
    return {key: value for key, value in item.items() if value}


def _text(found: PublishedOrganisation, kind: FactKind) -> str:
    facts = found.facts.get(kind, [])
    return str(facts[0].value.get("e164") or facts[0].text) if facts else ""


def _name(name: str) -> str:
    """Names have 3 to 150 characters and do not end with a point."""
    short = name if len(name) <= 150 else name[:149].rstrip() + "…"
    return short.rstrip(".").ljust(3, "…")
