"""A meeting of the commission: invited, attended, held, minuted, approved; opinions move what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.versions import update_at_version
from beffroi.steering.commission import members_on, opinion_words, points_of, voters_of
from beffroi.steering.enums import MeetingState, Opinion, Presence
from beffroi.steering.models import (
    AgendaPoint,
    CommissionMeeting,
    CommissionMove,
    CommissionPresence,
)
from beffroi.steering.papers import write_paper
from beffroi.steering.permissions import can_read_board, can_steer
from beffroi.steering.services.base import AlreadyMoved, must, step, trace
from beffroi.steering.services.changes import see_change
from beffroi.steering.services.commission import held_as, ref_of
from beffroi.steering.services.reports import move_report
from beffroi.steering.workflow import MEETING_MOVES


@dataclass(frozen=True)
class Votes:
    """How many voted for, against, and neither."""

    votes_for: int
    votes_against: int
    votes_none: int

    @property
    def cast(self) -> int:
        """This property gives how many voices were heard."""
        return self.votes_for + self.votes_against + self.votes_none


def _move(
    row: CommissionMeeting, key: str, *, by: Actor, at: datetime, note: str = "", **changes: Any
) -> None:
    source = row.state
    step(row, MEETING_MOVES, key, **changes)
    CommissionMove.objects.create(
        meeting=row, move=key, source=source, target=row.state, at=at, by_label=by.label,
        note=note[:500],
    )  # fmt: skip
    trace(row, f"commission.{key}", by=by, at=at, ref=ref_of(row))


def invitation_text(meeting: CommissionMeeting) -> str:
    """This function will write the invitation: day, hour, place, agenda; it names no person."""
    points = "\n".join(f"{one.position}. {one.title}" for one in points_of(meeting))
    said = _(
        "Madame, Monsieur,\n\n"
        "La commission d’accompagnement se réunit le %(day)s à %(hour)s, %(place)s.\n\n"
        "Ordre du jour :\n%(points)s\n\n"
        "Si vous ne pouvez pas venir, prévenez la personne qui vous remplace, puis dites-le à l’équipe du plan."
    )  # fmt: skip
    return said % {
        "day": date_format(meeting.on_date, "l j F Y"),
        "hour": time_format(meeting.start_time, "H:i"),
        "place": meeting.place,
        "points": points,
    }


def _mail_later(addresses: list[str], subject: str, body: str) -> None:
    """One mail for each member, once the act is written: nobody reads the others’ addresses."""
    mails = [
        # Automatic mail says so: no robot answers it (RFC 3834).
        EmailMessage(
            subject, body, settings.DEFAULT_FROM_EMAIL, [address],
            headers={"Auto-Submitted": "auto-generated"},
        )
        for address in addresses
    ]  # fmt: skip

    def leave() -> None:
        for mail in mails:
            mail.send()

    if mails:
        transaction.on_commit(leave, robust=True)


def _addresses(meeting: CommissionMeeting) -> list[str]:
    members = members_on(meeting.commission, meeting.on_date).exclude(email="")
    return sorted(set(members.values_list("email", flat=True)))


@transaction.atomic
def invite(
    *, meeting: CommissionMeeting, late_reason: str = "", by: Actor, at: datetime
) -> CommissionMeeting:
    """This function will send the invitations with the agenda, by mail to whoever has an address.

    Raises: NotAllowed; AlreadyMoved; InvalidInput without a point, for a day that is past, or
    without a reason where less than the commission’s own notice is left.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.DRAFT, label=str(MEETING_MOVES["invite"].label))
    today = timezone.localdate(at)
    if not row.points.exists():
        raise WrongState(_("L’ordre du jour est vide : ajoutez un point avant d’inviter."))
    if row.on_date < today:
        raise WrongState(
            _("Le jour de cette réunion est passé : annulez-la et fixez-en une autre.")
        )
    notice = row.commission.notice_days
    is_late = row.on_date - today < timedelta(days=notice)
    if is_late and not late_reason.strip():
        wanted = _("Moins de %(days)s jours avant la réunion : dites pourquoi.") % {"days": notice}
        raise InvalidInput(_("Les invitations ne sont pas parties."), {"late_reason": wanted})
    reason = late_reason.strip()[:300] if is_late else ""
    _move(row, "invite", by=by, at=at, note=reason, invited_date=today, late_reason=reason)
    subject = _("Commission d’accompagnement du %(day)s") % {"day": date_format(row.on_date)}
    _mail_later(_addresses(row), subject, invitation_text(row))
    return row


