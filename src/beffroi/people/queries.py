"""What other rooms and the desk ask about persons; every answer counts merged entries as one."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from beffroi.people.enums import INVERSE_WORDS, SOCIAL_NUMBERS, MemberRole, Precision, TieKind
from beffroi.people.models import (
    Household,
    HouseholdMember,
    Identifier,
    Person,
    Tie,
)
from beffroi.people.numbers import compact
from beffroi.people.same import root_id, same_ids, same_ids_of
from beffroi.people.sealing import address_lines, localities

__all__ = [
    "Brief", "Bond", "Member", "address_lines", "brief", "briefs", "heads_of_households", "holder_of",
    "household_of", "id_of", "identifiers_of", "kept_for_absorbed", "localities", "members_on", "names_of", "person_named", "reference_of",
    "same_ids", "social_number", "ties_of",
]  # fmt: skip


@dataclass(frozen=True)
class Brief:
    """Who somebody is, in the few facts that a list, a letter or a computation needs."""

    id: int
    reference: str
    last_name: str
    first_name: str
    called_name: str
    birth_date: date | None
    birth_precision: str
    gender: str
    lang: str
    nationality: str
    is_deceased: bool

    @property
    def name(self) -> str:
        """This property gives « NOM Prénom » as registers write it."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def polite_name(self) -> str:
        """This property gives the name as one says it: the name she goes by, then her last."""
        return f"{self.called_name or self.first_name} {self.last_name}".strip()

    def age_on(self, day: date) -> int | None:
        """This function will give the age in whole years, when the birth day is known."""
        if self.birth_date is None or self.birth_precision != Precision.DAY:
            return None
        before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before


@dataclass(frozen=True)
class Member:
    """A person of a household, with her part in it."""

    person: Brief
    role: str
    role_label: str
    since_date: date | None
    until_date: date | None


@dataclass(frozen=True)
class Bond:
    """What another person is to this one: `word` is « parent » when the other is her parent."""

    id: int
    other: Brief
    word: str
    label: str
    since_date: date | None
    until_date: date | None


def _brief(person: Person) -> Brief:
    return Brief(
        person.pk, person.reference, person.last_name, person.first_name, person.called_name,
        person.birth_date, person.birth_precision, person.gender, person.lang,
        person.nationality, person.is_deceased,
    )  # fmt: skip


def person_named(reference: str) -> Person | None:
    """This function will give the person with this reference; the one kept, when it was merged."""
    row = Person.objects.filter(reference=reference.strip().upper()).first()
    if row is None or row.merged_into_id is None:
        return row
    return Person.objects.get(pk=root_id(row.pk))


def id_of(reference: str) -> int | None:
    """This function will give the key of the person with this reference, the one kept if merged."""
    row = person_named(reference)
    return row.pk if row else None


def reference_of(pk: int) -> str:
    """This function will give the reference of a person. Raises Person.DoesNotExist."""
    return Person.objects.values_list("reference", flat=True).get(pk=pk)


def brief(person: int | str) -> Brief | None:
    """This function will give a person by her key or reference; the one kept, when merged."""
    if isinstance(person, str):
        row = person_named(person)
    else:
        row = Person.objects.filter(pk=root_id(person)).first()
    return _brief(row) if row else None


def briefs(persons: Collection[int]) -> dict[int, Brief]:
    """This function will give each of these persons by key, in one query (two when some merged).

    An entry that was merged is given as the one kept, under the key that was asked.
    """
    rows = {row.pk: row for row in Person.objects.filter(pk__in=persons)}
    merged = {pk: root_id(pk) for pk, row in rows.items() if row.merged_into_id}
    if lacking := set(merged.values()) - set(rows):
        rows |= {row.pk: row for row in Person.objects.filter(pk__in=lacking)}
    return {pk: _brief(rows[merged.get(pk, pk)]) for pk in persons if pk in rows}


def names_of(pk: int) -> list[str]:
    """This function will give every name of a person: hers, her others, those of merged entries."""
    group = same_ids(pk)
    rows = Person.objects.filter(pk__in=group).prefetch_related("names").order_by("pk")
    every = [str(name) for row in rows for name in (row, *row.names.all())]
    return list(dict.fromkeys(every))


def identifiers_of(pk: int) -> QuerySet[Identifier]:
    """This function will give every number of a person, open ones first."""
    return Identifier.objects.filter(person_id__in=same_ids(pk)).order_by(
        "until_date", "kind", "pk"
    )


