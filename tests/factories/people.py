"""Persons made through the services, each as an agent would enter her."""

from datetime import date, datetime
from itertools import count
from typing import Any

from beffroi.core.actors import Actor, system_actor
from beffroi.people import services as people
from beffroi.people.models import Person
from beffroi.people.services import AddressDraft
from tests.factories.requests import NOW, agent

HOUSE = system_actor("tests")
_numbers = count(1)
#: Last names that no other made-up person comes near to.
_APART = ("Zwartveld", "Quintanilha", "Ibrahimovitch", "Onderdonck", "Yssenbrugge", "Fjeldgaard")


def person(last: str = "", first: str = "Alix", born: date | None = None, **more: Any) -> Person:
    """A person entered by the system."""
    number = next(_numbers)
    last = last or f"{_APART[number % len(_APART)]}{'abcdefghij'[number % 10]}{number}"
    reference = people.add_person(
        last_name=last, first_name=first, birth_date=born, by=HOUSE, at=more.pop("at", NOW), **more
    )
    return Person.objects.get(reference=reference)


def address(
    who: Person,
    street: str = "Rue de la Clé 12",
    town: str = "Mons",
    by: Actor = HOUSE,
    sealed: str = "",
    at: datetime = NOW,
    **more: Any,
) -> int:
    """An address of this person, sealed when a reason is given."""
    dates = {key: more.pop(key) for key in ("since", "until") if key in more}
    return people.add_address(
        reference=who.reference, by=by, at=at, seal_reason=sealed,
        draft=AddressDraft(locality=town, street=street, postal_code="7000", **more), **dates,
    )  # fmt: skip


def household(*members: tuple[Person, str], since: date | None = None) -> str:
    """A household of these persons, the first of whom opens it."""
    (first, role), *others = members
    reference = people.open_household(
        reference=first.reference, role=role, since=since, by=HOUSE, at=NOW
    )
    for other, part in others:
        people.join_household(
            household=reference, reference=other.reference, role=part, since=since, by=HOUSE, at=NOW
        )
    return reference


def tie(one: Person, word: str, other: Person, **more: Any) -> int:
    """`other` is `word` of `one`."""
    return people.add_tie(
        reference=one.reference, other=other.reference, word=word, by=HOUSE, at=NOW, **more
    )


__all__ = ["HOUSE", "NOW", "address", "agent", "household", "person", "tie"]
