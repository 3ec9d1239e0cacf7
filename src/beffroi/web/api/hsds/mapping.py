"""Our services, organisations and places as HSDS 3.1 says them."""

from collections.abc import Mapping, Sequence
from typing import Any

from beffroi.directory.enums import FactKind, ServiceStatus
from beffroi.directory.published import (
    Facts,
    Published,
    PublishedOrganisation,
    PublishedPlace,
    Service,
    ServicePlace,
)
from beffroi.web.api.hsds import parts
from beffroi.web.api.hsds.parts import Item, without_blanks

STATUSES = {
    ServiceStatus.RUNNING: "active",
    ServiceStatus.SUSPENDED: "temporarily closed",
    ServiceStatus.ENDED: "defunct",
    ServiceStatus.PLANNED: "inactive",
}
_EXPECTED = {
    "hours": (FactKind.HOURS,),
    "price": (FactKind.PRICE,),
    "contact": (FactKind.PHONE, FactKind.EMAIL, FactKind.URL),
    "languages": (FactKind.LANGUAGE,),
    "documents": (FactKind.DOCUMENT,),
}


def minimal_service(service: Service) -> Item:
    """This function will give what a mirror needs to know whether it is up to date."""
    return {"id": str(service.pk), "last_modified": service.modified_at.isoformat()}


def basic_service(found: Published) -> Item:
    """This function will give a service with its one-to-one fields and its organisation."""
    service, facts = found.service, found.facts
    item = {
        "id": str(service.pk),
        "organization_id": str(service.organisation_id),
        "name": service.name,
        "alternate_name": _words(facts, FactKind.ALIAS, "; "),
        "description": found.description,
        "url": _first(facts, FactKind.URL),
        "email": _first(facts, FactKind.EMAIL),
        "status": STATUSES[ServiceStatus(service.status)],
        "application_process": _words(facts, FactKind.HOW),
        "fees_description": _words(facts, FactKind.PRICE),
        "eligibility_description": eligibility_of(found),
        "minimum_age": _age(facts, "minimum_age"),
        "maximum_age": _age(facts, "maximum_age"),
        "assured_date": service.reviewed_on and service.reviewed_on.isoformat(),
        "alert": _alert(found),
        "last_modified": service.modified_at.isoformat(),
        "organization": basic_organization(
            PublishedOrganisation(service.organisation, found.organisation_facts)
        ),
    }
    return without_blanks(item) | {
        "beffroi": {"status": service.status, "is_local": service.is_local}
    }


def full_service(found: Published) -> Item:
    """This function will give a service fully nested, with all we know of where it comes from."""
    facts = found.facts
    here = [f for f in facts.get(FactKind.HOURS, []) if not f.value.get("place")]
    item = basic_service(found)
    arrays = {
        "organization": full_organization(
            PublishedOrganisation(found.service.organisation, found.organisation_facts)
        ),
        "additional_urls": parts.urls(facts.get(FactKind.URL, [])[1:]),
        "phones": parts.phones(facts.get(FactKind.PHONE, [])),
        "schedules": parts.schedules(here),
        "service_areas": parts.service_areas(facts.get(FactKind.AREA, [])),
        "languages": parts.languages(facts.get(FactKind.LANGUAGE, [])),
        "cost_options": parts.cost_options(facts.get(FactKind.PRICE, [])),
        "required_documents": parts.required_documents(facts.get(FactKind.DOCUMENT, [])),
        "attributes": parts.attributes(found.terms),
        "service_at_locations": [_at(found, there) for there in found.places],
    }
    item |= without_blanks(arrays)
    item["beffroi"] |= _additions(found)
    return item


def _at(found: Published, there: PublishedPlace) -> Item:
    place = str(there.place.pk)
    hours = [f for f in found.facts.get(FactKind.HOURS, []) if f.value.get("place") == place]
    return without_blanks(
        {
            "id": str(there.link_id),
            "service_id": str(found.service.pk),
            "location_id": place,
            "description": parts.closed(there.closures),
            "schedules": parts.schedules(hours),
            "location": parts.location(there),
        }
    )


