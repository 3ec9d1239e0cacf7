"""One vote on several matters: the room votes once, each matter keeps a result of its own.

A member who may not vote one of the matters is out of the whole vote: a single paper cannot be for
some and not for others. For her to vote the others, the matter is taken out of the block.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from beffroi.acts.bodies.enums import Choice, SittingState
from beffroi.acts.bodies.models import AgendaItem, Result, Sitting
from beffroi.acts.bodies.services.live import (
    Totals,
    decide_matter,
    recorded,
    undecided,
    voters_of,
)
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput


@transaction.atomic
def record_block(
    *,
    sitting: str,
    items: Collection[str],
    by: Actor,
    at: datetime,
    ballots: Mapping[int, Choice] | None = None,
    totals: Totals | None = None,
) -> list[Result]:
    """This function will count one vote on several matters and keep the result of each.

    All of them or none: one that was decided meanwhile leaves the others as they were.
    Raises: NotAllowed; InvalidInput for fewer than two matters, for open and secret ballots
    together, or when the count is not that of the room; NoQuorum; AlreadyMoved.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    entries = _entries(row, items, by, at)
    voters = _voters(row, entries, by, at)
    number = 1 + (row.agenda.aggregate(last=Max("result__block"))["last"] or 0)
    return [
        decide_matter(
            row, entry, voters, by=by, at=at, ballots=ballots, totals=totals, block=number
        )
        for entry in entries
    ]


@transaction.atomic
def adopt_block(*, sitting: str, items: Collection[str], by: Actor, at: datetime) -> list[Result]:
    """This function will adopt several matters by the voice of everybody who may vote them all.

    Raises: as `record_block`.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    entries = _entries(row, items, by, at)
    voters = _voters(row, entries, by, at)
    secret = entries[0].item.is_secret
    return record_block(
        sitting=sitting, items=items, by=by, at=at,
        totals=Totals(len(voters), 0, 0) if secret else None,
        ballots=None if secret else dict.fromkeys(voters, Choice.FOR),
    )  # fmt: skip


def _entries(row: Sitting, items: Collection[str], by: Actor, at: datetime) -> list[AgendaItem]:
    wanted = list(dict.fromkeys(items))
    if len(wanted) < 2:
        raise InvalidInput(
            _("Un vote groupé porte sur deux points au moins."),
            {"items": _("Cochez au moins deux points.")},
        )
    entries = [undecided(row, item, by, at) for item in wanted]
    if len({entry.item.is_secret for entry in entries}) > 1:
        raise InvalidInput(
            _("Un scrutin secret et un vote à haute voix ne se groupent pas."),
            {"items": _("Gardez ensemble des points votés de la même façon.")},
        )
    return sorted(entries, key=lambda entry: entry.position)


def _voters(row: Sitting, entries: list[AgendaItem], by: Actor, at: datetime) -> set[int]:
    """Who may vote every one of the matters."""
    return set.intersection(*(voters_of(row, entry, by, at) for entry in entries))
