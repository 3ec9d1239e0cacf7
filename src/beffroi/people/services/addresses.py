"""Where people live: over time, sealed when it must be, opened with a reason."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.core.versions import update_at_version
from beffroi.people.enums import AddressKind, Source
from beffroi.people.models import Address, AddressKeeper, Person
from beffroi.people.permissions import can_open_seal
from beffroi.people.same import same_ids
from beffroi.people.sealing import lines_of, readable
from beffroi.people.services.common import chosen, in_order, needed, opened, trace

_SHORTEST_REASON = 10


@dataclass(frozen=True)
class AddressDraft:
    """An address as it was typed or read."""

    locality: str
    street: str = ""
    box: str = ""
    care_of: str = ""
    postal_code: str = ""
    country: str = "BE"
    kind: str = AddressKind.MAIN


def _checked(draft: AddressDraft) -> dict[str, str]:
    values = {name: str(value).strip() for name, value in asdict(draft).items()}
    needed("locality", values["locality"], _("Écrivez la localité."))
    chosen("kind", values["kind"], AddressKind.values)
    country = values["country"].upper()
    if len(country) != 2 or not country.isalpha():
        wrong = _("Le pays se note par son code, en deux lettres.")
        raise InvalidInput(wrong, fields={"country": wrong})
    code = values["postal_code"]
    if country == "BE" and code and not (len(code) == 4 and code.isdigit()):
        wrong = _("Un code postal belge a quatre chiffres.")
        raise InvalidInput(wrong, fields={"postal_code": wrong})
    return values | {"country": country}


def reason_said(reason: str) -> str:
    """This function will give a reason long enough to be one. Raises: InvalidInput."""
    words = _("Dites pourquoi, en une phrase : la protection des données la lira.")
    if len(reason.strip()) < _SHORTEST_REASON:
        raise InvalidInput(words, fields={"reason": words})
    return reason.strip()[:300]


@transaction.atomic
def add_address(
    *,
    reference: str,
    draft: AddressDraft,
    by: Actor,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    source: str = Source.DECLARED,
    seal_reason: str = "",
) -> int:
    """This function will add an address and give its key; the former of that kind ends then.

    With `seal_reason`, it is sealed from the first moment and the agent who writes it keeps it.

    Raises: UnknownPerson; InvalidInput.
    """
    person = opened(reference, by)
    values = _checked(draft)
    in_order(since, until)
    if until is None:
        _end_former(person, values["kind"], since or timezone.localdate(at))
    row = Address.objects.create(
        person=person, since_date=since, until_date=until,
        source=chosen("source", source, Source.values), **values,
    )  # fmt: skip
    trace(person, "person.address", by=by, at=at, detail={"kind": row.kind})
    if seal_reason:
        _seal(person, row, reason_said(seal_reason), by=by, at=at)
    return row.pk


def _end_former(person: Person, kind: str, day: date) -> None:
    """An address without a known beginning, or begun before, ends when the next one begins."""
    for former in Address.objects.filter(person=person, kind=kind, until_date__isnull=True):
        if former.since_date is None or former.since_date <= day:
            Address.objects.filter(pk=former.pk).update(until_date=day)


def own_address(person: Person, address: int, by: Actor) -> Address:
    """This function will give an address of hers that the actor may read; a masked one is not there.

    Raises: NotAllowed.
    """
    row = Address.objects.filter(pk=address, person_id__in=same_ids(person.pk)).first()
    if row is None or not _may_handle(by, row):
        raise NotAllowed(_("Cette adresse n’existe pas."))
    return row


def _may_handle(by: Actor, row: Address) -> bool:
    return by.kind is ActorKind.SYSTEM or row.pk in readable(by, [row])


@transaction.atomic
def change_address(
    *,
    reference: str,
    address: int,
    version: int,
    draft: AddressDraft,
    since: date | None,
    until: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """This function will correct an address, if nobody changed it meanwhile.

    Raises: UnknownPerson; NotAllowed when it is sealed and not hers to read; EditConflict.
    """
    person = opened(reference, by)
    row = own_address(person, address, by)
    in_order(since, until)
    update_at_version(
        Address.objects.all(), pk=row.pk, version=version,
        changes={**_checked(draft), "since_date": since, "until_date": until},
        said=_("Quelqu’un vient de changer cette adresse."),
    )  # fmt: skip
    trace(person, "person.address_change", by=by, at=at, detail={"kind": row.kind})


@transaction.atomic
def end_address(*, reference: str, address: int, until: date, by: Actor, at: datetime) -> None:
    """This function will end an address on a day. Raises: UnknownPerson; NotAllowed; InvalidInput."""
    person = opened(reference, by)
    row = own_address(person, address, by)
    in_order(row.since_date, until)
    Address.objects.filter(pk=row.pk).update(until_date=until, version=row.version + 1)
    trace(person, "person.address_end", by=by, at=at, detail={"kind": row.kind})


@transaction.atomic
def seal_address(*, reference: str, address: int, reason: str, by: Actor, at: datetime) -> None:
    """This function will hide an address from everybody but the agents of the file and her own.

    Raises: UnknownPerson; NotAllowed; InvalidInput without a reason.
    """
    person = opened(reference, by)
    _seal(person, own_address(person, address, by), reason_said(reason), by=by, at=at)


def _seal(person: Person, row: Address, reason: str, *, by: Actor, at: datetime) -> None:
    Address.objects.filter(pk=row.pk, is_sealed=False).update(
        is_sealed=True, sealed_at=at, seal_reason=reason
    )
    if by.kind is ActorKind.AGENT:
        _keep(row, int(by.ref), by=by, at=at)
    trace(person, "person.address_seal", by=by, at=at, reason=_("Adresse protégée"))


@transaction.atomic
def unseal_address(*, reference: str, address: int, reason: str, by: Actor, at: datetime) -> None:
    """This function will show an address again to those who may open the person.

    Raises: UnknownPerson; NotAllowed; InvalidInput without a reason.
    """
    person = opened(reference, by)
    row = own_address(person, address, by)
    said = reason_said(reason)
    Address.objects.filter(pk=row.pk, is_sealed=True).update(
        is_sealed=False, sealed_at=None, seal_reason=""
    )
    AddressKeeper.objects.filter(address=row).delete()
    trace(person, "person.address_unseal", by=by, at=at, reason=said)


def _keep(row: Address, agent: int, *, by: Actor, at: datetime) -> None:
    AddressKeeper.objects.get_or_create(
        address=row, agent_id=agent, defaults={"named_at": at, "named_by": by.label}
    )


@transaction.atomic
def open_sealed_address(
    *, reference: str, address: int, reason: str, by: Actor, at: datetime
) -> tuple[str, ...]:
    """This function will show a sealed address once, to a team leader who says why.

    Raises: UnknownPerson; NotAllowed; InvalidInput without a reason.
    """
    person = opened(reference, by)
    if not can_open_seal(by, person):
        raise NotAllowed(_("Cette adresse n’existe pas."))
    row = Address.objects.filter(pk=address, person_id__in=same_ids(person.pk)).first()
    if row is None:
        raise NotAllowed(_("Cette adresse n’existe pas."))
    trace(
        person, "person.address_open", by=by, at=at, kind=ActKind.READ, reason=reason_said(reason)
    )  # fmt: skip
    return lines_of(row)