def full_service_at_location(found: Published, link: ServicePlace) -> Item:
    """This function will give a service at a place, both nested."""
    there = next(place for place in found.places if place.link_id == link.pk)
    return _at(found, there) | {"service": full_service(found)}


def basic_service_at_location(found: Published, link: ServicePlace) -> Item:
    """This function will give a service at a place with one-to-one fields only."""
    there = next(place for place in found.places if place.link_id == link.pk)
    place = parts.location(there)
    return {
        "id": str(link.pk),
        "service_id": str(link.service_id),
        "location_id": str(link.place_id),
        "location": {k: v for k, v in place.items() if not isinstance(v, list)},
        "service": basic_service(found),
    }


def basic_organization(found: PublishedOrganisation) -> Item:
    """This function will give an organisation with its one-to-one fields."""
    row = found.organisation
    item = without_blanks(
        {
            "alternate_name": _words(found.facts, FactKind.ALIAS, "; "),
            "email": _first(found.facts, FactKind.EMAIL),
            "website": row.url or _first(found.facts, FactKind.URL),
        }
    )
    return {
        "id": str(row.pk),
        "name": row.name,
        "description": row.description or row.name,
    } | item


def full_organization(
    found: PublishedOrganisation, services: Sequence[Published] | None = None
) -> Item:
    """This function will give an organisation, its phones and places, and its services.

    Services come whole when `services` holds them, else with name and state only.
    """
    item = basic_organization(found)
    if services is not None:
        offered = [full_service(service) for service in services]
    else:
        offered = [
            {
                "id": str(service.pk),
                "name": service.name,
                "status": STATUSES[ServiceStatus(service.status)],
                "last_modified": service.modified_at.isoformat(),
            }
            for service in found.services
        ]
    arrays = {
        "phones": parts.phones(found.facts.get(FactKind.PHONE, [])),
        "locations": [parts.location(there) for there in found.places],
        "services": offered,
    }
    return item | without_blanks(arrays)


def eligibility_of(found: Published) -> str:
    """This function will say for whom the service is."""
    said = [found.text.for_whom] if found.text else []
    said += [fact.text for fact in found.facts.get(FactKind.AUDIENCE, [])]
    return " ".join(dict.fromkeys(part for part in said if part))


def _first(facts: Facts, kind: str) -> str:
    return next((fact.text for fact in facts.get(kind, [])), "")


def _words(facts: Facts, kind: str, between: str = " ") -> str:
    said = [
        f"{fact.text} {parts.doubt_of(fact)}".strip() for fact in facts.get(kind, []) if fact.text
    ]
    return between.join(dict.fromkeys(said))


def _age(facts: Facts, name: str) -> int | None:
    ages = [f.value[name] for f in facts.get(FactKind.AUDIENCE, []) if name in f.value]
    return ages[0] if ages else None


def _alert(found: Published) -> str:
    closed = [parts.closed(found.closures)]
    closed += [parts.closed(there.closures) for there in found.places]
    return " ".join(text for text in closed if text)


def _additions(found: Published) -> Mapping[str, Any]:
    """What our profile adds: the other languages, what is uncertain, what is not known."""
    facts = found.facts_of(*FactKind.values)
    uncertain = dict.fromkeys(parts.doubt_of(fact) for fact in facts if parts.doubt_of(fact))
    where = [f.text for f in found.facts.get(FactKind.ADDRESS, [])]
    where += [f.text for f in found.facts.get(FactKind.ACCESS, [])]
    unknown = [name for name, kinds in _EXPECTED.items() if not found.facts_of(*kinds)]
    known = {
        "texts": {lang: _text(text) for lang, text in sorted(found.texts.items())},
        "where": where,
        "operators": [f.text for f in found.facts.get(FactKind.OPERATOR, [])],
    }
    return {**without_blanks(known), "uncertain": list(uncertain), "unknown": unknown}


def _text(text: Any) -> Item:
    return without_blanks(
        {
            "name": text.name,
            "summary": text.summary,
            "for_whom": text.for_whom,
            "what_happens": text.what_happens,
            "bring": text.bring,
            "easy": text.easy,
            "basis": text.basis,
        }
    )
