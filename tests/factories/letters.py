"""Letters written through the services, from fictional facts."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from beffroi.core.actors import system_actor
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.facts import declared
from beffroi.documents.letters.values import Draft, Recipient
from beffroi.rules import mentions

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
OWNER = "tests"
LANGS = ("fr", "nl", "de", "en")
KINDS = tuple(mentions.kinds())
RECIPIENT = Recipient("Samira Exemple", ("rue Fictive 12", "7000 Mons"), Delivery.REGISTERED)


def facts_for(kind: str) -> dict[str, dict[str, Any]]:
    """The facts a letter of this kind may tell, as a caller gives them; the house adds its own."""
    wanted = {f for m in mentions.kinds()[kind].mentions for f in m.facts}
    wanted |= {"service.hours", "worker.email", "letter.signatories"}
    found: dict[str, dict[str, Any]] = {}
    for key, fact in declared().items():
        if key in wanted and (not fact.is_house or key == "letter.signatories"):
            room, name = key.split(".")
            found.setdefault(room, {})[name] = deepcopy(fact.example)
    return found


def write(kind: str = "grant", lang: str = "fr", **given: Any) -> str:
    """A letter written; gives its number."""
    asked: dict[str, Any] = {
        "facts": given["facts"] if "facts" in given else facts_for(kind),
        "owner_kind": OWNER, "owner_ref": "D26-000042", "subject_ref": "P26000001", "recipient": RECIPIENT, "by": system_actor("tests"), "at": NOW,
    }  # fmt: skip
    return letters.write_letter(kind=kind, lang=lang, **{**asked, **given})


def draft(kind: str = "index_change", subject_ref: str = "P26000001", **given: Any) -> Draft:
    """One letter of a batch."""
    asked: dict[str, Any] = {
        "lang": "fr", "facts": facts_for(kind), "owner_kind": OWNER, "owner_ref": "D26-000042",
        "recipient": Recipient("Samira Exemple", ("rue Fictive 12", "7000 Mons")),
    }  # fmt: skip
    return Draft(kind=kind, subject_ref=subject_ref, **{**asked, **given})


def open_batch(count: int = 1, **given: Any) -> UUID:
    """A batch of letters, none written yet; gives its number."""
    drafts = [draft(**given) for _ in range(count)]
    return letters.open_batch(title="Lot", drafts=drafts, by=system_actor("tests"), at=NOW)


def clock() -> datetime:
    return NOW
