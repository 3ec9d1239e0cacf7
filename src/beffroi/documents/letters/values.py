"""What goes in and out of the letters' services."""

from dataclasses import dataclass, field
from typing import Any

from beffroi.documents.letters.enums import Delivery


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes: a name, the lines of an address as they may be printed, and how.

    The caller masks what must not be printed; the letters print what they are given.
    """

    name: str
    lines: tuple[str, ...]
    delivery: Delivery = Delivery.POST
    lang: str = "fr"

    def kept(self) -> dict[str, Any]:
        return {
            "name": self.name, "lines": list(self.lines),
            "delivery": str(self.delivery), "lang": self.lang,
        }  # fmt: skip

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Recipient":
        return cls(kept["name"], tuple(kept["lines"]), Delivery(kept["delivery"]), kept["lang"])


@dataclass(frozen=True)
class Rendered:
    """A letter as it is read: its title, its markup, and the two texts that are checked."""

    subject: str
    html: str
    first_text: str
    body_text: str


@dataclass(frozen=True)
class Draft:
    """One letter of a batch, before it is written."""

    kind: str
    lang: str
    facts: dict[str, dict[str, Any]]
    owner_kind: str
    owner_ref: str
    subject_ref: str
    recipient: Recipient
    order: str = ""


@dataclass(frozen=True)
class TemplateText:
    """The three texts of a template."""

    subject: str
    first: str
    body: str = field(default="")
