"""Takes taps from phones and from the desk: each counts once, in whatever order they come.

A tap has a mark of its own, so that it may be sent again without harm. Of somebody, the tap made
last says whether she is there, whichever came last; of those without a name, taps add up. Two
phones on one session therefore give the union of what both saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beffroi.acts.activities.enums import AgeBand, SessionState, TapKind
from beffroi.acts.activities.models import (
    AnonymousCount,
    Attendance,
    Participant,
    Session,
    Tap,
)
from beffroi.acts.activities.permissions import can_take_attendance
from beffroi.acts.activities.services.common import trace
from beffroi.acts.activities.services.counting import add_count, note_last_dates
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed
from beffroi.core.text import MOST_KEY, one_line

#: One sending carries this many taps at most; a phone sends the rest after.
MOST_TAPS = 500
#: What becomes of a tap: it counts now, it counted already, or it cannot be taken.
KEPT, KNOWN, REFUSED = "kept", "known", "refused"


@dataclass(frozen=True)
class TapDraft:
    """A tap as it is sent: of somebody by her mark, or of people without a name."""

    mark: UUID
    session: int
    kind: str
    tapped_at: datetime
    participant: UUID | None = None
    #: Written when she comes for the first time; ignored when her mark is known.
    name: str = ""
    is_alias: bool = False
    band: str = AgeBand.UNSAID
    delta: int = 0

    @property
    def is_whole(self) -> bool:
        """This property says whether the tap can be read at all."""
        if self.kind == TapKind.ANONYMOUS:
            whole = self.participant is None and self.delta != 0 and abs(self.delta) <= 1000
            return whole and self.band in AgeBand.values
        return self.kind in TapKind.values and self.participant is not None and not self.delta


@transaction.atomic
def tap(*, taps: Sequence[TapDraft], by: Actor, at: datetime) -> dict[UUID, str]:
    """This function will take taps, each once, and say what became of each.

    Taps that come after a session was closed still count: a new row of its count says so. Taps on
    a session that was cancelled are kept with it, and count if it is planned again. A tap said to
    be made after `at` is taken as made at `at`. A tap on a session that is not the actor’s is
    refused alone. Raises: NotAllowed when none is hers.
    """
    taps = list({one.mark: one for one in taps}.values())[:MOST_TAPS]
    sessions = _held({one.session for one in taps}, by)
    if taps and not sessions:
        raise NotAllowed(_("Ces séances ne sont pas de votre équipe."))
    known = set(
        Tap.objects.filter(mark__in=[one.mark for one in taps]).values_list("mark", flat=True)
    )
    told = dict.fromkeys((one.mark for one in taps), REFUSED)
    told |= dict.fromkeys(known, KNOWN)
    for pk, session in sessions.items():
        fresh = [t for t in taps if t.session == pk and t.mark not in known and t.is_whole]
        told |= dict.fromkeys(take(session, fresh, by=by, at=at), KEPT)
    return told


def _held(keys: set[int], by: Actor) -> dict[int, Session]:
    """The sessions of these that are the actor’s, held in the order of their keys."""
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related(
        "activity__team"
    )
    found = rows.filter(pk__in={key for key in keys if 0 < key <= MOST_KEY}).order_by("pk")
    return {row.pk: row for row in found if can_take_attendance(by, row)}


def take(
    session: Session, taps: list[TapDraft], *, by: Actor, at: datetime, why: str = "",
    minutes: int | None = None,
) -> list[UUID]:  # fmt: skip
    """This function will write taps of a session held by the act under way; their marks if kept.

    When it is closed, its count gets a new row, with `why` and how long it really lasted.
    """
    people = _people(session, taps, at)
    rows = [
        Tap(
            mark=one.mark, session=session, kind=one.kind, band=one.band, delta=one.delta,
            participant_id=people.get(one.participant) if one.participant else None,
            tapped_at=min(one.tapped_at, at), received_at=at, by_ref=by.ref, by_label=by.label,
        )
        for one in taps
        if one.participant is None or one.participant in people
    ]  # fmt: skip
    if not rows and minutes is None:
        return []
    Tap.objects.bulk_create(rows)
    _settle(session, [row for row in rows if row.participant_id])
    _add_up(session, [row for row in rows if not row.participant_id])
    is_late = session.state == SessionState.HELD
    if is_late:
        why = why or _("Pointages arrivés après la clôture.")
        add_count(session, by=by, at=at, why=why, minutes=minutes)
    trace(
        "session.tap", by=by, at=at, activity=session.activity, session=session,
        detail={"taps": len(rows), "late": is_late},
    )  # fmt: skip
    return [row.mark for row in rows]


def _people(session: Session, taps: list[TapDraft], at: datetime) -> dict[UUID, int]:
    """The participants of the team that the taps speak of, those written on the phone added."""
    team = session.activity.team
    named = {one.participant: one for one in taps if one.participant and one_line(one.name)}
    marks = {one.participant for one in taps if one.participant}
    rows = Participant.objects.filter(mark__in=marks).values_list("mark", "pk", "team_id")
    found = {mark: (pk, owner) for mark, pk, owner in rows}
    for mark, one in named.items():
        if mark not in found:
            name = one_line(one.name)[:120]
            first = {"team": team, "name": name, "is_alias": one.is_alias, "since_at": at}
            made, _new = Participant.objects.get_or_create(mark=mark, defaults=first)
            found[mark] = (made.pk, made.team_id)
    return {mark: pk for mark, (pk, owner) in found.items() if owner == team.pk}


def _settle(session: Session, rows: list[Tap]) -> None:
    """The tap made last says whether somebody is there; at one moment, the greater mark."""
    last: dict[int, Tap] = {}
    for row in sorted(rows, key=lambda tap: (tap.tapped_at, tap.mark.int)):
        last[row.participant_id or 0] = row
    held = {
        one.participant_id: one
        for one in Attendance.objects.filter(session=session, participant__in=last)
    }
    newer = [
        Attendance(
            session=session, participant_id=pk, state=row.kind, tapped_at=row.tapped_at,
            mark=row.mark,
        )
        for pk, row in last.items()
        if pk not in held
        or (held[pk].tapped_at, held[pk].mark.int) < (row.tapped_at, row.mark.int)
    ]  # fmt: skip
    Attendance.objects.bulk_create(
        newer, update_conflicts=True, unique_fields=["session", "participant"],
        update_fields=["state", "tapped_at", "mark"],
    )  # fmt: skip
    note_last_dates(session, last)


def _add_up(session: Session, rows: list[Tap]) -> None:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.band] = sums.get(row.band, 0) + row.delta
    for band, delta in sums.items():
        AnonymousCount.objects.get_or_create(session=session, band=band)
        AnonymousCount.objects.filter(session=session, band=band).update(count=F("count") + delta)


def tap_one(
    *, session: int, kind: str, by: Actor, at: datetime, participant: UUID | None = None,
    name: str = "", is_alias: bool = False, band: str = AgeBand.UNSAID, delta: int = 0,
) -> str:  # fmt: skip
    """This function will take one tap made now, with a mark made here; what became of it.

    Raises: NotAllowed.
    """
    if kind != TapKind.ANONYMOUS and participant is None and name.strip():
        participant = uuid4()
    draft = TapDraft(
        uuid4(), session, kind, at, participant, name, is_alias, band, delta
    )  # fmt: skip
    return tap(taps=[draft], by=by, at=at)[draft.mark]
