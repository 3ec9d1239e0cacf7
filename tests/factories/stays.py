"""Houses, beds, guests and nights: each made through the services; and a winter, all invented."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from beffroi.accounts.enums import Role
from beffroi.acts.stays import queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.enums import HouseKind, Sex
from beffroi.acts.stays.models import Guest, House, Opening, Stay
from beffroi.acts.stays.services import Arrival, BedDraft, GuestDraft, HouseDraft
from beffroi.core.actors import Actor, system_actor
from tests.factories.requests import agent, team

#: A Tuesday evening in November: 20.30 in Brussels.
NOW = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
TONIGHT = date(2026, 11, 24)
HOUSE = system_actor("tests")
NIGHT, DAY = HouseKind.NIGHT, HouseKind.DAY
_numbers = count(1)


def keeper(team_key: str = "prevention") -> Actor:
    """Somebody of the team that keeps a house."""
    return agent(Role.PREVENTION_WORKER, team_key)


def leader(team_key: str = "prevention") -> Actor:
    """Who leads the team that keeps a house."""
    return agent(Role.TEAM_LEADER, team_key)


def lead() -> Actor:
    """Who leads the plan, and holds no post in a house."""
    return agent(Role.PCS_LEAD, "pcs")


def draft(**more: Any) -> HouseDraft:
    """What a house is made of."""
    given = {
        "name": f"Abri {next(_numbers)}", "kind": NIGHT, "opens_at": time(20), "closes_at": time(8),
    } | more  # fmt: skip
    return HouseDraft(**given)


def house(beds: int = 3, team_key: str = "prevention", since: date = date(2020, 1, 1),
          **more: Any) -> House:  # fmt: skip
    """A house of a team, open since 2020; a night shelter of three beds unless it is said."""
    team(team_key)
    made = stays.create_house(draft=draft(**more), team=team_key, since=since, by=HOUSE, at=NOW)
    if made.sleeps and beds:
        stays.add_beds(house=made.pk, draft=BedDraft(beds), since=since, by=HOUSE, at=NOW)
    return made


def day_house(**more: Any) -> House:
    """A day shelter."""
    given = {"kind": DAY, "opens_at": time(9), "closes_at": time(16)} | more
    return house(0, **given)


def guest(of: House, alias: str = "", **more: Any) -> Guest:
    """Somebody the team of a house knows by an alias."""
    given = GuestDraft(alias or f"Momo {next(_numbers)}", **more)
    return stays.add_guest(house=of.pk, draft=given, by=HOUSE, at=NOW)


def night(of: House, who: Guest | None = None, day: date = TONIGHT, by: Actor = HOUSE,
          **more: Any) -> Stay:  # fmt: skip
    """A guest taken in for a night; without one, somebody who gave no alias."""
    arrival = Arrival(who.mark if who else None, bed=more.pop("bed", None), with_dog=more.pop("with_dog", None))  # fmt: skip
    given = {"mark": uuid4(), "at": NOW} | more
    return stays.take_in(house=of.pk, day=day, arrival=arrival, by=by, **given)


def tonight(of: House) -> date:
    """The night, or the day, that goes on in a house now."""
    return queries.day_of(of, timezone.now())


def visit(of: House, who: Guest, day: date = TONIGHT, **more: Any) -> Any:
    """A guest who came by day."""
    return stays.visit(house=of.pk, day=day, guest=who.mark, by=HOUSE, at=NOW, **more)


def opening(of: House, day: date = TONIGHT) -> Opening:
    """The night or the day of a house."""
    return Opening.objects.get(house=of, date=day)


def closed(of: House, day: date = TONIGHT) -> Opening:
    """A night or a day, closed."""
    return stays.close_opening(opening=opening(of, day).pk, by=HOUSE, at=NOW)


# --- a winter as it was in one town, with people who never were


@dataclass(frozen=True)
class Row:
    """Somebody, known by an alias, in a house on a date."""

    house: str
    day: date
    is_night: bool
    guest: str
    sex: str


WINTER = (date(2020, 11, 6), date(2021, 3, 31))
SHELTER, DAYS = "Abri de nuit", "L’Escale"
#: Who is known of both houses, by one alias.
IN_BOTH = 97


def winter(nights: int = 2762, men: int = 120, women: int = 26, visits: int = 3203,
           visitors: int = 155) -> list[Row]:  # fmt: skip
    """Every night and every visit of 146 days: the sums are given, the days are drawn."""
    chance = random.Random(20201106)  # noqa: S311 — nothing here is secret
    days = [WINTER[0] + timedelta(days=n) for n in range((WINTER[1] - WINTER[0]).days + 1)]
    sleepers = [(f"Homme {n}", Sex.MAN) for n in range(1, men + 1)]
    sleepers += [(f"Femme {n}", Sex.WOMAN) for n in range(1, women + 1)]
    chance.shuffle(sleepers)
    others = [(f"Passant {n}", Sex.UNSAID) for n in range(1, visitors - IN_BOTH + 1)]
    comers = sleepers[:IN_BOTH] + others
    return _drawn(chance, SHELTER, True, days, sleepers, nights, 28) + _drawn(
        chance, DAYS, False, days, comers, visits, 60
    )


def _drawn(
    chance: random.Random, house: str, is_night: bool, days: list[date],
    people: list[tuple[str, str]], total: int, most: int,
) -> list[Row]:  # fmt: skip
    """Rows of one house: everybody once at least, nobody twice on a day, `total` in all."""
    there: list[set[int]] = [set() for _day in days]
    for one in range(len(people)):
        there[one % len(days)].add(one)
    missing = total - len(people)
    while missing:
        day = there[chance.randrange(len(days))]
        one = min(chance.randrange(len(people)), chance.randrange(len(people)))
        if len(day) < most and one not in day:
            day.add(one)
            missing -= 1
    return [
        Row(house, day, is_night, *people[one])
        for day, held in zip(days, there, strict=True)
        for one in sorted(held)
    ]


def as_csv(rows: list[Row]) -> str:
    """The rows as a file to load."""
    lines = ["house;date;kind;guest;sex"]
    lines += [
        f"{r.house};{r.day:%d/%m/%Y};{'night' if r.is_night else 'day'};{r.guest};{r.sex}"
        for r in rows
    ]
    return "\n".join(lines)


def winter_houses(beds: int = 36) -> tuple[House, House]:
    """The two houses of that winter, each counting to its action of the catalogue."""
    shelter = house(beds, name=SHELTER, lines=("3",), actions=("2.4.01",), since=WINTER[0])
    return shelter, day_house(name=DAYS, lines=("11",), actions=("3.5.02",), since=WINTER[0])
