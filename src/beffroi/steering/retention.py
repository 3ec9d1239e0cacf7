"""What steering keeps: plans and accounts are archives; the names of agents go after ten years."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from beffroi.audit.retention import Rule, declare, minutes_kept, minutes_limit
from beffroi.steering.enums import PointKind
from beffroi.steering.models import (
    AgendaPoint,
    ChangeRequest,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    CommissionMove,
    ConventionMove,
    LineTeller,
    LineYear,
    PlanMove,
    Proof,
    ReportMove,
    ReportText,
    StaffAssignment,
    TextAsk,
    TypedValue,
)
from beffroi.steering.strategic_retention import STRATEGIC

#: Days an agent’s name stays beside what she noted: the time accounts are kept.
_KEEP = 10 * 365 + 3
#: Days we know of whom a text was asked.
_ASKED = 2 * 365
_WORDS = "10 ans après l’acte, puis sans le nom de l’agent"


def forget_plan_movers(at: datetime) -> int:
    """This function will take the agents’ names out of the steps of plans ten years old."""
    old = PlanMove.objects.filter(at__lte=at - timedelta(days=_KEEP))
    return old.exclude(by_label="").update(by_label="")


def forget_convention_movers(at: datetime) -> int:
    """This function will take the agents’ names out of the steps of conventions ten years old."""
    old = ConventionMove.objects.filter(at__lte=at - timedelta(days=_KEEP))
    return old.exclude(by_label="").update(by_label="")


def forget_checkers(at: datetime) -> int:
    """This function will take the agents’ names out of proofs checked ten years ago."""
    old = Proof.objects.filter(checked_date__lte=(at - timedelta(days=_KEEP)).date())
    return old.exclude(checked_by="").update(checked_by="")


def forget_tellers(at: datetime) -> int:
    """This function will take the agents’ names out of what was said of lines ten years ago."""
    old = LineYear.objects.filter(said_at__lte=at - timedelta(days=_KEEP))
    return old.exclude(said_by="").update(said_by="")


def forget_askers(at: datetime) -> int:
    """This function will take the agents’ names out of changes asked ten years ago."""
    old = ChangeRequest.objects.filter(asked_at__lte=at - timedelta(days=_KEEP))
    return old.exclude(asked_by="").update(asked_by="")


def forget_typists(at: datetime) -> int:
    """This function will take the agents’ names out of figures typed ten years ago."""
    old = TypedValue.objects.filter(typed_at__lte=at - timedelta(days=_KEEP))
    return old.exclude(typed_by="").update(typed_by="")


def forget_staff(at: datetime) -> int:
    """This function will take the agents out of assignments that ended ten years ago."""
    limit = (at - timedelta(days=_KEEP)).date()
    old = StaffAssignment.objects.filter(until_date__lte=limit, agent__isnull=False)
    return old.update(agent=None)


def forget_report_movers(at: datetime) -> int:
    """This function will take the agents’ names out of the steps of reports ten years old."""
    old = ReportMove.objects.filter(at__lte=at - timedelta(days=_KEEP))
    return old.exclude(by_label="").update(by_label="")


def forget_writers(at: datetime) -> int:
    """This function will take the agents’ names out of texts written ten years ago."""
    old = ReportText.objects.filter(written_at__lte=at - timedelta(days=_KEEP))
    return old.exclude(written_by="").update(written_by="")


def forget_members(at: datetime) -> int:
    """This function will take the names out of seats left ten years ago; for whom they sat stays."""
    limit = (at - timedelta(days=_KEEP)).date()
    old = CommissionMember.objects.filter(until_date__lte=limit)
    return old.exclude(name="", email="").update(name="", email="")


def forget_conveners(at: datetime) -> int:
    """This function will take names and words out of the steps of meetings ten years old."""
    old = CommissionMove.objects.filter(at__lte=at - timedelta(days=_KEEP))
    return old.exclude(by_label="", note="").update(by_label="", note="")


@transaction.atomic
def empty_minutes(at: datetime) -> int:
    """This function will empty what was said and wanted in meetings as old as the house says.

    The agenda’s own matters, opinions, votes and days stay. The signed minutes are in the archives.
    """
    limit = minutes_limit(at)
    if limit is None:
        return 0
    old = CommissionMeeting.objects.filter(on_date__lte=timezone.localdate(limit))
    old.update(late_reason="")
    points = AgendaPoint.objects.filter(meeting__in=old)
    points.filter(kind=PointKind.FREE).update(title="—")
    points.exclude(remarks__in=("", "—")).update(remarks="—")
    wanted = CommissionDecision.objects.filter(meeting__in=old).exclude(text="—")
    wanted.exclude(outcome="").update(outcome="—")
    return points.exclude(minutes="").update(minutes="") + wanted.update(text="—")


def forget_tellers_gone(at: datetime) -> int:
    """This function will no longer know who told lines of plans that ended two years ago."""
    limit = (at - timedelta(days=_ASKED)).date()
    ended = Q(line__plan__programme__extended_until_date__lte=limit) | Q(
        line__plan__programme__extended_until_date__isnull=True,
        line__plan__programme__ends_date__lte=limit,
    )
    return LineTeller.objects.filter(ended).delete()[0]


def forget_asks(at: datetime) -> int:
    """This function will forget whom a text was asked of two years ago."""
    return TextAsk.objects.filter(sent_at__lte=at - timedelta(days=_ASKED)).delete()[0]


_MINUTES = minutes_kept()
declare(
    *STRATEGIC,
    Rule("steering.Programme"),
    Rule("steering.Axis"),
    Rule("steering.Right"),
    Rule("steering.CatalogueAction"),
    Rule("steering.Partner"),
    Rule("steering.Plan"),
    Rule("steering.PlanMove", personal=("by_label",), keep=_WORDS, end=forget_plan_movers),
    # The database refuses any change of a version: who made it is in the journal alone.
    Rule("steering.PlanVersion"),
    Rule("steering.Line"),
    Rule("steering.CouncilDate"),
    Rule("steering.PlanLine"),
    Rule("steering.LineYear", personal=("said_by",), keep=_WORDS, end=forget_tellers),
    Rule("steering.Convention"),
    Rule(
        "steering.ConventionMove", personal=("by_label",), keep=_WORDS,
        end=forget_convention_movers,
    ),
    Rule("steering.Tranche"),
    Rule("steering.Indicator"),
    Rule("steering.Subsidy"),
    Rule("steering.BudgetLine"),
    Rule(
        "steering.StaffAssignment", personal=("agent",), end=forget_staff,
        keep="10 ans après la fin de l’affectation, puis sans l’agent",
    ),
    Rule("steering.AccountRow"),
    Rule("steering.Expenditure"),
    Rule("steering.FundingShare"),
    Rule("steering.Explained"),
    Rule("steering.ReportText", personal=("written_by",), keep=_WORDS, end=forget_writers),
    Rule("steering.AnnualReport"),
    Rule("steering.ReportMove", personal=("by_label",), keep=_WORDS, end=forget_report_movers),
    Rule("steering.Snapshot"),
    Rule("steering.Publication"),
    Rule("steering.Target"),
    Rule("steering.TypedValue", personal=("typed_by",), keep=_WORDS, end=forget_typists),
    Rule("steering.Commission"),
    Rule(
        "steering.CommissionMember", personal=("name", "email"), end=forget_members,
        keep="10 ans après la fin du mandat, puis sans nom ni courriel",
    ),
    Rule(
        "steering.CommissionMeeting", personal=("late_reason",), keep=_MINUTES, end=empty_minutes
    ),
    Rule(
        "steering.CommissionMove", personal=("by_label", "note"), end=forget_conveners,
        keep="10 ans après l’acte, puis sans le nom de l’agent ni son motif",
    ),
    # A presence, a point, a decision name a member by her seat: her name goes from there.
    Rule("steering.CommissionPresence"),
    Rule(
        "steering.AgendaPoint", personal=("title", "minutes", "remarks"), keep=_MINUTES,
        with_parent="steering.CommissionMeeting",
    ),
    Rule(
        "steering.CommissionDecision", personal=("text", "outcome"), keep=_MINUTES,
        with_parent="steering.CommissionMeeting",
    ),
    Rule("steering.IsadfImport"),
    Rule("steering.IsadfValue"),
    Rule("steering.DiagnosisItem"),
    Rule(
        "steering.LineTeller", personal=("agent",), end=forget_tellers_gone,
        keep="2 ans après la fin du programme",
    ),
    Rule("steering.TextAsk", personal=("teller",), keep="2 ans", end=forget_asks),
    Rule("steering.ChangeRequest", personal=("asked_by",), keep=_WORDS, end=forget_askers),
    Rule("steering.Proof", personal=("checked_by",), keep=_WORDS, end=forget_checkers),
)  # fmt: skip
