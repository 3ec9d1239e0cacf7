"""How much two entries look like one person, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from beffroi.people.models import Contact, Identifier, Person, PersonName
from beffroi.people.names import closeness, sound, words
from beffroi.people.search import near_by_name

#: From here on, two entries are shown to an agent as possibly one person.
WORTH_SHOWING = 0.72
#: More entries than this under one number or day are no duplicates, but a default value.
_CROWD = 200


def reason_words() -> dict[str, str]:
    """This function will give each reason in words for an agent."""
    return {
        "same_number": _("même numéro en cours"),
        "same_birth": _("même date de naissance"),
        "turned_birth": _("jour et mois de naissance inversés"),
        "same_year": _("même année de naissance"),
        "same_name": _("même nom"),
        "close_name": _("noms très proches"),
        "same_contact": _("même téléphone ou courriel"),
    }


@dataclass(frozen=True)
class Entry:
    """What is compared of a person."""

    pk: int
    names: tuple[frozenset[str], ...]
    birth: date | None
    exact: bool
    numbers: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """Two entries, the smaller key first, with how much they look alike and why."""

    first: int
    second: int
    score: float
    reasons: tuple[str, ...]


def entries(persons: Iterable[Person]) -> list[Entry]:
    """This function will gather what is compared of these persons, in four queries at most."""
    rows = list(persons)
    keys = [row.pk for row in rows]
    names: dict[int, list[frozenset[str]]] = defaultdict(list)
    numbers: dict[int, set[str]] = defaultdict(set)
    contacts: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        names[row.pk].append(frozenset(words(f"{row.last_name} {row.first_name}")))
    for other in PersonName.objects.filter(person__in=keys):
        names[other.person_id].append(frozenset(words(f"{other.last_name} {other.first_name}")))
    for number in Identifier.objects.filter(person__in=keys, until_date__isnull=True):
        numbers[number.person_id].add(f"{number.kind}:{number.value}")
    for contact in Contact.objects.filter(person__in=keys):
        contacts[contact.person_id].add(contact.compact)
    return [
        Entry(
            row.pk, tuple(dict.fromkeys(names[row.pk])), row.birth_date,
            row.birth_precision == "day", frozenset(numbers[row.pk]), frozenset(contacts[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _names_alike(one: Entry, other: Entry) -> float:
    return max(_alike(a, b) for a in one.names for b in other.names)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Each word of the shorter name against the nearest of the longer, whatever their order."""
    few, many = sorted((one, other), key=len)
    if not few:
        return 0.0
    if few == many:
        return 1.0
    near = [max(closeness(a, b) for b in many) for a in few]
    # A last name alone is close to half the town: what one name lacks counts against.
    return min(near) * (0.6 + 0.4 * len(few) / len(many))


def _births_alike(one: Entry, other: Entry) -> tuple[float, str]:
    if one.birth is None or other.birth is None:
        return 0.5, ""
    if one.birth == other.birth:
        return (1.0, "same_birth") if one.exact and other.exact else (0.75, "same_year")
    if one.birth.year == other.birth.year:
        if (one.birth.month, one.birth.day) == (other.birth.day, other.birth.month):
            return 0.9, "turned_birth"
        return (0.7, "same_year") if not (one.exact and other.exact) else (0.2, "")
    return 0.0, ""


def likeness(one: Entry, other: Entry) -> Likeness:
    """This function will say how much two entries look like one person, from 0 to 1."""
    first, second = sorted((one.pk, other.pk))
    name, (birth, why) = _names_alike(one, other), _births_alike(one, other)
    reasons = [why] if why else []
    if name >= 0.999:
        reasons.insert(0, "same_name")
    elif name >= 0.8:
        reasons.insert(0, "close_name")
    score = 0.0 if name < 0.7 or birth == 0.0 else 0.62 * name + 0.38 * birth
    if one.contacts & other.contacts:
        reasons.append("same_contact")
        if name >= 0.7:
            score = min(1.0, score + 0.15) if score else 0.6
    if one.numbers & other.numbers:
        reasons.insert(0, "same_number")
        score = 1.0
    return Likeness(first, second, round(score, 3), tuple(reasons))


def _living() -> Q:
    return Q(merged_into__isnull=True, anonymised_at__isnull=True)


def candidates_for(person: Person) -> list[Person]:
    """This function will give the entries worth comparing with this one, by plain indexes."""
    numbers = Identifier.objects.filter(person=person, until_date__isnull=True)
    contacts = Contact.objects.filter(person=person).values("compact")
    same = Q(pk__in=Contact.objects.filter(compact__in=contacts).values("person"))
    for number in numbers:
        held = Identifier.objects.filter(
            kind=number.kind, value=number.value, until_date__isnull=True
        )
        same |= Q(pk__in=held.values("person"))
    if person.birth_date:
        same |= Q(birth_date__in=_near_days(person.birth_date))
    rows = list(Person.objects.filter(_living() & same).exclude(pk=person.pk)[:_CROWD])
    known = {row.pk for row in rows}
    by_name = Person.objects.filter(_living(), pk__in=near_by_name(str(person))).exclude(
        pk=person.pk
    )
    return rows + [row for row in by_name if row.pk not in known]


def _near_days(birth: date) -> list[date]:
    days = [birth, birth.replace(month=1, day=1), birth.replace(day=1)]
    if birth.day <= 12:
        days.append(birth.replace(month=birth.day, day=birth.month))
    return days


def blocks() -> Iterator[list[int]]:
    """This function will give the groups of entries worth comparing in the whole house.

    The same day of birth (also turned round), the same open number, the same contact, and,
    where a birth is unknown, the same name as it sounds.
    """
    days: dict[tuple[int, ...], list[int]] = defaultdict(list)
    heard: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    rows = Person.objects.filter(_living()).values_list(
        "pk", "birth_date", "last_name", "first_name"
    )
    for pk, birth, last, first in rows.iterator(chunk_size=5_000):
        if birth is not None:
            days[(birth.year, *sorted((birth.month, birth.day)))].append(pk)
        name = " ".join(sorted(sound(word) for word in words(f"{last} {first}")))
        heard[name].append((pk, birth is None))
    numbers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    open_ = Identifier.objects.filter(until_date__isnull=True)
    for pk, kind, value in open_.values_list("person_id", "kind", "value").iterator():
        numbers[(kind, value)].append(pk)
    for pk, value in Contact.objects.values_list("person_id", "compact").iterator():
        numbers[(value,)].append(pk)
    for group in (*days.values(), *numbers.values()):
        if 1 < len(group) <= _CROWD:
            yield group
    for pairs in heard.values():
        if 1 < len(pairs) <= _CROWD and any(unknown for _pk, unknown in pairs):
            yield [pk for pk, _unknown in pairs]


def compared(groups: Iterable[list[int]], at_once: int = 5_000) -> Iterator[Likeness]:
    """This function will give the pairs of these groups that are worth showing, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[list[int]] = []
    for group in groups:
        waiting.append(group)
        if sum(map(len, waiting)) >= at_once:
            yield from _compare(waiting, seen)
            waiting = []
    yield from _compare(waiting, seen)


def _compare(groups: list[list[int]], seen: set[tuple[int, int]]) -> Iterator[Likeness]:
    keys = {pk for group in groups for pk in group}
    known = {e.pk: e for e in entries(Person.objects.filter(_living(), pk__in=keys))}
    for group in groups:
        for a, b in combinations(sorted(set(group) & set(known)), 2):
            if (a, b) in seen:
                continue
            seen.add((a, b))
            found = likeness(known[a], known[b])
            if found.score >= WORTH_SHOWING:
                yield found
