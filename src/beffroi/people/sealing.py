"""Addresses as they may be read: whole, or masked when they are sealed and not hers to read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor, ActorKind
from beffroi.people import hooks
from beffroi.people.enums import AddressKind
from beffroi.people.models import Address, AddressKeeper, Person
from beffroi.people.same import same_ids, same_ids_of

#: Which address serves for what, best first.
FOR_LETTERS = (
    AddressKind.CORRESPONDENCE, AddressKind.MAIN, AddressKind.REFERENCE, AddressKind.FACTUAL,
)  # fmt: skip
FOR_VISITS = (AddressKind.FACTUAL, AddressKind.MAIN)


@dataclass(frozen=True)
class ShownAddress:
    """An address as this reader may see it; masked, it holds nothing but its dates and kind."""

    pk: int
    person_id: int
    kind: str
    kind_label: str
    is_sealed: bool
    is_masked: bool
    since_date: date | None
    until_date: date | None
    lines: tuple[str, ...]
    postal_code: str = ""
    locality: str = ""
    country: str = ""
    source_label: str = ""
    seal_reason: str = ""
    version: int = 1
    fields: dict[str, str] = field(default_factory=dict)


def masked_words() -> str:
    """This function will give what stands in place of a sealed address."""
    return _("Adresse protégée")


def agents_of(persons: Collection[int]) -> dict[int, frozenset[str]]:
    """This function will give the agents of the files of each person, merged entries included."""
    groups = same_ids_of(persons)
    every = {pk for group in groups.values() for pk in group}
    known = hooks.file_agents(every)
    return {
        person: frozenset().union(*(known.get(pk, frozenset()) for pk in group))
        for person, group in groups.items()
    }


def keeping_on(day: date) -> Q:
    """This function will give the condition of who was named to read an address and still may."""
    return Q(until_date__isnull=True) | Q(until_date__gte=day)


def readable(actor: Actor | None, addresses: Sequence[Address]) -> frozenset[int]:
    """This function will give the addresses the actor may read: those not sealed, and hers.

    A sealed one is read by the agents named for it, until the day said, and by those who work
    on a file of the person. The system itself reads none: what it prints is masked.
    """
    sealed = [a for a in addresses if a.is_sealed]
    free = {a.pk for a in addresses if not a.is_sealed}
    if not sealed or actor is None or actor.kind is not ActorKind.AGENT:
        return frozenset(free)
    kept = set(
        AddressKeeper.objects.filter(
            keeping_on(timezone.localdate()),
            address__in=[a.pk for a in sealed],
            agent_id=int(actor.ref),
        ).values_list("address_id", flat=True)
    )
    agents = agents_of({a.person_id for a in sealed})
    hers = {a.pk for a in sealed if actor.ref in agents.get(a.person_id, frozenset())}
    return frozenset(free | kept | hers)


def lines_of(address: Address) -> tuple[str, ...]:
    """This function will write an address whole, whoever reads it: ask `readable` first."""
    street = f"{address.street} {_('bte')} {address.box}" if address.box else address.street
    town = f"{address.postal_code} {address.locality}".strip()
    care_of = _("chez %(name)s") % {"name": address.care_of} if address.care_of else ""
    country = "" if address.country == "BE" else address.country
    return tuple(line for line in (care_of, street.strip(), town, country) if line)


def shown(addresses: Sequence[Address], actor: Actor | None) -> list[ShownAddress]:
    """This function will give each address as the actor may see it."""
    open_to_her = readable(actor, addresses)
    return [_shown(address, address.pk in open_to_her) for address in addresses]


def _shown(address: Address, is_open: bool) -> ShownAddress:
    common = {
        "pk": address.pk, "person_id": address.person_id, "kind": address.kind,
        "kind_label": str(address.get_kind_display()), "is_sealed": address.is_sealed,
        "since_date": address.since_date, "until_date": address.until_date,
        "version": address.version,
    }  # fmt: skip
    if not is_open:
        return ShownAddress(**common, is_masked=True, lines=(masked_words(),))  # type: ignore[arg-type]
    return ShownAddress(
        **common, is_masked=False, lines=lines_of(address),  # type: ignore[arg-type]
        postal_code=address.postal_code, locality=address.locality, country=address.country,
        source_label=str(address.get_source_display()), seal_reason=address.seal_reason,
        fields={
            name: str(getattr(address, name))
            for name in ("kind", "street", "box", "care_of", "postal_code", "locality", "country")
        },
    )  # fmt: skip


def open_on(addresses: Iterable[Address], day: date) -> list[Address]:
    """This function will keep the addresses that hold on `day`."""
    return [
        a
        for a in addresses
        if (a.since_date is None or a.since_date <= day)
        and (a.until_date is None or a.until_date >= day)
    ]


def best(addresses: Sequence[Address], kinds: Sequence[str] = FOR_LETTERS) -> Address | None:
    """This function will choose the address for a use: by kind first, the newest of that kind."""
    ranked = [a for a in addresses if a.kind in kinds]
    if not ranked:
        return None
    return min(
        ranked, key=lambda a: (kinds.index(a.kind), -(a.since_date or date.min).toordinal(), -a.pk)
    )


def address_lines(
    person: Person | int,
    actor: Actor | None,
    *,
    day: date | None = None,
    kinds: Sequence[str] = FOR_LETTERS,
) -> list[str]:
    """This function will give the lines of a person's address, or one masked line when sealed.

    Without `day`, addresses without an end are taken. An empty list: no address is known.
    """
    pk = person if isinstance(person, int) else person.pk
    rows = list(Address.objects.filter(person_id__in=same_ids(pk)))
    held = open_on(rows, day) if day else [a for a in rows if a.until_date is None]
    chosen = best(held, kinds)
    if chosen is None:
        return []
    return list(shown([chosen], actor)[0].lines)


def localities(groups: Mapping[int, frozenset[int]], actor: Actor | None) -> dict[int, str]:
    """This function will give where each person lives, for a list: town alone, masked when sealed.

    `groups` gives every entry of each person (see `same.same_ids_of`). A person with any sealed address that is open is masked whole: another could betray it.
    """
    owner = {pk: person for person, group in groups.items() for pk in group}
    rows = list(Address.objects.filter(person_id__in=owner, until_date__isnull=True))
    may = readable(actor, rows)
    found: dict[int, str] = {}
    for person in groups:
        own = [a for a in rows if owner[a.person_id] == person]
        if any(a.pk not in may for a in own):
            found[person] = masked_words()
        elif (chosen := best(own, FOR_VISITS + FOR_LETTERS)) is not None:
            found[person] = chosen.locality
    return found
