"""The state of progress of a strategic plan: frozen once, written as a file, the same each time."""

import json
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering.ecomptes import ecomptes_xml
from beffroi.steering.models import ProgressReport, StrategicPlan
from beffroi.steering.permissions import can_read_board, can_steer
from beffroi.steering.reports.content import canonical, digest
from beffroi.steering.reports.progress_content import gather_progress
from beffroi.steering.services.base import must, trace
from beffroi.steering.services.reports import FORMS, Written


@transaction.atomic
def freeze_progress(
    *, plan: StrategicPlan, on: date, reason: str, by: Actor, at: datetime
) -> ProgressReport:
    """This function will freeze where a plan stands now; what has not changed is not frozen twice.

    Raises: NotAllowed; InvalidInput without the occasion; WrongState for another day than today.
    """
    must(can_steer(by))
    if not reason.strip():
        raise InvalidInput(
            _("Dites à quelle occasion."), {"reason": _("Par exemple : évaluation à mi-parcours.")}
        )
    if on != timezone.localdate(at):
        raise WrongState(_("Un état se fige le jour où il est vrai : aujourd’hui."))
    StrategicPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    last = plan.reports.order_by("-number").first()
    text = canonical(gather_progress(plan, on))
    if last is not None and last.digest == digest(text):
        return last
    made = ProgressReport.objects.create(
        plan=plan, number=last.number + 1 if last else 1, on_date=on, reason=reason.strip()[:300],
        content=text, digest=digest(text), frozen_at=at,
    )  # fmt: skip
    trace(plan, "strategic.freeze", by=by, at=at, ref=plan.key, detail={"number": made.number})
    return made


@transaction.atomic
def write_progress(*, report: ProgressReport, form: str, by: Actor, at: datetime) -> Written:
    """This function will write a frozen state of progress as a file, and journal that it left.

    Raises: NotAllowed; InvalidInput for another form; RuntimeError when it was tampered with.
    """
    from beffroi.steering.reports.files import write_report  # heavy: read when a file is asked

    if not can_read_board(by):
        raise NotAllowed(_("Ce rapport ne s’ouvre pas depuis votre poste."))
    if form not in FORMS:
        raise InvalidInput(_("Un rapport s’écrit en PDF, DOCX, XLSX ou JSON."))
    if digest(report.content) != report.digest:
        raise RuntimeError(f"progress report {report.pk} does not match its digest")
    body = write_report(
        json.loads(report.content), form=form, frozen_at=report.frozen_at, digest=report.digest,
        text=report.content,
    )  # fmt: skip
    name = f"{report.plan.key}-avancement-{report.on_date.isoformat()}-{report.number}.{form}"
    trace(
        report.plan, "strategic.write", by=by, at=at, ref=report.plan.key, kind=ActKind.EXPORT,
        detail={"form": form, "number": report.number},
    )  # fmt: skip
    return Written(body, name, report.digest, report.number)


@transaction.atomic
def export_ecomptes(
    *, plan: StrategicPlan, year: int, form: str = "import", by: Actor, at: datetime
) -> bytes:
    """This function will write a PST for eComptes, and journal that it left.

    Raises: NotAllowed; InvalidInput whose `fields` say what is missing, place by place.
    """
    must(can_steer(by))
    body = ecomptes_xml(plan, year=year, form=form)
    trace(
        plan, "strategic.ecomptes", by=by, at=at, ref=plan.key, kind=ActKind.EXPORT,
        detail={"year": year},
    )  # fmt: skip
    return body
