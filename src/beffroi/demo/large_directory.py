"""Makes an HSDS data package with the size and the faults of a big city's directory.

Modelled on the figures of a real 211 set: 4,089 services, 1,074 organisations, 11,350 hours,
26,259 links to terms, 650 names used twice, 82 services without an organisation, 1,829 places
without coordinates, and not one status filled in. Everything in it is made up.
"""

import csv
import json
import random
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WHAT = (
    "Food pantry", "Night shelter", "Rent help", "Legal advice", "Job club", "Youth mentoring",
    "Home meals", "Counselling", "Dental clinic", "Language class", "Parenting group",
    "Medical transport", "Eye clinic", "Tax help", "Energy aid", "Clothing closet",
)  # fmt: skip
_WHO = ("families", "seniors", "veterans", "newcomers", "young people", "tenants", "carers")
_STREETS = ("Palm Avenue", "Bay Road", "Coral Way", "Ocean Drive", "Flagler Street", "Elm Court")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOURS = (("08:00", "16:30"), ("09:00", "17:00"), ("10:00:00", "18:00:00"), ("13:00", "20:00"))


@dataclass(frozen=True)
class Shape:
    """How many of each thing, and how many of each fault."""

    services: int = 4089
    organisations: int = 1074
    locations: int = 3600
    hours: int = 11_350
    term_links: int = 26_259
    terms: int = 420
    duplicate_names: int = 650
    without_organisation: int = 82
    without_coordinates: int = 1829


FULL = Shape()
SMALL = Shape(
    services=60, organisations=16, locations=50, hours=160, term_links=380, terms=24,
    duplicate_names=9, without_organisation=3, without_coordinates=20,
)  # fmt: skip


def tables(shape: Shape, seed: int = 211) -> dict[str, list[dict[str, Any]]]:
    """This function will make the tables of a package, the same ones for the same seed."""
    dice = random.Random(seed)  # noqa: S311 — made-up data, the same each time

    def new_id() -> str:
        return str(uuid.UUID(int=dice.getrandbits(128), version=4))

    organisations = [
        {
            "id": new_id(), "name": f"Community partner {n:04d}",
            "description": f"A partner of the city, number {n}.",
            "website": f"https://partner-{n}.example.org", "email": f"hello@partner-{n}.example.org",
        }
        for n in range(shape.organisations)
    ]  # fmt: skip
    services = list(_services(shape, dice, organisations, new_id))
    locations = list(_locations(shape, dice, organisations, new_id))
    taxonomy = new_id()
    terms = [
        {
            "id": new_id(), "code": f"BD-{n:04d}", "name": f"Need {n:03d}",
            "description": f"What people ask for, class {n}.", "taxonomy_id": taxonomy,
            "parent_id": "",
        }
        for n in range(shape.terms)
    ]  # fmt: skip
    for n, term in enumerate(terms[8:], start=8):
        term["parent_id"] = terms[n % 8]["id"]
    at = [
        {"id": new_id(), "service_id": s["id"], "location_id": dice.choice(locations)["id"]}
        for s in services
    ]
    return {
        "organizations": organisations,
        "services": services,
        "locations": locations,
        "service_at_location": at,
        "addresses": list(_addresses(dice, locations, new_id)),
        "phones": list(_phones(dice, services, new_id)),
        "schedules": list(_schedules(shape, dice, services, new_id)),
        "taxonomies": [{"id": taxonomy, "name": "City needs", "description": "Needs, by class."}],
        "taxonomy_terms": terms,
        "attributes": list(_links(shape, dice, services, terms, new_id)),
        "required_documents": [
            {"id": new_id(), "service_id": s["id"], "document": "Proof of address"}
            for s in services[:: 5]
        ],
        "cost_options": [
            {"id": new_id(), "service_id": s["id"], "option": "Per visit", "amount": "5",
             "currency": "usd"}
            for s in services[:: 11]
        ],
        "languages": [
            {"id": new_id(), "service_id": s["id"], "name": "Spanish", "code": "es"}
            for s in services[:: 3]
        ],
    }  # fmt: skip


