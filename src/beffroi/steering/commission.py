"""What stands in a commission: who sits on a day, what waits for an opinion, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.rules.cohesion_commission import Composition, advisory_seats, composition, quorum
from beffroi.steering.enums import ChangeState, MeetingState, Presence, ReportState
from beffroi.steering.models import (
    AgendaPoint,
    AnnualReport,
    ChangeRequest,
    Commission,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    CommissionPresence,
    Plan,
)

#: Meetings that still take points, or are still to come.
TO_COME = (MeetingState.DRAFT, MeetingState.INVITED)
WERE_HELD = (MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED)


@dataclass(frozen=True)
class Voters:
    """Who may vote at a meeting, how many of them are there, how many are needed (0: no quorum)."""

    members: int
    present: int
    needed: int


def commission_of(plan: Plan) -> Commission | None:
    """This function will give the commission of a plan, if it has one."""
    return Commission.objects.filter(plan=plan).select_related("plan").first()


def members_on(commission: Commission, day: date) -> QuerySet[CommissionMember]:
    """This function will give who sits on `day`, alternates included."""
    rows = CommissionMember.objects.filter(commission=commission, since_date__lte=day)
    rows = rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
    return rows.select_related("alternate_of")


def members_of(commission: Commission) -> QuerySet[CommissionMember]:
    """This function will give everybody who sits or sat, those in place before."""
    rows = CommissionMember.objects.filter(commission=commission).select_related("alternate_of")
    return rows.order_by("until_date", "seat", "organisation", "pk")


def member(commission: Commission, pk: int) -> CommissionMember | None:
    """This function will give one member of a commission, if it is there."""
    return CommissionMember.objects.filter(commission=commission, pk=pk).first()


def check_composition(members: Iterable[CommissionMember], day: date) -> Composition:
    """This function will check who sits against the regime of `day`; alternates fill no seat."""
    return composition([one.seat for one in members if one.alternate_of_id is None], day)


def meetings_of(plan: Plan) -> QuerySet[CommissionMeeting]:
    """This function will give the meetings of the commission of a plan, the last first."""
    rows = CommissionMeeting.objects.filter(commission__plan=plan)
    return rows.select_related("commission__plan").prefetch_related("points")


def meetings_between(plan: Plan, since: date, until: date) -> QuerySet[CommissionMeeting]:
    """This function will give the meetings from day to day that were not cancelled."""
    rows = CommissionMeeting.objects.filter(commission__plan=plan, on_date__range=(since, until))
    return rows.exclude(state=MeetingState.CANCELLED).order_by("on_date", "number")


def meeting(plan: Plan, number: int) -> CommissionMeeting | None:
    """This function will give one meeting with its commission, if it is there."""
    rows = CommissionMeeting.objects.filter(commission__plan=plan, number=number)
    return rows.select_related("commission__plan").first()


def points_of(meeting: CommissionMeeting) -> QuerySet[AgendaPoint]:
    """This function will give the agenda of a meeting with what each point is about."""
    rows = AgendaPoint.objects.filter(meeting=meeting)
    return rows.select_related("change__line", "change__plan", "report__plan", "meeting")


def presences_of(meeting: CommissionMeeting) -> dict[int, str]:
    """This function will give who was there, by the member’s key."""
    rows = CommissionPresence.objects.filter(meeting=meeting)
    return dict(rows.values_list("member_id", "presence"))


def voters_of(meeting: CommissionMeeting) -> Voters:
    """This function will count who votes: an alternate counts where her member is not there.

    A seat with advisory voice on the day of the meeting neither votes nor makes the quorum.
    """
    silent = advisory_seats(meeting.on_date)
    there = {pk for pk, how in presences_of(meeting).items() if how == Presence.PRESENT}
    members = list(members_on(meeting.commission, meeting.on_date))
    voting = {m.pk for m in members if m.seat not in silent and m.alternate_of_id is None}
    seats = voting & there
    seats |= {m.alternate_of_id for m in members if m.pk in there and m.alternate_of_id in voting}
    needed = quorum(len(voting), meeting.commission.quorum_percent)
    return Voters(len(voting), len(seats), needed)


def decisions_of(plan: Plan) -> QuerySet[CommissionDecision]:
    """This function will give the decisions of a plan’s commission, those to do first by their day."""
    rows = CommissionDecision.objects.filter(meeting__commission__plan=plan)
    return rows.select_related("owner", "meeting").order_by("-done_date", "due_date", "pk")


def decisions_late(plan: Plan, day: date) -> QuerySet[CommissionDecision]:
    """This function will give the decisions that should be done before `day` and are not."""
    rows = CommissionDecision.objects.filter(meeting__commission__plan=plan, done_date__isnull=True)
    return rows.filter(due_date__lt=day).select_related("owner", "meeting")


def changes_to_see(plan: Plan) -> QuerySet[ChangeRequest]:
    """This function will give the changes that wait for an opinion and are on no agenda to come."""
    taken = AgendaPoint.objects.filter(meeting__state__in=(*TO_COME, MeetingState.HELD), opinion="")
    rows = ChangeRequest.objects.filter(plan=plan, state=ChangeState.DRAFT)
    return rows.exclude(points__in=taken).select_related("line", "plan").order_by("number")


def reports_to_see(plan: Plan) -> QuerySet[AnnualReport]:
    """This function will give the reports that wait for an opinion and are on no agenda to come."""
    taken = AgendaPoint.objects.filter(meeting__state__in=(*TO_COME, MeetingState.HELD), opinion="")
    states = (ReportState.COLLECTING, ReportState.FROZEN)
    rows = AnnualReport.objects.filter(plan=plan, state__in=states).exclude(points__in=taken)
    return rows.select_related("plan").order_by("-year", "kind")


def year_of_commission(plan: Plan, year: int) -> list[CommissionMeeting]:
    """This function will give the meetings held in a year with points and presences, for its report."""
    rows = CommissionMeeting.objects.filter(
        commission__plan=plan, on_date__year=year, state__in=WERE_HELD
    )
    seats = CommissionPresence.objects.select_related("member")
    there = Prefetch("presences", queryset=seats)
    return list(rows.prefetch_related("points", there).order_by("on_date", "number"))


def opinion_words(point: AgendaPoint) -> str:
    """This function will write an opinion on one line, with its votes where there was one."""
    words = str(point.get_opinion_display())
    if point.votes_for is not None:
        none = point.votes_none or 0
        votes = {"pro": point.votes_for, "con": point.votes_against, "none": none}
        words += ngettext(" (%(pro)s pour, %(con)s contre, %(none)s abstention)", " (%(pro)s pour, %(con)s contre, %(none)s abstentions)", none) % votes  # fmt: skip
    if point.remarks:
        words += _(" : %(remarks)s") % {"remarks": point.remarks}
    return words