@transaction.atomic
def cancel_meeting(
    *, meeting: CommissionMeeting, reason: str, by: Actor, at: datetime
) -> CommissionMeeting:
    """This function will cancel a meeting that was not held, and write to whoever was invited.

    Its points wait again for another meeting.

    Raises: NotAllowed; InvalidInput without a reason; AlreadyMoved.
    """
    must(can_steer(by))
    if not reason.strip():
        raise InvalidInput(_("La réunion n’est pas annulée."), {"reason": _("Dites pourquoi.")})
    label = str(MEETING_MOVES["cancel"].label)
    row = held_as(meeting, MeetingState.DRAFT, MeetingState.INVITED, label=label)
    was_invited = row.state == MeetingState.INVITED
    _move(row, "cancel", by=by, at=at, note=reason.strip())
    if was_invited:
        day = {"day": date_format(row.on_date)}
        subject = _("Commission d’accompagnement du %(day)s : annulée") % day
        _mail_later(_addresses(row), subject, _("La réunion du %(day)s n’aura pas lieu.") % day)
    return row


@transaction.atomic
def note_presences(
    *, meeting: CommissionMeeting, presences: Mapping[int, str], by: Actor, at: datetime
) -> CommissionMeeting:
    """This function will note who is there, by the member’s key, before the meeting opens.

    Raises: NotAllowed; AlreadyMoved; InvalidInput for somebody who does not sit that day.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.INVITED, label=_("Noter les présences"))
    seated = set(members_on(row.commission, row.on_date).values_list("pk", flat=True))
    if set(presences) - seated:
        raise InvalidInput(_("Quelqu’un de la liste ne siège pas ce jour-là."))
    for pk, how in presences.items():
        CommissionPresence.objects.update_or_create(
            meeting=row, member_id=pk, defaults={"presence": Presence(how)}
        )
    count = sum(how == Presence.PRESENT for how in presences.values())
    trace(row, "commission.attend", by=by, at=at, ref=ref_of(row), detail={"present": count})
    return row


@transaction.atomic
def hold_meeting(*, meeting: CommissionMeeting, by: Actor, at: datetime) -> CommissionMeeting:
    """This function will open a meeting with the voters who are there; without a quorum it gives no opinion.

    Raises: NotAllowed; AlreadyMoved; WrongState before its day, or where nobody is there.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.INVITED, label=str(MEETING_MOVES["hold"].label))
    if timezone.localdate(at) < row.on_date:
        raise WrongState(_("Cette réunion s’ouvrira le jour où elle se tient."))
    if not row.presences.filter(presence=Presence.PRESENT).exists():
        raise WrongState(_("Personne n’est noté présent : notez d’abord qui est là."))
    voters = voters_of(row)
    _move(row, "hold", by=by, at=at, quorum_needed=voters.needed, voters_present=voters.present)
    return row


@transaction.atomic
def write_minutes(
    *, point: AgendaPoint, minutes: str, version: int, by: Actor, at: datetime
) -> AgendaPoint:
    """This function will keep what was said on a point.

    Raises: NotAllowed; AlreadyMoved; EditConflict when somebody wrote meanwhile.
    """
    must(can_steer(by))
    row = held_as(point.meeting, MeetingState.HELD, label=_("Écrire le procès-verbal"))
    update_at_version(
        AgendaPoint.objects.all(), pk=point.pk, version=version,
        changes={"minutes": minutes.strip()},
        said=_("Quelqu’un vient d’écrire sur ce point."),
    )  # fmt: skip
    point.refresh_from_db()
    trace(row, "commission.minutes", by=by, at=at, ref=ref_of(row))
    return point


