"""The page of one person: everything known of her, as this agent may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from beffroi.audit.queries import Look, looks_at
from beffroi.core.actors import Actor
from beffroi.people import hooks
from beffroi.people.checkers import Contradiction, contradictions
from beffroi.people.likeness import reason_words
from beffroi.people.models import (
    Address,
    CivilStatus,
    Consent,
    Contact,
    HouseholdMember,
    Identifier,
    LanguageSpoken,
    Merge,
    Person,
    PersonName,
    PossibleDuplicate,
    Representative,
)
from beffroi.people.numbers import shown as number_shown
from beffroi.people.permissions import barred_persons, can_open_seal
from beffroi.people.queries import Bond, Brief, briefs, ties_of
from beffroi.people.same import same_ids
from beffroi.people.sealing import ShownAddress, shown

_LOOKS = 15


@dataclass(frozen=True)
class Life:
    """A household she belongs or belonged to, with everybody in it then or since."""

    reference: str
    role_label: str
    since_date: date | None
    until_date: date | None
    members: tuple["Housemate", ...]


@dataclass(frozen=True)
class Housemate:
    """Somebody of a household, with the days she was in it."""

    person: Brief
    role_label: str
    since_date: date | None
    until_date: date | None


@dataclass(frozen=True)
class Numbered:
    """A number as people read it."""

    pk: int
    kind_label: str
    value: str
    since_date: date | None
    until_date: date | None
    source_label: str


@dataclass(frozen=True)
class Double:
    """An entry that may be this same person, with the reasons in words."""

    other: Brief
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PersonPage:
    """What one agent sees of one person."""

    person: Person
    names: list[PersonName]
    absorbed: list[Person]
    merges: list[Merge]
    civil_statuses: list[CivilStatus]
    contacts: list[Contact]
    languages: list[LanguageSpoken]
    numbers: list[Numbered]
    addresses: list[ShownAddress]
    lives: list[Life]
    bonds: list[Bond]
    consents: list[Consent]
    representatives: list[Representative]
    contradictions: list[Contradiction]
    doubles: list[Double]
    looks: list[Look]
    has_file: bool
    may_open_seal: bool


def person_page(person: Person, actor: Actor, today: date) -> PersonPage:
    """This function will gather the page of a person; whom the actor may not open is not named."""
    ids = same_ids(person.pk)
    barred = barred_persons(actor)
    mine = {"person__in": ids}
    addresses = shown(list(Address.objects.filter(**mine).order_by("until_date", "pk")), actor)
    sealed = any(a.is_masked for a in addresses)
    return PersonPage(
        person=person,
        names=list(PersonName.objects.filter(**mine)),
        absorbed=list(Person.objects.filter(pk__in=ids).exclude(pk=person.pk)),
        merges=list(
            Merge.objects.filter(kept__in=ids, undone_at__isnull=True).select_related("absorbed")
        ),
        civil_statuses=list(CivilStatus.objects.filter(**mine).order_by("-since_date", "-pk")),
        contacts=list(Contact.objects.filter(**mine)),
        languages=list(LanguageSpoken.objects.filter(**mine)),
        numbers=[_number(row) for row in Identifier.objects.filter(**mine)],
        addresses=sorted(addresses, key=lambda a: (a.until_date is not None, -a.pk)),
        lives=_lives(ids, barred),
        bonds=[bond for bond in ties_of(person.pk) if bond.other.id not in barred],
        consents=list(Consent.objects.filter(**mine).order_by("-given_date", "-pk")),
        representatives=list(Representative.objects.filter(**mine).select_related("acting")),
        contradictions=[c for c in contradictions(person, today) if not c.others & barred],
        doubles=doubles_of(ids, barred),
        looks=looks_at(person.reference)[:_LOOKS],
        has_file=bool(hooks.with_file(ids)),
        may_open_seal=sealed and can_open_seal(actor, person),
    )


def _number(row: Identifier) -> Numbered:
    return Numbered(
        row.pk, str(row.get_kind_display()), number_shown(row.kind, row.value), row.since_date,
        row.until_date, str(row.get_source_display()),
    )  # fmt: skip


def _lives(ids: Collection[int], barred: Collection[int]) -> list[Life]:
    own = list(
        HouseholdMember.objects.filter(person__in=ids)
        .select_related("household")
        .order_by("until_date", "-since_date", "-pk")
    )
    everybody = list(
        HouseholdMember.objects.filter(household__in={m.household_id for m in own})
        .exclude(person__in=barred)
        .order_by("pk")
    )
    known = briefs({m.person_id for m in everybody})
    lives = []
    for mine in sorted(own, key=lambda m: m.until_date is not None):
        mates = tuple(
            Housemate(
                known[m.person_id], str(m.get_role_display()), m.since_date, m.until_date
            )
            for m in everybody
            if m.household_id == mine.household_id and m.pk != mine.pk
        )  # fmt: skip
        lives.append(
            Life(
                mine.household.reference, str(mine.get_role_display()), mine.since_date,
                mine.until_date, mates,
            )
        )  # fmt: skip
    return lives


def _double(row: PossibleDuplicate, other: Brief) -> Double:
    said = reason_words()
    return Double(other, row.score, tuple(said.get(code, code) for code in row.reasons))


def doubles_of(ids: Collection[int], barred: Collection[int] = ()) -> list[Double]:
    """This function will give the entries that may be this person, nearest first."""
    rows = list(
        PossibleDuplicate.objects.filter(
            Q(first__in=ids) | Q(second__in=ids), dismissed_at__isnull=True
        )
    )
    others = {r.pk: r.second_id if r.first_id in ids else r.first_id for r in rows}
    known = briefs(set(others.values()))
    return [
        _double(row, known[others[row.pk]])
        for row in rows
        if known[others[row.pk]].id not in barred and known[others[row.pk]].id not in ids
    ]


def duplicate_pairs(actor: Actor, most: int = 100) -> list[tuple[Brief, Double]]:
    """This function will give the pairs that wait for an answer, nearest first."""
    barred = barred_persons(actor)
    rows = list(
        PossibleDuplicate.objects.filter(dismissed_at__isnull=True)
        .exclude(first__in=barred)
        .exclude(second__in=barred)[:most]
    )
    known = briefs({pk for row in rows for pk in (row.first_id, row.second_id)})
    return [
        (known[row.first_id], _double(row, known[row.second_id]))
        for row in rows
        if known[row.first_id].id != known[row.second_id].id
    ]
