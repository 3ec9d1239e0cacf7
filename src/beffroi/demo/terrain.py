"""A year in the street: outings, contacts, kits, faults and cleaned walls; all invented."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.fieldwork import queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import (
    ContactKind,
    FaultKind,
    Method,
    Orientation,
    OutingKind,
    Owner,
    Source,
    Theme,
)
from beffroi.acts.fieldwork.services import (
    AreaDraft,
    ContactDraft,
    KitLine,
    PastOuting,
    SightDraft,
    SurfaceDraft,
    Work,
)
from beffroi.core.actors import Actor, system_actor

_HOUSE = system_actor("démonstration")
_WEEKS = 46


@dataclass(frozen=True)
class _Area:
    """Where a team goes out each week, and how many contacts it makes."""

    name: str
    team: str
    kind: str
    weekdays: tuple[int, ...]
    start: time
    hours: float
    contacts: int
    lines: tuple[str, ...]
    actions: tuple[str, ...]
    spots: tuple[str, ...]


_AREAS = (
    _Area("Centre-ville", "street_work", OutingKind.STREET, (1, 3), time(14), 3, 7, ("9",), ("3.2.03",), ("Grand-Place", "Gare", "Parc du Beffroi", "Place Nervienne")),
    _Area("Jemappes et Flénu", "street_work", OutingKind.STREET, (2,), time(15), 2.5, 5, ("9",), ("3.2.03",), ("Place de Jemappes", "Cité", "Halage")),
    _Area("Espace Synapse", "prevention", OutingKind.DRUGS, (0, 2, 4), time(13), 3, 4, ("7",), ("3.1.07",), ("Comptoir", "Sortie mobile")),
    _Area("Gardiens du centre", "prevention", OutingKind.GUARDIANS, (0, 3), time(7, 45), 1, 3, ("4",), ("2.8.02",), ("Rue de Nimy", "Boulevard Dolez")),
    _Area("Cellule Tags", "tags", OutingKind.SURFACES, (), time(8), 0, 0, ("5",), ("2.8.03",), ()),
)  # fmt: skip
_STREETS = ("Rue de Nimy", "Rue d’Havré", "Rue des Capucins", "Rue de la Clef", "Avenue Jean d’Avesnes", "Rue Lamir", "Chaussée de Binche", "Rue du Hautbois")  # fmt: skip


def load_terrain(now: datetime) -> int:
    """This function will write the year of the street once, and say how many areas it holds."""
    if queries.is_begun() or not all(accounts.team_by_key(one.team) for one in _AREAS):
        return len(_AREAS)
    chance = random.Random(23)  # noqa: S311 — nothing here is secret
    today = timezone.localdate(now)
    begins = today - timedelta(weeks=_WEEKS)
    by = _worker(today)
    kits = [
        fieldwork.add_kit_kind(
            team="prevention", name=name, needles=needles, by=_HOUSE, at=_moment(begins, time(8))
        )
        for name, needles in (("Kit stérile", 2), ("Seringue 1 ml", 1), ("Conteneur", 0))
    ]
    made: dict[str, Any] = {}
    for plan in _AREAS:
        area = made[plan.name] = _area(plan, begins)
        outings = list(_outings(plan, area, chance, begins, today, kits))
        fieldwork.record_outings(area=area.pk, outings=outings, by=by, at=now)
    _faults(made["Gardiens du centre"], chance, begins, today, by)
    _walls(made["Cellule Tags"], chance, begins, today, by)
    return len(_AREAS)


def _worker(today: date) -> Actor:
    known = accounts.is_known("prevention")
    return accounts.actor_named("prevention", today) if known else _HOUSE


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _mark(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _area(plan: _Area, begins: date) -> Any:
    draft = AreaDraft(plan.name, plan.kind, begins, lines=plan.lines, actions=plan.actions)
    at = _moment(begins, time(8))
    made = fieldwork.create_area(draft=draft, team=plan.team, by=_HOUSE, at=at)
    for name in plan.spots:
        fieldwork.add_spot(area=made.pk, name=name, by=_HOUSE, at=at)
    return made


def _outings(
    plan: _Area, area: Any, chance: random.Random, begins: date, today: date, kits: list[Any]
) -> Iterable[PastOuting]:
    spots = [one.pk for one in area.spots.all()]
    for days in range((today - begins).days):
        day = begins + timedelta(days=days)
        if day.weekday() not in plan.weekdays or chance.random() < 0.06:
            continue
        starts = _moment(day, plan.start)
        minutes = int(plan.hours * 60)
        contacts = tuple(
            _contact(plan, spots, chance, starts + timedelta(minutes=chance.randint(5, minutes)), kits)
            for _n in range(max(1, plan.contacts + chance.randint(-2, 3)))
        )  # fmt: skip
        yield PastOuting(_mark(chance), starts, starts + timedelta(minutes=minutes), contacts)


def _contact(
    plan: _Area, spots: list[int], chance: random.Random, met_at: datetime, kits: list[Any]
) -> ContactDraft:
    given: dict[str, Any] = {"kind": ContactKind.TALK, "people": chance.choice((1, 1, 2, 2, 3, 5))}
    if plan.kind == OutingKind.DRUGS:
        given["people"] = 1
        out, back = chance.randint(1, 6), chance.randint(0, 11)
        given["kits"] = (KitLine(kits[0].pk, out, 0), KitLine(kits[1].pk, 0, back))
        if chance.random() < 0.6:
            given["code"] = f"DEMO{chance.randint(1, 42):04d}"
    elif plan.kind == OutingKind.GUARDIANS:
        given |= {"kind": ContactKind.CROSSING, "people": chance.randint(5, 30)}
    elif chance.random() < 0.3:
        given["orientation"] = chance.choice((Orientation.CPAS, Orientation.HOUSING, Orientation.HEALTH))  # fmt: skip
        given["is_refused"] = chance.random() < 0.2
    themes = tuple(sorted(chance.sample(Theme.values, 2))) if chance.random() < 0.5 else ()
    if chance.random() < 0.4:
        given["men"] = chance.randint(0, given["people"])
    return ContactDraft(_mark(chance), 0, met_at, spot=chance.choice(spots), themes=themes, **given)


def _faults(area: Any, chance: random.Random, begins: date, today: date, by: Actor) -> None:
    kinds = [kind for kind in FaultKind.values if kind != FaultKind.OTHER]
    for n in range(24):
        day = begins + timedelta(days=chance.randint(0, (today - begins).days - 12))
        draft = SightDraft(
            _mark(chance), area.pk, chance.choice(kinds), _moment(day, time(15)),
            place=f"{chance.choice(_STREETS)} {n * 3 + 1}",
        )  # fmt: skip
        at = _moment(day, time(16))
        fieldwork.observe(draft=draft, by=by, at=at)
        seen = queries.observation_marked(draft.mark)
        if chance.random() < 0.8:
            fieldwork.send_observation(observation=seen, to="Service voirie", by=by, at=at)
        if chance.random() < 0.6:
            on = day + timedelta(days=chance.randint(1, 10))
            fieldwork.mend_observation(observation=seen, on=on, by=by, at=_moment(on, time(10)))


def _walls(area: Any, chance: random.Random, begins: date, today: date, by: Actor) -> None:
    """About 2,500 m² a year, a third of it on private walls; a few wait."""
    for n in range(100):
        day = begins + timedelta(days=chance.randint(0, (today - begins).days - 10))
        private, at = chance.random() < 0.35, _moment(day, time(9))
        draft = SurfaceDraft(
            _mark(chance), area.pk, f"{chance.choice(_STREETS)} {n + 2}",
            Owner.PRIVATE if private else Owner.PUBLIC, day,
            source=chance.choice(Source.values), is_urgent=chance.random() < 0.08,
        )  # fmt: skip
        wall = fieldwork.ask_surface(draft=draft, by=by, at=at)
        given: dict[str, Any] = {"surface": wall.pk, "by": by}
        if private and n % 9:
            fieldwork.settle_consent(
                is_given=True, who="Propriétaire", on=day, proof="Formulaire signé", at=at, **given
            )
        if (private and not n % 9) or n % 17 == 5:
            continue
        done = day + timedelta(days=chance.randint(1, 8))
        metres = Decimal(chance.randint(300, 4800)) / 100
        work = Work(done, chance.choice(Method.values), metres)
        fieldwork.finish_surface(work=work, at=_moment(done, time(15)), **given)
