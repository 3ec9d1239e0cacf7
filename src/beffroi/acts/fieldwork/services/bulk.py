"""Writes outings that are over, whole: what was kept on paper, or comes from another system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import OutingState
from beffroi.acts.fieldwork.models import (
    CodeMark,
    Contact,
    CrewMember,
    KitMove,
    Outing,
    OutingMove,
    Spot,
)
from beffroi.acts.fieldwork.services.common import own_area, trace
from beffroi.acts.fieldwork.services.meeting import (
    ContactDraft,
    contact_row,
    digest_of,
    kit_moves,
    open_kits,
)
from beffroi.acts.fieldwork.services.outings import minutes_between
from beffroi.acts.fieldwork.services.settings import crew_of
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput


@dataclass(frozen=True)
class PastOuting:
    """An outing that is over; the outing its contacts name is left out: it is this one."""

    mark: UUID
    starts_at: datetime
    ends_at: datetime
    contacts: tuple[ContactDraft, ...] = ()
    crew: tuple[int, ...] = ()


@transaction.atomic
def record_outings(
    *, area: int, outings: Sequence[PastOuting], by: Actor, at: datetime
) -> list[Outing]:
    """This function will write outings that are over with their contacts; those known are left.

    All or none are written. Raises: NotAllowed; InvalidInput.
    """
    held = own_area(area, by)
    known = set(
        Outing.objects.filter(mark__in=[one.mark for one in outings]).values_list("mark", flat=True)
    )
    spots, made = {spot.pk: spot for spot in held.spots.all()}, []
    for one in {one.mark: one for one in outings if one.mark not in known}.values():
        if one.ends_at > at:
            words = _("Cette heure n’est pas encore venue.")
            raise InvalidInput(words, fields={"ends_at": words})
        outing = Outing.objects.create(
            mark=one.mark, area=held, date=timezone.localdate(one.starts_at),
            starts_at=one.starts_at, ends_at=one.ends_at, state=OutingState.CLOSED,
            minutes=minutes_between(one.starts_at, one.ends_at), by_ref=by.ref, by_label=by.label,
        )  # fmt: skip
        agents = crew_of(held.team.key, one.crew, by, outing.date)
        CrewMember.objects.bulk_create(
            CrewMember(outing=outing, agent_id=pk, is_out=False) for pk in agents
        )
        OutingMove.objects.create(
            outing=outing, move="close", at=at, by_ref=by.ref, by_label=by.label
        )
        _contacts(outing, one.contacts, spots, by, at)
        made.append(outing)
    trace("area.record", held, by=by, at=at, team=held.team.key, detail={"outings": len(made)})
    return made


def _contacts(
    outing: Outing, drafts: Sequence[ContactDraft], spots: dict[int, Spot], by: Actor, at: datetime
) -> None:
    rows = Contact.objects.bulk_create(
        contact_row(one, outing, by=by, at=at, spots=spots) for one in drafts
    )
    known = open_kits(outing) if any(one.kits for one in drafts) else {}
    kits: list[KitMove] = []
    codes = []
    for row, one in zip(rows, drafts, strict=True):
        kits += kit_moves(outing, one.mark, one.kits, row.met_at, by, row, known)
        if one.code.strip():
            digest = digest_of(one.code, outing.area.team.key, outing.date.year)
            codes.append(CodeMark(contact=row, digest=digest, year=outing.date.year))
    KitMove.objects.bulk_create(kits)
    CodeMark.objects.bulk_create(codes)
