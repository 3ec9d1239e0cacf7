"""The sittings of the year: convened in time, held, voted, their decisions recorded."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from beffroi.acts.bodies import services as bodies
from beffroi.casework import services as casework
from beffroi.demo.stage import Stage
from beffroi.demo.timeline import days_after, working_moment

_PLACES = {"csss": "salle du Comité", "conseil": "salle du Conseil"}
#: Days before a sitting that its convocation leaves; the law wants seven clear days.
_NOTICE = 9
#: Most matters of one evening.
_MOST = 30


def calendar(stage: Stage) -> Iterator[Iterator[datetime]]:
    """This function will give the sittings of the year, those convened last still to come."""
    today = timezone.localdate(stage.now)
    for weeks in range(-23, 1):
        yield _sitting(stage, "csss", today + timedelta(days=7 + 14 * weeks))
    for months in range(-11, 1):
        yield _sitting(stage, "conseil", today + timedelta(days=8 + 28 * months))


def _sitting(stage: Stage, body: str, day: date) -> Iterator[datetime]:
    starts_at = working_moment(day, 18)
    yield (at := starts_at - timedelta(days=_NOTICE, hours=7))
    items, stage.ready[body] = stage.ready[body][:_MOST], stage.ready[body][_MOST:]
    if not items:
        return
    director = stage.staff["directrice"]
    row = bodies.plan_sitting(
        body_key=body, starts_at=starts_at, place=_PLACES[body], by=director, at=at
    )
    key: dict[str, Any] = {"sitting": row.reference, "by": director}
    bodies.schedule_items(items=items, at=at, **key)
    bodies.convene(at=at, **key)
    yield starts_at
    _hold(stage, row.reference, items, starts_at)
    yield (at := days_after(starts_at, 1, 9))
    _record(stage, items, at)
    bodies.draft_minutes(at=at, **key)
    yield (at := days_after(at, 6, 9))
    bodies.approve_minutes(sitting=row.reference, by=stage.staff["presidente"], at=at)


def _hold(stage: Stage, sitting: str, items: list[str], at: datetime) -> None:
    """Four members of five, or nine of thirteen, vote each matter; a thin file is postponed."""
    director = stage.staff["directrice"]
    seats = [m.pk for m in bodies.read_sitting(reference=sitting, by=director, at=at).members]
    present = seats[:4] if len(seats) <= 5 else seats[:9]
    key: dict[str, Any] = {"sitting": sitting, "by": director, "at": at}
    bodies.open_sitting(present=present, chair=present[0], **key)
    for rank, item in enumerate(items):
        if rank == 4 and stage.of_item.get(item):
            bodies.postpone_item(item=item, reason="Une preuve de ressources manque.", **key)
            stage.ready["csss"].append(item)
        else:
            bodies.vote_unanimously(item=item, **key)
    bodies.close_sitting(**key)


def _record(stage: Stage, items: list[str], at: datetime) -> None:
    """The director general records what was voted; of the last sitting, two are left to record."""
    other = [item for item in items if stage.of_item.get(item) not in stage.followed]
    left = set(other[-2:]) if stage.now - at < timedelta(days=14) else set()
    director = stage.staff["directrice"]
    for item in items:
        reference = stage.of_item.get(item)
        if reference and item not in left and item not in stage.ready["csss"]:
            stage.decided[reference] = casework.decide(reference=reference, by=director, at=at)
