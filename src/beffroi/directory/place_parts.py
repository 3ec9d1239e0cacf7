"""What a page of a place is made of: what is said, by whom, and what nobody knows yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.directory.enums import FactKind, ServiceStatus


@dataclass(frozen=True)
class Said:
    """What one document or one person of a service says."""

    text: str
    value: dict[str, Any]
    source: str
    seen_on: date | None
    dated: str
    is_confirmed: bool = False


@dataclass(frozen=True)
class Rubric:
    """All that is said of one kind of fact: known, disputed, or unknown when nothing is."""

    kind: FactKind
    said: tuple[Said, ...]
    is_disputed: bool = False

    @property
    def label(self) -> str:
        return str(FactKind(self.kind).label)

    @property
    def is_known(self) -> bool:
        return bool(self.said) and not self.is_disputed


@dataclass(frozen=True)
class Version:
    """What one document says in a dispute."""

    source: str
    seen_on: date | None
    dated: str
    said: tuple[tuple[FactKind, str], ...]


@dataclass(frozen=True)
class Dispute:
    """Documents that do not say the same, side by side, and what the public reads of it."""

    note: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Closing:
    """Closed, or other hours, from a day to a day, both included."""

    from_date: date
    until_date: date
    reason: str

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day <= self.until_date


@dataclass(frozen=True)
class Weekly:
    """An activity or opening hours, known and valid; without `days`, only its words are known."""

    ref: int
    kind: FactKind
    text: str
    days: tuple[str, ...] = ()
    opens_at: str = ""
    closes_at: str = ""
    since: date | None = None
    until: date | None = None
    service: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """A place in a list."""

    key: str
    name: str
    locality: str
    postal_code: str
    is_house: bool
    phones: tuple[str, ...] = ()
    address: str = ""
    is_disputed: bool = False
    closed: Closing | None = None
    comfort: str = ""


@dataclass(frozen=True)
class ServiceLine:
    """A service offered at a place, in the language of the page."""

    key: str
    name: str
    summary: str
    status: ServiceStatus


@dataclass(frozen=True)
class PlacePage:
    """A place whole, on a day, in a language."""

    key: str
    name: str
    locality: str
    postal_code: str
    is_house: bool
    organisation: str
    other_names: tuple[str, ...]
    rubrics: tuple[Rubric, ...]
    disputes: tuple[Dispute, ...]
    notes: tuple[str, ...]
    weekly: tuple[Weekly, ...]
    closings: tuple[Closing, ...]
    services: tuple[ServiceLine, ...]
    own_service: ServiceLine | None = None

    @property
    def phones(self) -> tuple[str, ...]:
        """This property gives every number said, as it is dialled here; two when they dispute."""
        return tuple(
            said.value.get("shown", said.text) for said in self.rubric(FactKind.PHONE).said
        )

    def rubric(self, kind: FactKind) -> Rubric:
        """This function will give what is said of a kind of fact, if only that it is not known."""
        return next((r for r in self.rubrics if r.kind == kind), Rubric(kind, ()))

    @property
    def known(self) -> tuple[Rubric, ...]:
        return tuple(r for r in self.rubrics if r.is_known)

    @property
    def unknown(self) -> tuple[Rubric, ...]:
        return tuple(r for r in self.rubrics if not r.said)
