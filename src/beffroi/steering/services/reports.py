"""Annual reports: words are written, figures frozen, a correction is another revision."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.versions import update_at_version
from beffroi.steering.enums import VOTED, ReportKind, TextSection
from beffroi.steering.models import AnnualReport, Plan, ReportMove, ReportText, Snapshot
from beffroi.steering.permissions import can_note_decision, can_read_board, can_steer
from beffroi.steering.reports.content import canonical, digest, gather
from beffroi.steering.services.base import must, step, trace
from beffroi.steering.services.publishing import publish
from beffroi.steering.workflow import REPORT_MOVES

#: Moves that note what the council or the Region decided.
_DECISIONS = frozenset({"approve", "accept", "send_back"})
FORMS = ("pdf", "docx", "xlsx", "json")


@dataclass(frozen=True)
class Written:
    """A report as a file: its bytes, its name, and the digest of the snapshot it was made from."""

    body: bytes
    name: str
    digest: str
    revision: int


@transaction.atomic
def write_text(
    *, plan: Plan, year: int, section: str, text: str, version: int = 0, by: Actor, at: datetime
) -> ReportText:
    """This function will keep the words of a part of the activity report.

    Raises: NotAllowed; EditConflict when somebody wrote meanwhile.
    """
    must(can_steer(by))
    values = {"text": text.strip(), "written_at": at, "written_by": by.label}
    row, new = ReportText.objects.get_or_create(
        plan=plan, year=year, section=TextSection(section), defaults=values
    )
    if not new:
        update_at_version(
            ReportText.objects.all(), pk=row.pk, version=version, changes=values,
            said=_("Quelqu’un vient d’écrire dans cette partie."),
        )  # fmt: skip
        row.refresh_from_db()
    trace(plan, "report.write", by=by, at=at, ref=plan.key, detail={"year": year, "part": section})
    return row


@transaction.atomic
def freeze(
    *, plan: Plan, year: int, kind: str, reason: str = "", by: Actor, at: datetime
) -> Snapshot:
    """This function will freeze what the report of a year says, as a new revision.

    From the vote on, a revision says why, and the report goes its road again. Freezing what has
    not changed gives the revision that stands.

    Raises: NotAllowed; InvalidInput; WrongState for a year that has not begun or before the plan.
    """
    must(can_steer(by))
    day = timezone.localdate(at)
    if not plan.programme.starts_date.year <= year <= day.year:
        raise WrongState(_("Le plan n’a pas de rapport pour %(year)s.") % {"year": year})
    report = AnnualReport.objects.get_or_create(plan=plan, year=year, kind=ReportKind(kind))[0]
    report = AnnualReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    last = report.snapshots.order_by("-revision").first()
    text = canonical(gather(plan, year, kind, day))
    if last is not None and last.digest == digest(text):
        return last
    voted = report.state in VOTED
    if voted and not reason.strip():
        raise InvalidInput(
            _("Ce rapport est voté : dites pourquoi il change."), {"reason": _("Une phrase.")}
        )
    made = Snapshot.objects.create(
        report=report, revision=last.revision + 1 if last else 1, content=text,
        digest=digest(text), reason=reason.strip()[:500], after_vote=voted, frozen_at=at,
    )  # fmt: skip
    _move(report, "freeze", on=day, note=made.reason, by=by, at=at)
    return made


def _move(report: AnnualReport, key: str, *, on: date, note: str, by: Actor, at: datetime) -> None:
    source = report.state
    step(report, REPORT_MOVES, key)
    ReportMove.objects.create(
        report=report, move=key, source=source, target=report.state, on_date=on, at=at,
        by_label=by.label, note=note[:500],
    )  # fmt: skip
    ref = f"{report.plan.key}/{report.year}/{report.kind}"
    trace(report, f"report.{key}", by=by, at=at, ref=ref)


@transaction.atomic
def move_report(
    *, report: AnnualReport, move: str, on: date, note: str = "", by: Actor, at: datetime
) -> AnnualReport:
    """This function will take a report one step further: seen, voted, sent, received, accepted.

    With the vote, what anybody may read of it is decided and published.

    Raises: NotAllowed; InvalidInput where a decision or a receipt is to be named; AlreadyMoved.
    """
    if move == "freeze":
        raise WrongState(_("Un rapport se fige avec ses chiffres."))
    must(can_note_decision(by) if move in _DECISIONS else can_steer(by))
    if move in {*_DECISIONS, "send", "receive"} and not note.strip():
        raise InvalidInput(
            _("Nommez la décision ou le reçu."), {"note": _("Séance et point, ou numéro du reçu.")}
        )
    _move(report, move, on=on, note=note.strip(), by=by, at=at)
    if move == "approve":
        publish(report=report, voted=on, decision=note.strip(), by=by, at=at)
    return report


def content_of(snapshot: Snapshot) -> dict[str, Any]:
    """This function will give what a snapshot says. Raises: RuntimeError when it was tampered with."""
    if digest(snapshot.content) != snapshot.digest:
        raise RuntimeError(f"snapshot {snapshot.pk} does not match its digest")
    content: dict[str, Any] = json.loads(snapshot.content)
    return content


@transaction.atomic
def write_file(*, snapshot: Snapshot, form: str, by: Actor, at: datetime) -> Written:
    """This function will write a snapshot as a file, the same each time, and journal that it left.

    Raises: NotAllowed; InvalidInput for another form than pdf, docx, xlsx, json.
    """
    from beffroi.steering.reports.files import write_report  # heavy: read when a file is asked

    if not can_read_board(by):
        raise NotAllowed(_("Ce rapport ne s’ouvre pas depuis votre poste."))
    if form not in FORMS:
        raise InvalidInput(_("Un rapport s’écrit en PDF, DOCX, XLSX ou JSON."))
    body = write_report(
        content_of(snapshot), form=form, frozen_at=snapshot.frozen_at, digest=snapshot.digest,
        text=snapshot.content,
    )  # fmt: skip
    report = snapshot.report
    name = f"{report.plan.key}-{report.year}-{report.kind}-r{snapshot.revision}.{form}"
    detail = {"form": form, "revision": snapshot.revision}
    ref = f"{report.plan.key}/{report.year}/{report.kind}"
    trace(report, "report.file", by=by, at=at, ref=ref, kind=ActKind.EXPORT, detail=detail)
    return Written(body, name, snapshot.digest, snapshot.revision)
