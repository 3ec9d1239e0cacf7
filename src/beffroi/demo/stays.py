"""A winter in a night shelter and a day shelter: some weeks until tonight; all invented."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from beffroi.acts.stays import guest_queries, queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.enums import HouseKind, RefusalReason, Service, Sex
from beffroi.acts.stays.services import Arrival, BedDraft, GuestDraft, HouseDraft
from beffroi.core.actors import system_actor
from beffroi.demo.names import made_up
from beffroi.directory import place_queries

_HOUSE = system_actor("démonstration")
_TEAM = "prevention"
_DAYS = 40
_SHELTER, _DAY_HOUSE = "Abri de nuit", "L’Escale"


def load_stays(now: datetime) -> int:
    """This function will write two houses and their last weeks once, and count the houses."""
    if queries.is_begun():
        return 2
    today = timezone.localdate(now)
    since = date(today.year - 1, 11, 1)
    shelter, days = _houses(since, now)
    chance = random.Random(24)  # noqa: S311 — nothing here is secret
    guests = _guests(chance)
    first = today - timedelta(days=_DAYS)
    content = "\n".join(
        ["house;date;kind;guest;sex;count;dog", *_rows(chance, guests, first, today)]
    )
    stays.load_file(content=content, by=_HOUSE, at=now)
    _tonight(shelter, days, chance, guests, now)
    return 2


def _houses(since: date, now: datetime) -> tuple[int, int]:
    place = place_queries.places().filter(name__icontains="escale").first()
    given: dict[str, Any] = {"team": _TEAM, "since": since, "by": _HOUSE, "at": now}
    shelter = stays.create_house(
        draft=HouseDraft(
            _SHELTER, HouseKind.NIGHT, time(20), time(8), time(22), lines=("3", "11"),
            actions=("2.4.01", "3.5.02"),
        ),
        **given,
    )  # fmt: skip
    days = stays.create_house(
        draft=HouseDraft(
            _DAY_HOUSE, HouseKind.DAY, time(9), time(16), place=place.pk if place else None,
            lines=("3",), actions=("2.4.01",),
        ),
        **given,
    )  # fmt: skip
    for draft in (
        BedDraft(28, "", "Grand dortoir"),
        BedDraft(8, "F", "Dortoir des femmes", Sex.WOMAN),
    ):
        stays.add_beds(house=shelter.pk, draft=draft, since=since, by=_HOUSE, at=now)
    return shelter.pk, days.pk


def _guests(chance: random.Random) -> list[tuple[str, str]]:
    """Some dozens, by a first name and something that tells them apart."""
    signs = ("", " B.", " de Jemappes", " au bonnet", " le grand", " du canal", " 2")
    found: dict[str, tuple[str, str]] = {}
    for one in made_up(90, seed=5):
        alias = f"{one.first_name}{chance.choice(signs)}"
        sex = {"m": Sex.MAN, "f": Sex.WOMAN}.get(one.gender, Sex.UNSAID)
        found.setdefault(guest_queries.fold(alias), (alias, sex))
    return list(found.values())


def _rows(
    chance: random.Random, guests: Sequence[tuple[str, str]], first: date, last: date
) -> list[str]:
    """The lines of the file: nights and visits of each day before the last one."""
    women = [one for one in guests if one[1] == Sex.WOMAN]
    others = [one for one in guests if one[1] != Sex.WOMAN]
    rows = []
    for n in range((last - first).days):
        day = f"{first + timedelta(days=n):%Y-%m-%d}"
        asleep = chance.sample(others, chance.randint(12, 20)) + chance.sample(women, 3)
        for rank, (alias, sex) in enumerate(asleep):
            rows.append(f"{_SHELTER};{day};night;{alias};{sex};;{'1' if rank == 4 else ''}")
        for alias, sex in chance.sample(list(guests), chance.randint(14, 26)):
            rows.append(f"{_DAY_HOUSE};{day};day;{alias};{sex};;")
        rows.append(f"{_DAY_HOUSE};{day};day;;;{chance.randint(0, 5)};")
    return rows


def _tonight(
    shelter: int, days: int, chance: random.Random, guests: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Tonight goes on: some are in, some awaited, one was refused; a word to the next team."""
    night = timezone.localdate(now - timedelta(hours=12))
    today = timezone.localdate(now)
    given: dict[str, Any] = {"house": shelter, "day": night, "by": _HOUSE, "at": now}
    if night == today:
        stays.await_last_night(**given)
    why = "Arrivée notée après le fichier" if night != today else ""
    stays.take_in(
        arrival=Arrival(newcomer=GuestDraft("Oscar aux mitaines", Sex.MAN, has_dog=True)), why=why,
        **given,
    )  # fmt: skip
    stays.refuse(reason=RefusalReason.OTHER, referred_to="Relais social", why=why, **given)
    stays.serve(service=Service.MEAL, delta=14, why=why, **given)
    stays.hand_over(text="La douche du fond goutte : utilisez les deux autres.", **given)
    stays.note_incident(
        severity=2, told="Dispute au dortoir pour une prise.", done="Calmée à deux.", **given
    )
    for alias, _sex in chance.sample(list(guests), 6):
        known = guest_queries.guest_called(queries.team_of(days), alias)
        if known is not None:
            stays.visit(house=days, day=today, guest=known.mark, by=_HOUSE, at=now)
