"""A year of social files: the fictional people ask, are visited, decided upon, written to and paid.

Everything goes through the services, in the order of the days it happened. Accounts are of bank
999, which no bank has; registered letters bear numbers that no post office gave.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import files_visible_to
from beffroi.demo import finance, sittings, walk
from beffroi.demo.other_aids import HOW_MANY
from beffroi.demo.situations import BY_HOME, Situation
from beffroi.demo.staff import Staff, add_colleagues
from beffroi.demo.stage import Case, Stage
from beffroi.demo.stories import named_stories
from beffroi.demo.timeline import Timeline, working_moment
from beffroi.documents.letters import services as letters
from beffroi.people import queries as people
from beffroi.people.queries import Brief, Member

_HEADS = 120
_URGENT = (
    ("180.00", "Nourriture et couches pour une semaine"),
    ("95.00", "Un plein de gaz pour finir le mois"),
    ("240.00", "Trois nuits d’hôtel après un incendie"),
    ("120.00", "Médicaments et nourriture jusqu’à vendredi"),
    ("150.00", "Nourriture : sans ressources depuis deux jours"),
)


def load_files(now: datetime) -> int:
    """This function will play the year once, and say how many files there are."""
    if not queries.count_files():
        with transaction.atomic(), letters.printed_later():
            _play(now)
    return queries.count_files()


def _play(now: datetime) -> None:
    add_colleagues(now)
    finance.open_books(working_moment(timezone.localdate(now) - timedelta(days=360), 9))
    stage = Stage(now, Staff(now), Timeline(now))
    for story in (*sittings.calendar(stage), *finance.months(stage)):
        stage.timeline.add(story)
    for story in (*named_stories(stage), *_everybody(stage), *_urgent_ones(stage)):
        stage.timeline.add(story)
    stage.timeline.play()
    _openings(stage)
    _recovery(stage)
    finance.refunds(stage)
    finance.draft(stage)


def _everybody(stage: Stage) -> Iterator[Iterator[datetime]]:
    """One application for a living income in most households, and other aids in some."""
    chance = random.Random(1_976)  # noqa: S311 — nothing here is secret
    today = timezone.localdate(stage.now)
    heads = [
        one for pk in people.heads_of_households(today)
        if (one := people.brief(pk)) and (one.age_on(today) or 0) >= 18
    ][:_HEADS]  # fmt: skip
    for rank, head in enumerate(heads):
        home = people.members_on(head.id, today)
        lives = _situation(head, home, chance)
        mate = next((m.person for m in home if m.role in ("partner", "parent")), None)
        asked_at = _asked_at(stage.now, rank, len(heads), chance)
        case = Case(
            head, "general_aid", stage.staff.hand("general_aid", rank, head.id), "living_income",
            asked_at, stops=_stops(rank, asked_at, stage.now), slow=9 if rank % 13 == 5 else 0,
            mate=mate,
        )  # fmt: skip
        yield walk.living_income(stage, case, lives)
    yield from _besides(stage, heads, chance)


def _situation(head: Brief, home: list[Member], chance: random.Random) -> Situation:
    parts = {m.role for m in home if m.person.id != head.id}
    key = "together" if parts & {"partner", "parent"} else "children" if parts else "alone"
    return chance.choice(BY_HOME[key])


def _asked_at(now: datetime, rank: int, count: int, chance: random.Random) -> datetime:
    """A third asked in the last six weeks, the others before, over a year."""
    days = chance.randrange(0, 42) if rank % 3 == 0 else chance.randrange(42, 335)
    day = timezone.localdate(now) - timedelta(days=days)
    moment = working_moment(day, chance.choice((8.5, 9.25, 10.5, 11.75, 13.5, 14.25)))
    return min(moment, now - timedelta(hours=1 + rank % 5))


def _stops(rank: int, asked_at: datetime, now: datetime) -> str:
    """Where a case stands still though time goes on: some of each, as in life."""
    days = (now - asked_at).days
    if days < 3 and rank % 2:
        return "free"
    if rank % 19 == 7:
        return "withdrawn"
    if rank % 12 in (3, 9) and days < 60:
        return "waits"
    if rank % 7 == 1 and days < 16:
        return "proposed"
    if rank % 5 == 1 and days < 45:
        return "unsent"
    return ""


def _besides(stage: Stage, heads: list[Brief], chance: random.Random) -> Iterator[Any]:
    rank = 0
    for team, kind, count in HOW_MANY:
        for _n in range(count):
            rank += 1
            head = heads[(rank * 7) % len(heads)]
            asked_at = _asked_at(stage.now, rank, len(heads), chance)
            case = Case(head, team, stage.staff.hand(team, rank, head.id), kind, asked_at,
                        stops=_stops(rank, asked_at, stage.now))  # fmt: skip
            yield walk.other_aid(stage, case)


def _urgent_ones(stage: Stage) -> Iterator[Iterator[datetime]]:
    today = timezone.localdate(stage.now)
    heads = people.heads_of_households(today)
    for rank, (amount, purpose) in enumerate(_URGENT):
        head = people.brief(heads[11 + rank * 9])
        day = today - timedelta(days=(150, 96, 61, 12, 2)[rank])
        if head is None:
            continue
        worker = stage.staff.hand("general_aid", rank, head.id)
        case = Case(head, "general_aid", worker, "urgent_aid", working_moment(day, 9.5))
        yield walk.urgent(stage, case, amount, purpose)


def _openings(stage: Stage) -> None:
    """Two files of colleagues were opened at the counter: the leader has not seen it yet."""
    by = stage.staff["assistante"]
    for rank, number in enumerate(queries.out_of_caseload(files_visible_to(by), int(by.ref), 2)):
        casework.open_out_of_caseload(
            number=number, by=by, at=stage.now - timedelta(hours=3 + 20 * rank),
            reason=("La personne est au guichet et sa collègue est en congé.",
                    "Appel de l’hôpital : il faut son numéro de mutuelle.")[rank],
        )  # fmt: skip


def _recovery(stage: Stage) -> None:
    grant = queries.oldest_running_grant("living_income")
    if grant is not None:
        finance.recovery(
            stage, {"person_ref": grant.file.person.reference, "subject_ref": grant.file.number,
                    "owner_ref": grant.decision.number},
        )  # fmt: skip
