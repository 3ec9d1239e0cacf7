"""A person entered at once with her number, her address and her telephone."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from beffroi.core.actors import Actor
from beffroi.people.enums import ContactKind, IdentifierKind, Source
from beffroi.people.services.addresses import AddressDraft, add_address
from beffroi.people.services.identifiers import add_identifier
from beffroi.people.services.identity import Identity, add_contact, add_person


@dataclass(frozen=True)
class Entry:
    """What is entered of somebody the first time she comes."""

    identity: Identity
    niss: str = ""
    address: AddressDraft | None = None
    phone: str = ""
    source: str = Source.DECLARED


@transaction.atomic
def enter_whole(*, entry: Entry, by: Actor, at: datetime) -> str:
    """This function will enter a person with what goes with her, all of it or nothing.

    Raises: NotAllowed; InvalidInput.
    """
    reference = add_person(**asdict(entry.identity), by=by, at=at)
    same = {"reference": reference, "by": by, "at": at}
    if entry.niss.strip():
        add_identifier(
            kind=IdentifierKind.NISS, value=entry.niss, source=entry.source, **same  # type: ignore[arg-type]
        )  # fmt: skip
    if entry.address is not None:
        add_address(draft=entry.address, source=entry.source, **same)  # type: ignore[arg-type]
    if entry.phone.strip():
        mobile = entry.phone.strip().replace(" ", "").startswith(("04", "+324"))
        kind = ContactKind.MOBILE if mobile else ContactKind.PHONE
        add_contact(kind=kind, value=entry.phone, **same)  # type: ignore[arg-type]
    return reference
