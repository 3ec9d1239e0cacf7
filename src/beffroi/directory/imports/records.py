"""What a package says, clean: ready to be written, still knowing nothing of the database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation of the package."""

    id: str
    name: str
    description: str = ""
    url: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place of the package; `organisation` is empty when the package does not say."""

    id: str
    name: str
    organisation: str = ""
    locality: str = ""
    postal_code: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A service of the package; one whose status is doubtful is never published at once."""

    id: str
    name: str
    organisation: str
    status: str
    is_doubtful: bool = False
    description: str = ""
    for_whom: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A class of a taxonomy of the package."""

    id: str
    taxonomy: str
    name: str
    code: str = ""
    description: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact about `owner`, an (entity, id) pair; `ref` names its row for good."""

    owner: tuple[str, str]
    kind: str
    ref: str
    text: str
    value: dict[str, Any] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    line: int = 0


@dataclass
class Records:
    """Everything clean in a package, by the ids of the package."""

    organisations: dict[str, OrganisationRecord] = field(default_factory=dict)
    places: dict[str, PlaceRecord] = field(default_factory=dict)
    services: dict[str, ServiceRecord] = field(default_factory=dict)
    taxonomies: dict[str, tuple[str, str]] = field(default_factory=dict)
    terms: dict[str, TermRecord] = field(default_factory=dict)
    #: service_at_location id → (service, place)
    at: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: (service, term), in order, once each
    classed: dict[tuple[str, str], None] = field(default_factory=dict)
    facts: list[FactRecord] = field(default_factory=list)
