"""A plan goes from a draft to its archive; its lines are copied whole into each version."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.versions import update_at_version
from beffroi.steering.enums import WANT_REASON, Delivery, LineState, YearStatus
from beffroi.steering.models import (
    CatalogueAction,
    CouncilDate,
    Line,
    LineYear,
    Partner,
    Plan,
    PlanLine,
    PlanMove,
    PlanVersion,
)
from beffroi.steering.permissions import can_note_decision, can_steer, can_tell
from beffroi.steering.services.base import must, step, trace
from beffroi.steering.workflow import PLAN_MOVES

#: Moves that note what somebody above the house decided.
_DECISIONS = frozenset({"adopt", "approve", "approve_with_remarks", "refuse"})


@dataclass(frozen=True)
class LineDraft:
    """A line as the next version has it."""

    number: int
    action: CatalogueAction
    starts_date: date
    delivery: str = Delivery.REGIE
    partner: Partner | None = None
    local_title: str = ""
    objective: str = ""
    publics: str = ""
    sites: str = ""
    completes: str = ""
    responsible: str = ""
    expected: str = ""
    ends_date: date | None = None
    state: str = LineState.ACTIVE

    @classmethod
    def of(cls, row: PlanLine) -> "LineDraft":
        """This function will take a line as a version has it, to copy it into the next."""
        names = [one.name for one in fields(cls) if one.name != "number"]
        return cls(number=row.line.number, **{name: getattr(row, name) for name in names})


def make_version(
    plan: Plan, drafts: Iterable[LineDraft], *, reason: str, effective: date, by: Actor,
    at: datetime,
) -> PlanVersion:  # fmt: skip
    """This function will write the next version of a plan, with all its lines.

    A line new to the plan enters on `effective`: its costs count from that day on.

    Raises: InvalidInput for a number given twice, a partner missing, or a day before the last version’s.
    """
    rows = list(drafts)
    _check(plan, rows)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    if last and effective < last.effective_date:
        raise InvalidInput(
            _("Une version ne peut pas commencer avant la précédente."),
            {"effective": _("Le %(day)s ou après.") % {"day": f"{last.effective_date:%d/%m/%Y}"}},
        )
    version = PlanVersion.objects.create(
        plan=plan, number=last.number + 1 if last else 1, reason=reason, effective_date=effective,
        made_at=at,
    )  # fmt: skip
    held = {line.number: line for line in Line.objects.filter(plan=plan)}
    for draft in rows:
        if draft.number not in held:
            held[draft.number] = Line.objects.create(
                plan=plan, number=draft.number, since_date=effective
            )
    names = [one.name for one in fields(LineDraft) if one.name != "number"]
    PlanLine.objects.bulk_create(
        PlanLine(
            version=version, line=held[draft.number],
            **{name: getattr(draft, name) for name in names},
        )
        for draft in rows
    )  # fmt: skip
    return version


def _check(plan: Plan, rows: list[LineDraft]) -> None:
    numbers = [row.number for row in rows]
    faults = {}
    for row in rows:
        where = _("ligne %(number)s") % {"number": row.number}
        if numbers.count(row.number) > 1:
            faults[where] = _("ce numéro est deux fois dans le plan")
        elif row.delivery != Delivery.REGIE and row.partner is None:
            faults[where] = _("le partenaire manque")
        elif row.action.programme_id != plan.programme_id:
            faults[where] = _("cette action n’est pas de ce programme")
    if not rows:
        faults[_("lignes")] = _("un plan a une ligne au moins")
    if faults:
        raise InvalidInput(_("Cette version n’est pas enregistrée."), faults)


@transaction.atomic
def move_plan(*, key: str, move: str, on: date, by: Actor, at: datetime, note: str = "") -> Plan:
    """This function will move a plan one step, on the day it happened, and keep who and why.

    Raises: NotAllowed; InvalidInput without a note where a decision is noted; AlreadyMoved.
    """
    must(can_note_decision(by) if move in _DECISIONS else can_steer(by))
    plan = Plan.objects.get(key=key)
    if move in _DECISIONS and not note.strip():
        raise InvalidInput(_("Nommez la décision."), {"note": _("Par exemple : séance du 4 mars.")})
    source = plan.state
    step(plan, PLAN_MOVES, move)
    PlanMove.objects.create(
        plan=plan, move=move, source=source, target=plan.state, on_date=on, at=at,
        by_label=by.label, note=note.strip()[:500],
    )  # fmt: skip
    trace(plan, f"plan.{move}", by=by, at=at, ref=plan.key)
    return plan


@transaction.atomic
def tell_year(
    *, line: Line, year: int, status: str, reason: str = "", worked: str = "", hard: str = "",
    change_planned: str = "", version: int = 0, by: Actor, at: datetime,
) -> LineYear:  # fmt: skip
    """This function will keep how a line went in a year, in words.

    Raises: NotAllowed; InvalidInput without a reason where one is due; EditConflict.
    """
    must(can_tell(by, line))
    if status in WANT_REASON and not reason.strip():
        raise InvalidInput(_("Dites pourquoi."), {"reason": _("Une phrase suffit.")})
    if year < line.since_date.year:
        raise WrongState(_("Cette ligne n’était pas encore au plan en %(year)s.") % {"year": year})
    values = {
        "status": YearStatus(status), "reason": reason.strip(), "worked": worked.strip(),
        "hard": hard.strip(), "change_planned": change_planned.strip(), "said_at": at,
        "said_by": by.label,
    }  # fmt: skip
    row, new = LineYear.objects.get_or_create(line=line, year=year, defaults=values)
    if not new:
        update_at_version(
            LineYear.objects.all(), pk=row.pk, version=version, changes=values,
            said=_("Quelqu’un vient de changer ce que dit cette ligne."),
        )  # fmt: skip
        row.refresh_from_db()
    trace(line, "line.tell_year", by=by, at=at, ref=f"{line.plan.key}/{line}", detail={"y": year})
    return row


@transaction.atomic
def announce_council(*, plan: Plan, on: date, source: str, by: Actor, at: datetime) -> CouncilDate:
    """This function will keep a meeting of the council that votes on a plan.

    Raises: NotAllowed; InvalidInput for a date already known, or without its source.
    """
    must(can_steer(by))
    if not source.strip() or CouncilDate.objects.filter(plan=plan, on_date=on).exists():
        raise InvalidInput(
            _("Cette séance n’est pas enregistrée."),
            {"on": _("Une date qui n’y est pas encore, et d’où elle vient.")},
        )
    row = CouncilDate.objects.create(plan=plan, on_date=on, source=source.strip())
    trace(plan, "council.announce", by=by, at=at, ref=plan.key, detail={"on": on.isoformat()})
    return row


@transaction.atomic
def drop_council(*, plan: Plan, on: date, by: Actor, at: datetime) -> None:
    """This function will take back a meeting that will not be held.

    Raises: NotAllowed; WrongState when it is not there.
    """
    must(can_steer(by))
    if not CouncilDate.objects.filter(plan=plan, on_date=on).delete()[0]:
        raise WrongState(_("Cette séance n’est pas dans la liste."))
    trace(plan, "council.drop", by=by, at=at, ref=plan.key, detail={"on": on.isoformat()})
