"""The commission of a plan: its own rules, who sits, its meetings and their agenda, its decisions."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.commission import changes_to_see, members_on, reports_to_see
from beffroi.steering.enums import MeetingState, Office, PointKind, Seat
from beffroi.steering.models import (
    AgendaPoint,
    AnnualReport,
    ChangeRequest,
    Commission,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    Plan,
)
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import AlreadyMoved, must, trace


@dataclass(frozen=True)
class MemberDraft:
    """Somebody who will sit, for whom, and from which day."""

    name: str
    organisation: str
    seat: str
    since: date
    office: str = Office.MEMBER
    email: str = ""
    alternate_of: CommissionMember | None = None


def ref_of(meeting: CommissionMeeting) -> str:
    """This function will name a meeting as the journal does."""
    return f"{meeting.commission.plan.key}/{meeting}"


def held_as(meeting: CommissionMeeting, *states: MeetingState, label: str) -> CommissionMeeting:
    """This function will hold a meeting’s row while it is in one of `states`.

    Raises: AlreadyMoved where it is in another.
    """
    rows = CommissionMeeting.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("commission__plan").get(pk=meeting.pk)
    if row.state not in states:
        raise AlreadyMoved(label, str(row.get_state_display()).lower())
    return row


@transaction.atomic
def set_commission(
    *, plan: Plan, notice_days: int, quorum_percent: int | None = None, source: str = "",
    by: Actor, at: datetime,
) -> Commission:  # fmt: skip
    """This function will keep what a commission fixed itself: its notice in days, its quorum if any.

    Raises: NotAllowed; InvalidInput for a quorum outside 1 to 100 %, or that nothing writes.
    """
    must(can_steer(by))
    faults = {}
    if quorum_percent is not None and not 1 <= quorum_percent <= 100:
        faults["quorum_percent"] = _("De 1 à 100 %.")
    if quorum_percent is not None and not source.strip():
        faults["source"] = _("Dites où ce quorum est écrit : aucun texte lu n’en fixe un.")
    if not 0 <= notice_days <= 90:
        faults["notice_days"] = _("De 0 à 90 jours.")
    if faults:
        raise InvalidInput(_("Ces règles ne sont pas enregistrées."), faults)
    values = {
        "notice_days": notice_days, "quorum_percent": quorum_percent, "source": source.strip(),
    }  # fmt: skip
    row = Commission.objects.update_or_create(plan=plan, defaults=values)[0]
    trace(plan, "commission.set", by=by, at=at, ref=plan.key, detail={"quorum": quorum_percent})
    return row


@transaction.atomic
def seat_member(
    *, commission: Commission, draft: MemberDraft, by: Actor, at: datetime
) -> CommissionMember:
    """This function will seat somebody in a commission, or her alternate.

    Raises: NotAllowed; InvalidInput for a name or organisation missing, or a wrong alternate.
    """
    must(can_steer(by))
    faults = {}
    if not draft.name.strip():
        faults["name"] = _("Qui siège ?")
    if not draft.organisation.strip():
        faults["organisation"] = _("Pour quelle organisation ?")
    titular = draft.alternate_of
    if titular and (titular.commission_id != commission.pk or titular.alternate_of_id):
        faults["alternate_of"] = _("Choisissez un membre effectif de cette commission.")
    elif titular and titular.until_date and titular.until_date < draft.since:
        faults["alternate_of"] = _("Ce membre ne siège plus ce jour-là.")
    if faults:
        raise InvalidInput(_("Ce membre n’est pas enregistré."), faults)
    row = CommissionMember.objects.create(
        commission=commission, name=draft.name.strip(), organisation=draft.organisation.strip(),
        email=draft.email.strip(), seat=titular.seat if titular else Seat(draft.seat),
        office=Office(draft.office), alternate_of=titular, since_date=draft.since,
    )  # fmt: skip
    _trace_member(row, "commission.seat", by=by, at=at)
    return row


@transaction.atomic
def end_mandate(
    *, member: CommissionMember, until: date, by: Actor, at: datetime
) -> CommissionMember:
    """This function will end a member’s seat, and her alternates’ with it, on `until`.

    Raises: NotAllowed; InvalidInput before she came; WrongState where it ended already.
    """
    must(can_steer(by))
    if until < member.since_date:
        raise InvalidInput(
            _("Ce mandat n’est pas terminé."), {"until": _("Pas avant le jour où il commence.")}
        )
    open_ones = CommissionMember.objects.filter(until_date__isnull=True)
    if not open_ones.filter(pk=member.pk).update(until_date=until):
        raise WrongState(_("Ce mandat est déjà terminé."))
    alternates = open_ones.filter(alternate_of=member)
    alternates.filter(since_date__lte=until).update(until_date=until)
    member.refresh_from_db()
    _trace_member(member, "commission.end_mandate", by=by, at=at)
    return member


def _trace_member(row: CommissionMember, verb: str, *, by: Actor, at: datetime) -> None:
    """The journal keeps for whom she sits, not her name: it outlives it."""
    ref = f"{row.commission.plan.key}/{row.pk}"
    trace(row, verb, by=by, at=at, ref=ref, detail={"seat": row.seat})


@transaction.atomic
def plan_meeting(
    *, commission: Commission, on: date, start: time, place: str, by: Actor, at: datetime
) -> CommissionMeeting:
    """This function will prepare a meeting of the commission.

    Raises: NotAllowed; InvalidInput for a day that is past, taken, or without a place.
    """
    must(can_steer(by))
    Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
    rows = CommissionMeeting.objects.filter(commission=commission)
    faults = {}
    if on < timezone.localdate(at):
        faults["on"] = _("Ce jour est passé.")
    elif rows.filter(on_date=on).exclude(state=MeetingState.CANCELLED).exists():
        faults["on"] = _("La commission se réunit déjà ce jour-là.")
    if not place.strip():
        faults["place"] = _("Où ?")
    if faults:
        raise InvalidInput(_("Cette réunion n’est pas enregistrée."), faults)
    last = rows.order_by("-number").first()
    row = CommissionMeeting.objects.create(
        commission=commission, number=last.number + 1 if last else 1, on_date=on,
        start_time=start, place=place.strip(),
    )  # fmt: skip
    trace(row, "commission.plan_meeting", by=by, at=at, ref=ref_of(row))
    return row


@transaction.atomic
def add_point(
    *, meeting: CommissionMeeting, kind: str, title: str = "", change: ChangeRequest | None = None,
    report: AnnualReport | None = None, by: Actor, at: datetime,
) -> AgendaPoint:  # fmt: skip
    """This function will put a point on the agenda of a meeting that is being prepared.

    Raises: NotAllowed; AlreadyMoved once the invitations left; InvalidInput for a change or a
    report that waits for no opinion, or is on an agenda already, and for a point without a title.
    """
    must(can_steer(by))
    row = held_as(meeting, MeetingState.DRAFT, label=_("Ajouter ce point"))
    plan = row.commission.plan
    if kind == PointKind.CHANGE:
        if change is None or not changes_to_see(plan).filter(pk=change.pk).exists():
            raise InvalidInput(
                _("Ce point n’est pas ajouté."),
                {"subject": _("Cette demande n’attend pas d’avis, ou elle est déjà à un ordre du jour.")},
            )  # fmt: skip
        title = _("Demande %(number)s : %(what)s") % {
            "number": change.number, "what": change.get_kind_display().lower(),
        }  # fmt: skip
        if change.line:
            title += _(", ligne %(line)s") % {"line": change.line}
    elif kind == PointKind.REPORT:
        if report is None or not reports_to_see(plan).filter(pk=report.pk).exists():
            raise InvalidInput(
                _("Ce point n’est pas ajouté."),
                {"subject": _("Ce rapport n’attend pas d’avis, ou il est déjà à un ordre du jour.")},
            )  # fmt: skip
        title = f"{report.get_kind_display()} {report.year}"
    elif not title.strip():
        raise InvalidInput(_("Ce point n’est pas ajouté."), {"title": _("De quoi parlera-t-on ?")})
    last = row.points.order_by("-position").first()
    point = AgendaPoint.objects.create(
        meeting=row, position=last.position + 1 if last else 1, kind=PointKind(kind),
        title=title.strip()[:200], change=change if kind == PointKind.CHANGE else None,
        report=report if kind == PointKind.REPORT else None,
    )  # fmt: skip
    trace(row, "commission.add_point", by=by, at=at, ref=ref_of(row), detail={"kind": kind})
    return point


@transaction.atomic
def drop_point(*, point: AgendaPoint, by: Actor, at: datetime) -> None:
    """This function will take a point off an agenda that is being prepared.

    Raises: NotAllowed; AlreadyMoved once the invitations left.
    """
    must(can_steer(by))
    row = held_as(point.meeting, MeetingState.DRAFT, label=_("Retirer ce point"))
    AgendaPoint.objects.filter(pk=point.pk).delete()
    trace(row, "commission.drop_point", by=by, at=at, ref=ref_of(row))


@transaction.atomic
def decide(
    *, meeting: CommissionMeeting, text: str, owner: CommissionMember, due: date,
    point: AgendaPoint | None = None, by: Actor, at: datetime,
) -> CommissionDecision:  # fmt: skip
    """This function will note what the commission wants done, by which member, for which day.

    Raises: NotAllowed; AlreadyMoved where the meeting is not held or its minutes are approved;
    InvalidInput for an owner who does not sit, or a day before the meeting.
    """
    must(can_steer(by))
    label = _("Noter une décision")
    row = held_as(meeting, MeetingState.HELD, MeetingState.MINUTED, label=label)
    faults = {}
    if not text.strip():
        faults["text"] = _("Que faut-il faire ?")
    if not members_on(row.commission, row.on_date).filter(pk=owner.pk).exists():
        faults["owner"] = _("Choisissez quelqu’un qui siège à cette réunion.")
    if due < row.on_date:
        faults["due"] = _("Le jour de la réunion ou après.")
    if point is not None and point.meeting_id != row.pk:
        faults["point"] = _("Ce point n’est pas de cette réunion.")
    if faults:
        raise InvalidInput(_("Cette décision n’est pas enregistrée."), faults)
    made = CommissionDecision.objects.create(
        meeting=row, point=point, text=text.strip()[:400], owner=owner, due_date=due
    )
    trace(row, "commission.decide", by=by, at=at, ref=ref_of(row), detail={"decision": made.pk})
    return made


@transaction.atomic
def settle_decision(
    *, decision: CommissionDecision, outcome: str, on: date, by: Actor, at: datetime
) -> CommissionDecision:
    """This function will note that what the commission wanted was done, on `on`, and how.

    Raises: NotAllowed; InvalidInput; WrongState where it is settled already.
    """
    must(can_steer(by))
    faults = {}
    if not outcome.strip():
        faults["outcome"] = _("Une phrase : ce qui a été fait.")
    if not decision.meeting.on_date <= on <= timezone.localdate(at):
        faults["on"] = _("Entre la réunion et aujourd’hui.")
    if faults:
        raise InvalidInput(_("Le suivi n’est pas enregistré."), faults)
    waiting = CommissionDecision.objects.filter(pk=decision.pk, done_date__isnull=True)
    if not waiting.update(done_date=on, outcome=outcome.strip()[:400]):
        raise WrongState(_("Le suivi de cette décision est déjà noté."))
    decision.refresh_from_db()
    row = decision.meeting
    detail = {"decision": decision.pk}
    trace(row, "commission.settle", by=by, at=at, ref=ref_of(row), detail=detail)
    return decision
