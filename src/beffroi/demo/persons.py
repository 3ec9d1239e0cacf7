"""Three hundred fictional people in their households, entered as agents would enter them.

Names come by chance (always the same), numbers are valid and can belong to nobody (see
`people.fiction`), streets exist nowhere. Some things are as untidy as in life: a person
entered twice, a child in two households, a number that tells another date.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.core.actors import Actor
from beffroi.demo.name_lists import MEN, WOMEN
from beffroi.demo.names import last_names
from beffroi.people import queries
from beffroi.people import services as people
from beffroi.people.enums import MemberRole, Source
from beffroi.people.fiction import fictional_bis, fictional_niss
from beffroi.people.services import AddressDraft, Entry, Identity, RepresentativeDraft

WANTED = 300
_STREETS = (
    "Rue du Beffroi fictif", "Rue des Trois Pignons", "Avenue du Terril Vert", "Place du Vieux Lavoir",
    "Chemin de la Machine à Eau", "Rue du Puits Sans Fond", "Rue de l’Épinoche", "Impasse du Doudou",
    "Cité du Bois Brûlé", "Rue des Porions", "Quai de la Trouille", "Rue du Chat Perché",
)  # fmt: skip
_TOWNS = (
    ("7000", "Mons", 10), ("7012", "Jemappes", 6), ("7033", "Cuesmes", 4), ("7011", "Ghlin", 3),
    ("7021", "Havré", 2), ("7030", "Saint-Symphorien", 1), ("7034", "Obourg", 1), ("7022", "Hyon", 2),
)  # fmt: skip
_ORIGINS = (
    ("BE", "fr", 60), ("IT", "it", 8), ("MA", "ar", 8), ("TR", "tr", 5), ("FR", "fr", 5),
    ("RO", "ro", 3), ("UA", "uk", 4), ("CD", "fr", 4), ("SY", "ar", 3),
)  # fmt: skip
#: Shapes of households: the parts, and how often they come.
_SHAPES = (
    (("reference",), 42),
    (("reference", "partner"), 10),
    (("reference", "partner", "child"), 9),
    (("reference", "partner", "child", "child"), 10),
    (("reference", "child"), 12),
    (("reference", "child", "child"), 9),
    (("reference", "child", "child", "child"), 4),
    (("reference", "parent"), 4),
)


@dataclass
class Made:
    """Somebody of the demo, once entered."""

    reference: str
    identity: Identity
    part: str
    niss: str


@dataclass
class Home:
    """A household of the demo, once entered."""

    reference: str
    members: list[Made] = field(default_factory=list)
    street: str = ""


class Town:
    """Makes households one after the other, always the same for a day."""

    def __init__(self, by: Actor, now: datetime) -> None:
        self.chance = random.Random(1_905)  # noqa: S311 — nothing here is secret
        self.by, self.now, self.today = by, now, timezone.localdate(now)
        self.last = last_names(140, random.Random(3))  # noqa: S311
        self.used: set[str] = set()
        self.homes: list[Home] = []

    @property
    def people(self) -> list[Made]:
        return [one for home in self.homes for one in home.members]

    def at(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)

    def fill(self) -> None:
        """This method enters households until there are enough people."""
        shapes, weights = zip(*_SHAPES, strict=True)
        while (left := WANTED - len(self.people)) > 0:
            parts = self.chance.choices(shapes, weights)[0]
            self.homes.append(self._home(parts[:left]))

    def _home(self, parts: tuple[str, ...]) -> Home:
        days = self.chance.randrange(20, 900)
        name, origin = self._last_name(), self._origin()
        since = self.today - timedelta(days=days + self.chance.randrange(4_000))
        street = f"{self.chance.choice(_STREETS)} {self.chance.randrange(1, 140)}"
        towns = [(code, town) for code, town, weight in _TOWNS for _n in range(weight)]
        code, town = self.chance.choice(towns)
        home = Home("", street=street)
        for part in parts:
            grown = "child" in parts and part in ("reference", "partner")
            identity = self._identity("grown" if grown else part, name, origin[0])
            place = AddressDraft(locality=town, street=street, postal_code=code)
            home.members.append(self._enter(identity, part, place, days, since))
        self._gather(home, since, days)
        self._languages(home, origin[1], days)
        return home

    def _last_name(self) -> str:
        return self.chance.choice(self.last)

    def _origin(self) -> tuple[str, str]:
        kinds = [(country, lang) for country, lang, weight in _ORIGINS for _n in range(weight)]
        return self.chance.choice(kinds)

    def _identity(self, part: str, family: str, country: str) -> Identity:
        years = {"child": (3, 15), "grown": (35, 58), "parent": (78, 92)}.get(part, (19, 66))
        birth = self._birth(*years)
        woman = self.chance.random() < 0.52
        own = part in ("partner", "parent") and self.chance.random() < 0.85
        return Identity(
            last_name=self._last_name() if own else family,
            first_name=self.chance.choice(WOMEN if woman else MEN),
            gender="" if self.chance.random() < 0.1 else ("f" if woman else "m"),
            birth_date=birth, nationality=country, lang="fr",
            birth_place="Mons" if country == "BE" else "",
        )  # fmt: skip

    def _birth(self, youngest: int, oldest: int) -> date:
        """A date on which nobody else of the demo was born: its two numbers are free."""
        while True:
            days = self.chance.randrange(youngest * 365 + 5, oldest * 365 + 200)
            birth = self.today - timedelta(days=days)
            if fictional_niss(birth) not in self.used:
                self.used.add(fictional_niss(birth))
                return birth

    def _enter(
        self, identity: Identity, part: str, place: AddressDraft, days: int, since: date
    ) -> Made:
        assert identity.birth_date is not None
        niss = fictional_niss(identity.birth_date)
        phone = f"0470 00 {self.chance.randrange(20, 99)} {self.chance.randrange(10, 99)}"
        reference = people.enter_whole(
            entry=Entry(
                identity, niss=niss, address=place,
                phone=phone if part != "child" and self.chance.random() < 0.8 else "",
                source=Source.EID if self.chance.random() < 0.5 else Source.DECLARED,
            ),
            by=self.by, at=self.at(days),
        )  # fmt: skip
        return Made(reference, identity, part, niss)

    def _gather(self, home: Home, since: date, days: int) -> None:
        """The household and its ties: a partner, children of the first, a parent of the first."""
        first, *others = home.members
        at = self.at(days)
        home.reference = people.open_household(
            reference=first.reference, since=_after(first, since), by=self.by, at=at
        )
        for other in others:
            people.join_household(
                household=home.reference, reference=other.reference, role=other.part,
                since=_after(other, since), by=self.by, at=at,
            )  # fmt: skip
            word = {"partner": "spouse", "child": "child", "parent": "parent"}[other.part]
            people.add_tie(
                reference=first.reference, other=other.reference, word=word, by=self.by, at=at
            )

    def _languages(self, home: Home, lang: str, days: int) -> None:
        first = home.members[0]
        if lang != "fr":
            needs = self.chance.random() < 0.4
            people.set_languages(
                reference=first.reference, by=self.by, at=self.at(days),
                languages={lang: ("mother", needs), "fr": ("some" if needs else "fluent", False)},
            )  # fmt: skip


def _after(one: Made, since: date) -> date:
    """Nobody belongs to a household before she is born."""
    assert one.identity.birth_date is not None
    return max(since, one.identity.birth_date)


def _adults(town: Town) -> Iterator[Made]:
    return (one for one in town.people if one.part in ("reference", "partner"))


def _untidy(town: Town) -> None:
    """What makes the screens of contradictions and duplicates worth a look."""
    by, at = town.by, town.at(5)
    adults = list(_adults(town))
    for one, spelled in ((adults[7], "misheard"), (adults[31], "turned"), (adults[58], "number")):
        last, first = one.identity.last_name, one.identity.first_name
        if spelled == "turned":
            last, first = first, last
        elif spelled == "misheard":
            last = last.replace("s", "ss", 1) if "s" in last else f"{last}s"
        people.enter_whole(
            entry=Entry(
                Identity(last, first, birth_date=one.identity.birth_date),
                niss=one.niss if spelled == "number" else "",
            ),
            by=by, at=at,
        )  # fmt: skip
    child = next(one for one in town.people if one.part == "child")
    elsewhere = town.homes[-1]
    people.join_household(
        household=elsewhere.reference, reference=child.reference, role=MemberRole.CHILD,
        since=at.date(), by=by, at=at,
    )  # fmt: skip
    people.note_death(reference=adults[44].reference, on=at.date(), by=by, at=at)


def _protected(town: Town) -> None:
    """Addresses that must not be found, kept by the social worker who follows the person."""
    worker = accounts.actor_named("assistante", town.today)
    for one in list(_adults(town))[12:40:13]:
        people.add_address(
            reference=one.reference, by=worker, at=town.at(3), since=town.at(3).date(),
            draft=AddressDraft(locality="Mons", street="Maison d’accueil, rue tenue secrète 1",
                               postal_code="7000"),
            seal_reason="Violences : l’ancien partenaire la cherche.",
        )  # fmt: skip
        people.add_address(
            reference=one.reference, by=worker, at=town.at(3),
            draft=AddressDraft(locality="Mons", street="Rue de Bouzanton 1", care_of="le CPAS",
                               postal_code="7000", kind="correspondence"),
        )  # fmt: skip


def _rights(town: Town) -> None:
    by, at = town.by, town.at(10)
    adults = list(_adults(town))
    for one in adults[3:60:9]:
        people.give_consent(
            reference=one.reference, purpose="email", given=at.date(), proof="signed", by=by, at=at
        )
    for one in adults[5:80:25]:
        people.add_representative(
            reference=one.reference, by=by, at=at,
            draft=RepresentativeDraft(
                kind="administrator", scope="goods", name="Maître Ursule Fictif",
                phone="065 00 00 01", since=at.date(),
            ),
        )  # fmt: skip
    for one in adults[2:120:17]:
        people.set_civil_status(reference=one.reference, status="single", since=None, by=by, at=at)
    newcomer = next(one for one in adults if one.identity.nationality == "UA")
    assert newcomer.identity.birth_date is not None
    people.add_identifier(
        reference=newcomer.reference, kind="bis", by=by, at=at,
        value=fictional_bis(newcomer.identity.birth_date), until=at.date(), source=Source.DOCUMENT,
    )  # fmt: skip


def _staff(town: Town) -> None:
    """The social worker has a sister among the people: neither page opens for her."""
    one, other = list(_adults(town))[70:72]
    worker = accounts.actor_named("assistante", town.today)
    people.link_staff(agent=int(worker.ref), reference=one.reference, by=worker, at=town.at(9))
    people.add_tie(
        reference=one.reference, other=other.reference, word="sibling", by=town.by, at=town.at(9)
    )


@transaction.atomic
def load_persons(now: datetime) -> int:
    """This function will enter the fictional people, unless they are there, and count them."""
    if queries.holder_of(MARK):
        return WANTED
    by = accounts.actor_named("accueil", timezone.localdate(now))
    town = Town(by, now)
    people.enter_whole(
        entry=Entry(Identity("Baudour", "Lucie", birth_date=_MARKED), niss=MARK), by=by,
        at=town.at(900),
    )  # fmt: skip
    town.fill()
    _untidy(town)
    _protected(town)
    _rights(town)
    _staff(town)
    return WANTED


#: The first person entered, by whose number the demo knows that it was loaded.
_MARKED = date(1979, 2, 3)
MARK = fictional_niss(_MARKED)