def social_number(pk: int) -> str:
    """This function will give the open NISS or BIS of a person, or nothing."""
    rows = Identifier.objects.filter(
        person_id__in=same_ids(pk), until_date__isnull=True, kind__in=SOCIAL_NUMBERS
    )
    values = {row.kind: row.value for row in rows}
    return values.get("niss") or values.get("bis") or ""


def holder_of(value: str) -> str:
    """This function will give the reference of who holds this number now, or nothing."""
    rows = Identifier.objects.filter(value=compact(value), until_date__isnull=True)
    row = rows.select_related("person").order_by("pk").first()
    return row.person.reference if row else ""


def held_on(day: date) -> Q:
    """This function will give the condition of what holds on `day`, both ends included."""
    return (Q(since_date__isnull=True) | Q(since_date__lte=day)) & (
        Q(until_date__isnull=True) | Q(until_date__gte=day)
    )


def household_of(pk: int, day: date) -> Household | None:
    """This function will give the household a person belongs to on `day`, the newest if two."""
    rows = HouseholdMember.objects.filter(held_on(day), person_id__in=same_ids(pk))
    member = rows.select_related("household").order_by("-since_date", "-pk").first()
    return member.household if member else None


def members_on(pk: int, day: date) -> list[Member]:
    """This function will give everybody of the person's household on `day`, herself included."""
    household = household_of(pk, day)
    if household is None:
        return []
    rows = list(
        HouseholdMember.objects.filter(held_on(day), household=household)
        .exclude(role="")
        .select_related("person")
        .order_by("pk")
    )
    known = briefs([row.person_id for row in rows])
    order = {role: rank for rank, role in enumerate(MemberRole.values)}
    members = {
        known[row.person_id].id: Member(
            known[row.person_id], row.role, str(row.get_role_display()),
            row.since_date, row.until_date,
        )
        for row in rows
    }  # fmt: skip
    return sorted(members.values(), key=lambda m: order[m.role])


def _said(tie: Tie, mine: Collection[int]) -> tuple[str, str]:
    """What the other is to me: the word as kept when the other stands first, else turned."""
    kind = TieKind(tie.kind)
    if tie.from_person_id in mine and kind in INVERSE_WORDS:
        word, label = INVERSE_WORDS[kind]
        return word, str(label)
    return kind.value, str(kind.label)


def ties_of(pk: int, *, day: date | None = None) -> list[Bond]:
    """This function will give what others are to this person; on a day, those that hold then."""
    mine = same_ids(pk)
    rows = Tie.objects.filter(Q(from_person__in=mine) | Q(to_person__in=mine))
    if day is not None:
        rows = rows.filter(held_on(day))
    ties = list(rows)
    others = {t.pk: t.to_person_id if t.from_person_id in mine else t.from_person_id for t in ties}
    known = briefs(set(others.values()))
    bonds = []
    for tie in ties:
        word, label = _said(tie, mine)
        other = known[others[tie.pk]]
        bonds.append(Bond(tie.pk, other, word, label, tie.since_date, tie.until_date))
    return sorted(bonds, key=lambda b: (b.until_date is not None, b.id))


def kept_for_absorbed() -> dict[int, int]:
    """This function will give, for each absorbed entry, the one that is kept for her."""
    rows = Person.objects.filter(merged_into__isnull=False).order_by()
    above = {pk: into for pk, into in rows.values_list("pk", "merged_into_id") if into}
    kept = {}
    for pk in above:
        seen, at = {pk}, above[pk]
        while at in above and above[at] not in seen:
            seen.add(at)
            at = above[at]
        kept[pk] = at
    return kept


def identities(persons: Iterable[int]) -> frozenset[Hashable]:
    """This function will say who people are as every measure names them, each of them once."""
    kept = kept_for_absorbed()
    return frozenset(("person", kept.get(pk, pk)) for pk in persons)


def grouped(persons: Iterable[int]) -> dict[int, frozenset[int]]:
    """This function will give, for each person, every entry that is her."""
    return same_ids_of(list(persons))


def heads_of_households(day: date) -> list[int]:
    """This function will give who stands first in each household on `day`, living, by entry."""
    rows = HouseholdMember.objects.filter(
        held_on(day), role=MemberRole.REFERENCE, person__death_date__isnull=True
    )
    return list(rows.order_by("pk").values_list("person_id", flat=True))
