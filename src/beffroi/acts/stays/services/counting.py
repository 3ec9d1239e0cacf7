"""Closes nights and days: what was counted is frozen, and a correction is a new row."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.stays import queries
from beffroi.acts.stays.enums import OpeningState, RefusalReason, Service, StayState
from beffroi.acts.stays.models import (
    COUNTED,
    Bed,
    Opening,
    OpeningCount,
    Refusal,
    Stay,
    Tally,
    Visit,
)
from beffroi.acts.stays.services.common import own_opening, trace
from beffroi.acts.stays.workflow import COUNTS, OPENING_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState

_TALLIES = {"meals": Service.MEAL, "showers": Service.SHOWER, "laundries": Service.LAUNDRY}


def counted(openings: Collection[Opening]) -> dict[int, dict[str, int]]:
    """This function will count what was noted of openings until now, by key, in six queries."""
    keys = [one.pk for one in openings]
    slept = _grouped(
        Stay.objects.filter(opening__in=keys, state__in=COUNTS), slept=Count("pk"),
        slept_unnamed=Count("pk", filter=Q(guest__isnull=True)),
        dogs=Count("pk", filter=Q(with_dog=True)),
    )  # fmt: skip
    came = _grouped(
        Visit.objects.filter(opening__in=keys, taken_back_at__isnull=True),
        visits=Count("pk", filter=Q(guest__isnull=False)),
        visits_unnamed=Sum("count", filter=Q(guest__isnull=True), default=0),
    )
    refused = _grouped(
        Refusal.objects.filter(opening__in=keys, taken_back_at__isnull=True), refused=Count("pk"),
        refused_full=Count("pk", filter=Q(reason=RefusalReason.FULL)),
    )  # fmt: skip
    given = _grouped(
        Tally.objects.filter(opening__in=keys),
        **{
            name: Sum("delta", filter=Q(service=service), default=0)
            for name, service in _TALLIES.items()
        },
    )
    beds = _beds(openings)
    found = {}
    for pk in keys:
        row = dict.fromkeys(COUNTED, 0)
        for part in (slept, came, refused, given):
            row |= {name: max(0, number) for name, number in part.get(pk, {}).items()}
        row["visits"] += row["visits_unnamed"]
        found[pk] = row | {"beds": beds[pk]}
    return found


def _grouped(rows: QuerySet[Any], **counts: Any) -> dict[int, dict[str, int]]:
    found = rows.order_by().values("opening").annotate(**counts)
    return {row.pop("opening"): row for row in found}


def _beds(openings: Collection[Opening]) -> dict[int, int]:
    """How many beds stood in the house of each opening on its date."""
    beds = list(Bed.objects.filter(house__in={one.house_id for one in openings}))
    return {
        one.pk: sum(b.house_id == one.house_id and b.holds_on(one.date) for b in beds)
        for one in openings
    }


def count_all(
    openings: Collection[Opening], *, by: Actor, at: datetime, why: str = ""
) -> list[OpeningCount]:
    """This function will close those that are open, and write what each counts as its next row.

    They are held by the act under way; their columns follow. The first row needs no reason.
    """
    now = counted(openings)
    last = queries.last_revisions(list(now))
    rows = [
        OpeningCount(
            opening=one, revision=last.get(one.pk, 0) + 1, at=at, by_ref=by.ref,
            by_label=by.label, why=why.strip()[:300], **now[one.pk],
        )
        for one in openings
    ]  # fmt: skip
    OpeningCount.objects.bulk_create(rows)
    for one in openings:
        one.state = OpeningState.CLOSED
        for name, number in now[one.pk].items():
            setattr(one, name, number)
    Opening.objects.bulk_update(openings, ["state", *COUNTED], batch_size=200)
    return rows


def settle(opening: Opening, *, by: Actor, at: datetime, why: str) -> None:
    """This function will add a count to an opening that changed after it was closed."""
    if opening.state == OpeningState.CLOSED:
        count_all([opening], by=by, at=at, why=why)


@transaction.atomic
def close_opening(*, opening: int, by: Actor, at: datetime) -> Opening:
    """This function will close a night or a day: its count is frozen.

    Beds still kept for who did not come are given back. Raises: NotAllowed; WrongState when it is
    closed already, or its day has not come.
    """
    found, move = own_opening(opening, by), OPENING_MOVES["close"]
    if found.date > timezone.localdate(at):
        raise WrongState(_("Cette date n’est pas encore venue."))
    Stay.objects.filter(opening=found, state=StayState.EXPECTED).update(state=StayState.RELEASED)
    moved = Opening.objects.filter(pk=found.pk, state__in=move.sources).update(state=move.target)
    if not moved:
        raise WrongState(_("Ce compte est déjà clos."), todo=_("Rouvrez la page pour le lire."))
    row = count_all([found], by=by, at=at)[0]
    trace(
        "stay.close", by=by, at=at, house=found.house, thing=("opening", found.pk),
        detail={"slept": row.slept, "visits": row.visits, "refused": row.refused},
    )  # fmt: skip
    found.refresh_from_db()
    return found
