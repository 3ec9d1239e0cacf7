"""What does not fit together about a person and her household, for the agent to settle.

A checker is a function from a `Case` to the contradictions it sees; each room adds its own
with `register`. Nothing is stored but what an agent explained away.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from beffroi.people.enums import COUPLE, SOCIAL_NUMBERS, AddressKind, MemberRole, TieKind
from beffroi.people.models import (
    Address,
    DismissedContradiction,
    HouseholdMember,
    Identifier,
    Person,
    Tie,
)
from beffroi.people.numbers import hinted_birth_date
from beffroi.people.same import same_ids

#: What lasts from a day to a day.
Lasting = TypeVar("Lasting", Tie, HouseholdMember, Address)
#: Fewest years between a mother or father and a child.
_YOUNGEST_PARENT = 12


@dataclass(frozen=True)
class Contradiction:
    """Two facts that cannot both be true, or a hint (`is_hint`) that one of them is not.

    `others` are the persons its words name: who may not open one of them does not read it.
    """

    key: str
    title: str
    text: str
    is_hint: bool = False
    others: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Case:
    """What is known of a person on a day, merged entries together."""

    person: Person
    ids: frozenset[int]
    today: date
    ties: tuple[Tie, ...]
    members: tuple[HouseholdMember, ...]
    addresses: tuple[Address, ...]
    numbers: tuple[Identifier, ...]

    def other(self, tie: Tie) -> Person:
        """This function will give the other end of one of her ties."""
        return tie.to_person if tie.from_person_id in self.ids else tie.from_person


Checker = Callable[[Case], Iterator[Contradiction]]
_checkers: dict[Checker, str] = {}


def register(checker: Checker, room: str = "people") -> Checker:
    """This function will add a checker, also as a decorator; the same one counts once.

    What another room sees in its own rows is shown on that room’s pages, to whom they are open.
    """
    _checkers.setdefault(checker, room)
    return checker


def case_of(person: Person, today: date) -> Case:
    """This function will gather what the checkers look at, in five queries."""
    ids = same_ids(person.pk)
    ties = Tie.objects.filter(Q(from_person__in=ids) | Q(to_person__in=ids))
    return Case(
        person, ids, today,
        tuple(ties.select_related("from_person", "to_person")),
        tuple(HouseholdMember.objects.filter(person__in=ids).select_related("household")),
        tuple(Address.objects.filter(person__in=ids)),
        tuple(Identifier.objects.filter(person__in=ids)),
    )  # fmt: skip


def contradictions(
    person: Person, today: date, rooms: Collection[str] = ("people",)
) -> list[Contradiction]:
    """This function will list what does not fit about a person, but what was explained away.

    The checkers of these rooms alone are asked.
    """
    case = case_of(person, today)
    explained = set(
        DismissedContradiction.objects.filter(person__in=case.ids).values_list("key", flat=True)
    )
    found = {
        c.key: c for checker, room in _checkers.items() if room in rooms for c in checker(case)
    }
    return [c for key, c in found.items() if key not in explained]


def explained(person: Person) -> list[DismissedContradiction]:
    """This function will give what an agent explained away about a person, and why."""
    return list(DismissedContradiction.objects.filter(person__in=same_ids(person.pk)))


def _overlap(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> bool:
    """Whether two periods share more than the day one ends and the other begins."""
    starts = max(a[0] or date.min, b[0] or date.min)
    ends = min(a[1] or date.max, b[1] or date.max)
    return starts < ends or (starts == ends and (a == b or a[0] == a[1] or b[0] == b[1]))


def _period(row: Tie | HouseholdMember | Address) -> tuple[date | None, date | None]:
    return row.since_date, row.until_date


def _pairs_at_once(rows: Iterable[Lasting]) -> Iterator[tuple[Lasting, Lasting]]:
    for a, b in combinations(sorted(rows, key=lambda row: row.pk), 2):
        if _overlap(_period(a), _period(b)):
            yield a, b


def _day(day: date) -> str:
    return date_format(day, "j F Y")


@register
def parent_and_child(case: Case) -> Iterator[Contradiction]:
    """A child older than her parent, or born when the parent was a child."""
    for tie in case.ties:
        if tie.kind != TieKind.PARENT:
            continue
        parent, child = tie.from_person, tie.to_person
        if parent.birth_date is None or child.birth_date is None:
            continue
        names = {"parent": str(parent), "child": str(child)}
        both = frozenset({parent.pk, child.pk})
        if child.birth_date <= parent.birth_date:
            yield Contradiction(
                f"older_child:{tie.pk}", _("Un enfant plus âgé que son parent"),
                _("%(child)s est né avant %(parent)s, qui est noté comme son parent.") % names,
                others=both,
            )  # fmt: skip
        elif child.birth_date.year - parent.birth_date.year < _YOUNGEST_PARENT:
            yield Contradiction(
                f"young_parent:{tie.pk}", _("Un parent très jeune"),
                _("%(parent)s avait moins de douze ans à la naissance de %(child)s.") % names,
                is_hint=True, others=both,
            )  # fmt: skip
        if parent.death_date and child.birth_date > parent.death_date + timedelta(days=300):
            yield Contradiction(
                f"late_child:{tie.pk}", _("Un enfant né après le décès de son parent"),
                _("%(child)s est né plus de dix mois après le décès de %(parent)s.") % names,
                others=both,
            )  # fmt: skip


@register
def one_couple_at_a_time(case: Case) -> Iterator[Contradiction]:
    """Two spouses, or two partners, over the same days."""
    couples = [tie for tie in case.ties if tie.kind in COUPLE]
    for a, b in _pairs_at_once(couples):
        one, other = case.other(a), case.other(b)
        if one.pk != other.pk and same_ids(one.pk) != same_ids(other.pk):
            yield Contradiction(
                f"two_couples:{a.pk}:{b.pk}", _("Deux conjoints à la fois"),
                _("%(one)s et %(other)s sont notés en couple avec cette personne aux mêmes dates.")
                % {"one": one, "other": other},
                others=frozenset({one.pk, other.pk}),
            )  # fmt: skip


@register
def ties_and_births(case: Case) -> Iterator[Contradiction]:
    """A tie that begins before one of the two was born."""
    for tie in case.ties:
        born = [p.birth_date for p in (tie.from_person, tie.to_person) if p.birth_date]
        if tie.since_date and born and tie.kind in COUPLE and tie.since_date < max(born):
            yield Contradiction(
                f"early_tie:{tie.pk}", _("Un couple avant la naissance"),
                _("Le lien avec %(other)s commence avant la naissance de l’un des deux.")
                % {"other": case.other(tie)},
                others=frozenset({case.other(tie).pk}),
            )  # fmt: skip


@register
def one_household_at_a_time(case: Case) -> Iterator[Contradiction]:
    """Two households at once, unless she is a child who lives with each parent in turn."""
    for a, b in _pairs_at_once(case.members):
        shared = a.role == b.role == MemberRole.SHARED_CHILD
        if a.household_id != b.household_id and not shared:
            yield Contradiction(
                f"two_households:{a.pk}:{b.pk}", _("Deux ménages à la fois"),
                _("Elle est notée dans les ménages %(one)s et %(other)s aux mêmes dates.")
                % {"one": a.household.reference, "other": b.household.reference},
            )  # fmt: skip


@register
def one_address_of_a_kind(case: Case) -> Iterator[Contradiction]:
    """Two main addresses over the same days; what they are is not said here."""
    for kind in (AddressKind.MAIN, AddressKind.REFERENCE):
        for a, b in _pairs_at_once([row for row in case.addresses if row.kind == kind]):
            yield Contradiction(
                f"two_addresses:{a.pk}:{b.pk}", _("Deux adresses à la fois"),
                _("Deux adresses de nature « %(kind)s » se recouvrent.") % {"kind": kind.label},
            )  # fmt: skip


@register
def number_and_birth(case: Case) -> Iterator[Contradiction]:
    """A social number that seems to tell another birth date: a hint, never a proof."""
    birth = case.person.birth_date
    for number in case.numbers:
        if number.kind not in SOCIAL_NUMBERS or birth is None or number.until_date:
            continue
        told = hinted_birth_date(number.value)
        if told and case.person.birth_precision == "day" and told != birth:
            yield Contradiction(
                f"number_birth:{number.pk}:{birth.isoformat()}",
                _("Le numéro semble dire une autre date de naissance"),
                _("Le numéro ferait penser au %(told)s ; la date notée est le %(birth)s. Un numéro "
                  "ne prouve pas une date : vérifiez sur un document.")
                % {"told": _day(told), "birth": _day(birth)},
                is_hint=True,
            )  # fmt: skip


@register
def after_death(case: Case) -> Iterator[Contradiction]:
    """Somebody deceased who still has an open address, household or representative."""
    if not case.person.is_deceased:
        return
    if any(row.until_date is None for row in case.addresses):
        yield Contradiction(
            "dead_address", _("Une adresse en cours après le décès"),
            _("La personne est décédée et une de ses adresses n’a pas de fin."),
        )  # fmt: skip
    if any(row.until_date is None for row in case.members):
        yield Contradiction(
            "dead_member", _("Dans un ménage après le décès"),
            _("La personne est décédée et fait encore partie d’un ménage."),
        )  # fmt: skip


@register
def before_birth(case: Case) -> Iterator[Contradiction]:
    """An address or a household that begins before she was born."""
    birth = case.person.birth_date
    if birth is None:
        return
    rows: list[Address | HouseholdMember] = [*case.addresses, *case.members]
    if any(row.since_date and row.since_date < birth for row in rows):
        yield Contradiction(
            f"before_birth:{birth.isoformat()}", _("Une adresse ou un ménage avant la naissance"),
            _("Une adresse ou un ménage commence avant sa date de naissance."),
        )  # fmt: skip