@transaction.atomic
def give_opinion(
    *, point: AgendaPoint, opinion: str, remarks: str = "", votes: Votes | None = None,
    by: Actor, at: datetime,
) -> AgendaPoint:  # fmt: skip
    """This function will note the commission’s opinion on a point, and move the change or report it is on.

    One opinion for a point; all is written, or nothing.

    Raises: NotAllowed; AlreadyMoved; WrongState without the quorum; InvalidInput for remarks not
    said, or votes that do not give this opinion.
    """
    must(can_steer(by))
    label = _("Noter cet avis")
    row = held_as(point.meeting, MeetingState.HELD, label=label)
    if not row.has_quorum:
        raise WrongState(
            _("La commission n’était pas en nombre : elle ne donne pas d’avis."),
            todo=_("Mettez le point à l’ordre du jour d’une autre réunion."),
        )
    faults = _opinion_faults(row, opinion, remarks, votes)
    if faults:
        raise InvalidInput(_("Cet avis n’est pas enregistré."), faults)
    counted = {} if votes is None else vars(votes)
    given = AgendaPoint.objects.filter(pk=point.pk, opinion="").update(
        opinion=Opinion(opinion), remarks=remarks.strip()[:400], **counted
    )
    point.refresh_from_db()
    if not given:
        raise AlreadyMoved(label, str(point.get_opinion_display()).lower())
    words = opinion_words(point)
    if point.change:
        see_change(change=point.change, opinion=words, on=row.on_date, by=by, at=at)
    if point.report:
        move_report(report=point.report, move="see", on=row.on_date, note=words, by=by, at=at)
    trace(row, "commission.opinion", by=by, at=at, ref=ref_of(row), detail={"opinion": opinion})
    return point


def _opinion_faults(
    meeting: CommissionMeeting, opinion: str, remarks: str, votes: Votes | None
) -> dict[str, str]:
    faults = {}
    if opinion == Opinion.REMARKS and not remarks.strip():
        faults["remarks"] = _("Écrivez les remarques.")
    if votes is None:
        return faults
    if votes.cast > (meeting.voters_present or 0):
        faults["votes_for"] = _("Il y a plus de voix que de membres présents qui votent.")
    elif (votes.votes_for > votes.votes_against) != (opinion != Opinion.UNFAVOURABLE):
        faults["opinion"] = _("Les voix ne donnent pas cet avis.")
    return faults


@transaction.atomic
def close_minutes(*, meeting: CommissionMeeting, by: Actor, at: datetime) -> CommissionMeeting:
    """This function will close the minutes once each point says something.

    Raises: NotAllowed; AlreadyMoved; WrongState where a point is still empty.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.HELD, label=str(MEETING_MOVES["minute"].label))
    empty = [one.position for one in row.points.filter(minutes="", opinion="")]
    if empty:
        named = ", ".join(map(str, empty))
        raise WrongState(_("Ces points ne disent encore rien : %(points)s.") % {"points": named})
    _move(row, "minute", by=by, at=at)
    return row


@transaction.atomic
def approve_minutes(
    *, meeting: CommissionMeeting, on: date, by: Actor, at: datetime
) -> CommissionMeeting:
    """This function will note on which day the minutes were approved.

    Raises: NotAllowed; AlreadyMoved; InvalidInput for a day before the meeting or to come.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.MINUTED, label=str(MEETING_MOVES["approve"].label))
    if not row.on_date <= on <= timezone.localdate(at):
        raise InvalidInput(
            _("L’approbation n’est pas enregistrée."), {"on": _("Entre la réunion et aujourd’hui.")}
        )
    _move(row, "approve", by=by, at=at, approved_date=on)
    return row


@transaction.atomic
def print_paper(*, meeting: CommissionMeeting, paper: str, by: Actor, at: datetime) -> bytes:
    """This function will write a paper of a meeting as PDF, and journal that it left the house.

    Raises: NotAllowed; KeyError for a paper that is not one of `papers.PAPERS`.
    """
    must(can_read_board(by))
    body = write_paper(meeting, paper)
    detail = {"paper": paper}
    ref, kind = ref_of(meeting), ActKind.EXPORT
    trace(meeting, "commission.paper", by=by, at=at, ref=ref, kind=kind, detail=detail)
    return body
