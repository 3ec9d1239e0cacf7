"""A commission that may meet: who sits, a meeting, its agenda, and how it goes on."""

from datetime import UTC, date, datetime, time
from typing import Any

from beffroi.steering import commission as reads
from beffroi.steering import services as steering
from beffroi.steering.enums import Presence
from beffroi.steering.models import (
    AgendaPoint,
    ChangeRequest,
    Commission,
    CommissionMeeting,
    CommissionMember,
    Plan,
)
from tests.factories.steering import GIVEN, HOUSE, line

#: The day of the meeting, after the day on which it is prepared.
DAY = date(2026, 12, 10)
ON_THE_DAY = {"by": HOUSE, "at": datetime(2026, 12, 10, 14, 0, tzinfo=UTC)}
SEATS = ("commune", "cpas", "project_lead", "partner", "region")


def commission(**rules: Any) -> Commission:
    """The commission of the plan that is loaded, each seat held once, the Region’s with advice only."""
    given = {"notice_days": 10, **rules}
    row = steering.set_commission(plan=Plan.objects.get(), **given, **GIVEN)
    for seat in SEATS:
        member(row, seat)
    return row


def member(held: Commission, seat: str = "partner", **more: Any) -> CommissionMember:
    """Somebody who sits, with an address."""
    values = {
        "name": f"Membre {seat}", "organisation": f"Maison {seat}", "seat": seat,
        "since": date(2020, 1, 1), "email": f"{seat}@exemple.be", **more,
    }  # fmt: skip
    draft = steering.MemberDraft(**values)
    return steering.seat_member(commission=held, draft=draft, **GIVEN)


def change(number: int = 3) -> ChangeRequest:
    """A change that waits for an opinion."""
    return steering.ask_change(
        plan=Plan.objects.get(), kind="remove", line=line(number), reason="Plus personne.", **GIVEN
    )


def meeting(held: Commission, on: date = DAY) -> CommissionMeeting:
    """A meeting that is being prepared."""
    return steering.plan_meeting(
        commission=held, on=on, start=time(14), place="Salle du conseil", **GIVEN
    )


def point(row: CommissionMeeting, **more: Any) -> AgendaPoint:
    """A point of its agenda: a free one unless it is said."""
    values = {"kind": "free", "title": "Tour de table", **more}
    return steering.add_point(meeting=row, **values, **GIVEN)


def held_meeting(row: CommissionMeeting, absent: tuple[str, ...] = ()) -> CommissionMeeting:
    """The meeting once it is open, with everybody but `absent` seats."""
    steering.invite(meeting=row, **GIVEN)
    row.refresh_from_db()
    members = reads.members_on(row.commission, row.on_date)
    how = {m.pk: Presence.ABSENT if m.seat in absent else Presence.PRESENT for m in members}
    steering.note_presences(meeting=row, presences=how, **ON_THE_DAY)
    return steering.hold_meeting(meeting=row, **ON_THE_DAY)