def _services(
    shape: Shape, dice: random.Random, organisations: list[dict[str, Any]], new_id: Any
) -> Iterator[dict[str, Any]]:
    for n in range(shape.services):
        twice = n >= shape.services - shape.duplicate_names
        number = n - (shape.services - shape.duplicate_names) if twice else n
        what, who = _WHAT[number % len(_WHAT)], _WHO[number % len(_WHO)]
        yield {
            "id": new_id(),
            "organization_id": ""
            if n < shape.without_organisation
            else dice.choice(organisations)["id"],
            "name": f"{what} for {who} {number:04d}",
            "description": f"{what} open to {who} of the county. "
            + "Call first, then come with what you have. " * dice.randrange(1, 14),
            "url": f"https://services.example.org/{n}",
            "email": f"service{n}@example.org",
            "status": "",
            "eligibility_description": f"Open to {who}.",
            "application_process": dice.choice(("Call", "Walk in", "By appointment")),
            "minimum_age": dice.choice(("", "18", "60")),
            "last_modified": "2024-05-01T10:00:00Z",
        }


def _locations(
    shape: Shape, dice: random.Random, organisations: list[dict[str, Any]], new_id: Any
) -> Iterator[dict[str, Any]]:
    for n in range(shape.locations):
        blind = n < shape.without_coordinates
        yield {
            "id": new_id(),
            "location_type": "physical",
            "organization_id": dice.choice(organisations)["id"],
            "name": f"Site {n:04d}",
            "latitude": "" if blind else f"{25.5 + dice.random() / 2:.6f}",
            "longitude": "" if blind else f"{-80.5 + dice.random() / 3:.6f}",
        }


def _addresses(
    dice: random.Random, locations: list[dict[str, Any]], new_id: Any
) -> Iterator[dict[str, Any]]:
    for place in locations:
        yield {
            "id": new_id(),
            "location_id": place["id"],
            "address_1": f"{dice.randrange(1, 9999)} {dice.choice(_STREETS)}",
            "city": "Miami",
            "state_province": "FL",
            "postal_code": f"33{dice.randrange(100, 199)}",
            "country": "US",
            "address_type": "physical",
        }


def _phones(
    dice: random.Random, services: list[dict[str, Any]], new_id: Any
) -> Iterator[dict[str, Any]]:
    for service in services:
        yield {
            "id": new_id(),
            "service_id": service["id"],
            "number": f"(305) {dice.randrange(200, 999)}-{dice.randrange(1000, 9999)}",
            "type": "voice",
        }


def _schedules(
    shape: Shape, dice: random.Random, services: list[dict[str, Any]], new_id: Any
) -> Iterator[dict[str, Any]]:
    for n in range(shape.hours):
        opens, closes = dice.choice(_HOURS)
        yield {
            "id": new_id(),
            "service_id": services[n % len(services)]["id"],
            "freq": "WEEKLY",
            "byday": ",".join(sorted(dice.sample(_DAYS, dice.randrange(1, 6)), key=_DAYS.index)),
            "opens_at": opens,
            "closes_at": closes,
        }


def _links(
    shape: Shape,
    dice: random.Random,
    services: list[dict[str, Any]],
    terms: list[dict[str, Any]],
    new_id: Any,
) -> Iterator[dict[str, Any]]:
    """Distinct links, spread over every service."""
    step = 1 + dice.randrange(len(terms) - 1)
    for n in range(shape.term_links):
        service, turn = n % len(services), n // len(services)
        yield {
            "id": new_id(),
            "link_id": services[service]["id"],
            "link_entity": "service",
            "taxonomy_term_id": terms[(service * step + turn) % len(terms)]["id"],
        }


def write_folder(folder: Path, content: dict[str, list[dict[str, Any]]]) -> Path:
    """This function will write the tables as CSV files with their datapackage.json."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, rows in content.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            columns = list(dict.fromkeys(key for row in rows for key in row)) or ["id"]
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
        resources.append({"name": name, "path": f"{name}.csv"})
    described: dict[str, Any] = {
        "name": "made-up",
        "profile": "tabular-data-package",
        "resources": resources,
    }
    described["license"] = {"name": "CC0-1.0"}
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def write_zip(path: Path, folder: Path) -> Path:
    """This function will pack a folder made by `write_folder`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


def scaled(services: int) -> Shape:
    """This function will give the shape of a directory of that many services, faults in proportion."""
    share = services / FULL.services
    return Shape(**{name: max(1, round(count * share)) for name, count in vars(FULL).items()})
