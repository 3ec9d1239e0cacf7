"""Our facts as the arrays of HSDS: phones, addresses, schedules, prices, languages and more.

Each item also says where it comes from, under `provenance`, an addition of our profile.
"""

import uuid
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.hours import hours_text
from beffroi.directory.prices import price_parts
from beffroi.directory.published import Closure, Fact, Place, PublishedPlace, ServiceTerm
from beffroi.web.api.postcodes import province_of

_NAMESPACE = UUID("0f7c1f0e-52f3-5f0c-8a53-5d8c6b8d2c44")
_DOUBT = "Les documents ne disent pas tous la même chose : à vérifier."
Item = dict[str, Any]
_RULE = (
    "dtstart", "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday",
    "byyearday", "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
)  # fmt: skip


def item_id(kind: str, key: object) -> str:
    """This function will give an identifier that stays the same from one call to the next."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{key}"))


def without_blanks(item: Item) -> Item:
    """This function will leave out what is not known: HSDS has no null."""
    return {key: value for key, value in item.items() if value not in (None, "", [], {})}


def doubt_of(fact: Fact) -> str:
    """This function will give the note of a disputed fact; empty when nobody disputes it."""
    if fact.state != FactState.DISPUTED:
        return ""
    notes = fact.contradiction.public_notes if fact.contradiction else {}
    return str(notes.get("fr") or _DOUBT)


def provenance(fact: Fact) -> Item:
    """This function will say where a fact comes from and how sure it is."""
    return without_blanks(
        {
            "source": fact.source.title,
            "publisher": fact.source.publisher,
            "url": fact.source.url,
            "as_of": fact.as_of_date and fact.as_of_date.isoformat(),
            "as_of_note": fact.as_of_note,
            "review": fact.review_date and fact.review_date.isoformat(),
            "state": fact.state,
            "note": doubt_of(fact),
        }
    )


def _item(fact: Fact, **parts: Any) -> Item:
    found = without_blanks({"id": item_id("fact", fact.pk), **parts})
    found["provenance"] = provenance(fact)
    return found


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def phones(facts: Iterable[Fact]) -> list[Item]:
    """This function will give phones; a number two documents dispute carries its note."""
    found = []
    for fact in facts:
        value = fact.value
        extension = str(value.get("extension", ""))
        found.append(
            _item(
                fact,
                number=value.get("e164") or value.get("shown") or fact.text,
                extension=int(extension) if extension.isdecimal() else None,
                type=value.get("type") or "voice",
                description=_joined(str(value.get("note", "")), doubt_of(fact)),
            )
        )
    return found


def schedules(facts: Iterable[Fact]) -> list[Item]:
    """This function will give hours as the parts of a rule where they are known, else in words."""
    found = []
    for fact in facts:
        rule = {name: fact.value[name] for name in _RULE if name in fact.value}
        rule["notes"] = _joined(str(rule.get("notes", "")), doubt_of(fact))
        found.append(
            _item(
                fact,
                valid_from=fact.valid_from_date and fact.valid_from_date.isoformat(),
                valid_to=fact.valid_until_date and fact.valid_until_date.isoformat(),
                description=fact.value.get("description") or fact.text or hours_text(fact.value),
                **rule,
            )
        )
    return found


def cost_options(facts: Iterable[Fact]) -> list[Item]:
    """This function will give prices: the amount where it is said, the words always."""
    found = []
    for fact in facts:
        value = fact.value if fact.value.get("amount") else price_parts(fact.text)
        option = fact.value.get("option") or fact.text
        item = _item(
            fact,
            valid_from=fact.valid_from_date and fact.valid_from_date.isoformat(),
            valid_to=fact.valid_until_date and fact.valid_until_date.isoformat(),
            option=_joined(str(option), doubt_of(fact)),
            currency=value.get("currency"),
            amount_description=value.get("per"),
        )
        if value.get("amount"):
            item["amount"] = float(value["amount"])
        found.append(item)
    return found


def languages(facts: Iterable[Fact]) -> list[Item]:
    """This function will give the languages spoken."""
    return [
        _item(
            fact,
            name=fact.value.get("name") or fact.text,
            code=fact.value.get("code"),
            note=_joined(str(fact.value.get("note", "")), doubt_of(fact)),
        )
        for fact in facts
    ]


def required_documents(facts: Iterable[Fact]) -> list[Item]:
    """This function will give the documents to bring."""
    return [
        _item(fact, document=_joined(fact.text, doubt_of(fact)), uri=fact.value.get("uri"))
        for fact in facts
    ]


def service_areas(facts: Iterable[Fact]) -> list[Item]:
    """This function will give the area served."""
    return [
        _item(
            fact,
            name=fact.value.get("name") or fact.text,
            description=_joined(str(fact.value.get("description", "")), doubt_of(fact)),
            extent=fact.value.get("extent"),
            extent_type=fact.value.get("extent_type"),
        )
        for fact in facts
    ]


def urls(facts: Iterable[Fact]) -> list[Item]:
    """This function will give web addresses."""
    return [_item(fact, label=fact.value.get("label"), url=fact.text) for fact in facts]


def accessibility(facts: Iterable[Fact]) -> list[Item]:
    """This function will say how a place can be entered."""
    return [
        _item(
            fact,
            description=_joined(fact.text, doubt_of(fact)),
            details=fact.value.get("details"),
        )
        for fact in facts
    ]


def has_street(fact: Fact) -> bool:
    """This function will say whether an address names a street and a number."""
    value = fact.value
    return bool(value.get("street") and (value.get("number") or value.get("country")))


def addresses(facts: Iterable[Fact], place: Place) -> list[Item]:
    """This function will give the addresses that name a street; a house number is text."""
    found = []
    for fact in facts:
        value = fact.value
        if not has_street(fact):
            continue
        code = value.get("postal_code") or place.postal_code
        country = value.get("country") or "BE"
        region = value.get("state_province") or (province_of(code) if country == "BE" else "")
        item = _item(
            fact,
            address_1=_joined(value["street"], value.get("number", "")),
            address_2=value.get("extra"),
            region=value.get("region"),
            address_type=value.get("type") if value.get("type") == "postal" else "physical",
        )
        item |= {
            "city": value.get("locality") or place.locality,
            "state_province": region,
            "postal_code": code,
            "country": country,
        }
        found.append(item)
    return found


def attributes(terms: Iterable[ServiceTerm]) -> list[Item]:
    """This function will give the classes of a service."""
    return [
        {
            "id": item_id("class", row.pk),
            "link_id": str(row.service_id),
            "link_entity": "service",
            "link_type": row.term.taxonomy.key,
            "value": row.level,
            "taxonomy_term_id": str(row.term_id),
            "taxonomy_term": taxonomy_term(row.term),
        }
        for row in terms
    ]


def taxonomy(row: Any) -> Item:
    """This function will give a taxonomy."""
    return {"id": str(row.pk), "name": row.name, "description": row.description or row.name}


def taxonomy_term(row: Any) -> Item:
    """This function will give a term with its taxonomy; its labels in each language."""
    name = str(row)
    item = {
        "id": str(row.pk),
        "code": row.key,
        "name": name,
        "description": row.hints.get("fr") or name,
        "taxonomy": row.taxonomy.name,
        "taxonomy_id": str(row.taxonomy_id),
        "taxonomy_detail": taxonomy(row.taxonomy),
        "language": "fr",
        "labels": row.labels,
    }
    if row.parent_id:
        item["parent_id"] = str(row.parent_id)
    return item


def closed(closures: Iterable[Closure]) -> str:
    """This function will say in words when a thing is closed."""
    return " ".join(
        f"Du {row.from_date:%d/%m/%Y} au {row.until_date:%d/%m/%Y} : {row.reason}"
        for row in closures
    )


def location(there: PublishedPlace) -> Item:
    """This function will give a place, fully nested."""
    place, facts = there.place, there.facts
    spots = facts.get(FactKind.COORDINATES, [])
    access = facts.get(FactKind.ACCESS, [])
    loose = [f for f in facts.get(FactKind.ADDRESS, []) if not has_street(f)]
    said = [*loose, *facts.get(FactKind.COMFORT, []), *facts.get(FactKind.ACTIVITY, [])]
    disputed = [f for f in facts.get(FactKind.ADDRESS, []) if doubt_of(f)]
    virtual = any(fact.value.get("type") == "virtual" for fact in access)
    notes = [fact.text for fact in said] + [closed(there.closures)]
    notes += list(dict.fromkeys(doubt_of(fact) for fact in disputed))
    item: Item = {
        "id": str(place.pk),
        "location_type": "virtual" if virtual else "physical",
        "name": place.name,
        "organization_id": str(place.organisation_id) if place.organisation_id else "",
        "alternate_name": "; ".join(fact.text for fact in facts.get(FactKind.ALIAS, [])),
        "description": " ".join(note for note in notes if note),
        "transportation": " ".join(
            _joined(f.text, doubt_of(f)) for f in access if f.value.get("type") != "virtual"
        ),
        "url": next((fact.text for fact in facts.get(FactKind.URL, [])), ""),
        "languages": languages(facts.get(FactKind.LANGUAGE, [])),
        "addresses": addresses(facts.get(FactKind.ADDRESS, []), place),
        "accessibility": accessibility(facts.get(FactKind.ACCESSIBILITY, [])),
        "phones": phones(facts.get(FactKind.PHONE, [])),
        "schedules": schedules(facts.get(FactKind.HOURS, [])),
    }
    if spots:
        item["latitude"] = spots[0].value.get("latitude")
        item["longitude"] = spots[0].value.get("longitude")
    return without_blanks(item)
