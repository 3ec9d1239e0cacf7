"""Whom an agent may not open: herself and those close to her, worked out as a whole."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Q

from beffroi.people.enums import StaffLink
from beffroi.people.models import HouseholdMember, Person, StaffPerson, Tie

#: How many ties away somebody is still too close (a parent's parent, a partner's child).
_STEPS = 2

Circles = dict[int, set[int]]
#: From persons to those next to each of them.
Neighbours = Callable[[set[int]], dict[int, set[int]]]


def circles() -> Circles:
    """This function will give, by agent, the persons she may not open.

    Herself, those up to two ties away (ended ties count: a former partner is still close),
    those who share her household now, and those she declared; each with every entry that
    was merged with hers. All agents at once, in a few queries.
    """
    own: Circles = defaultdict(set)
    declared: Circles = defaultdict(set)
    for agent, person, link in StaffPerson.objects.values_list("agent_id", "person_id", "link"):
        (own if link == StaffLink.SELF else declared)[agent].add(person)
    if not own and not declared:
        return {}
    _grow(own, _same)
    reached = {agent: set(persons) for agent, persons in own.items()}
    for _step in range(_STEPS):
        _grow(reached, _tied)
        _grow(reached, _same)
    housed = {agent: set(persons) for agent, persons in own.items()}
    _grow(housed, _housemates)
    together: Circles = defaultdict(set)
    for part in (reached, housed, declared):
        for agent, persons in part.items():
            together[agent] |= persons
    _grow(together, _same)
    return dict(together)


def _grow(found: Circles, neighbours: Neighbours) -> None:
    every = set().union(*found.values()) if found else set()
    if not every:
        return
    near = neighbours(every)
    for persons in found.values():
        persons.update(*(near[pk] for pk in list(persons) if pk in near))


def _pairs(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    return near


def _tied(persons: set[int]) -> dict[int, set[int]]:
    rows = Tie.objects.filter(Q(from_person__in=persons) | Q(to_person__in=persons))
    return _pairs(rows.values_list("from_person_id", "to_person_id"))


def _same(persons: set[int]) -> dict[int, set[int]]:
    """Merged entries, however long the chain."""
    known, step, pairs = set(persons), set(persons), set[tuple[int, int]]()
    while step:
        rows = Person.objects.filter(merged_into__isnull=False).filter(
            Q(pk__in=step) | Q(merged_into__in=step)
        )
        new = {(pk, above) for pk, above in rows.values_list("pk", "merged_into_id") if above}
        pairs |= new
        step = {pk for pair in new for pk in pair} - known
        known |= step
    return _joined(pairs)


def _joined(pairs: set[tuple[int, int]]) -> dict[int, set[int]]:
    """Everybody of a chain is next to everybody else of it."""
    groups: list[set[int]] = []
    for pair in pairs:
        touching = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in touching] + [set(pair).union(*touching)]
    return {pk: group for group in groups for pk in group}


def _housemates(persons: set[int]) -> dict[int, set[int]]:
    own = HouseholdMember.objects.filter(person__in=persons, until_date__isnull=True)
    rows = HouseholdMember.objects.filter(
        until_date__isnull=True, household__in=own.values("household")
    ).values_list("household_id", "person_id")
    by_household: dict[int, set[int]] = defaultdict(set)
    for household, person in rows:
        by_household[household].add(person)
    near: dict[int, set[int]] = defaultdict(set)
    for together in by_household.values():
        for person in together & persons:
            near[person] |= together
    return near
