"""Two people edit one file: the second is shown both versions, and nothing is lost in silence."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beffroi.casework import aids
from beffroi.casework.enums import ProposalState
from beffroi.casework.models import Application, Proposal, Report
from beffroi.casework.services.common import AlreadyMoved, application_for, trace
from beffroi.casework.workflow import UNDER_ENQUIRY
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.versions import Difference, EditConflict, update_at_version


def mark_of(report: Report | None) -> str:
    """This function will give the mark of a report as it stands: a page carries it back."""
    return f"{report.pk}.{report.edits}" if report is not None else "0.0"


def keep_report(
    application: Application, texts: Mapping[str, str], signed: Mapping[str, Any], seen: str | None
) -> None:
    """This function will write a report onto the version that was seen, and on no other.

    Raises: EditConflict with each part that differs.
    """
    last = application.reports.order_by("version").last()
    if seen is not None and seen != mark_of(last) and _differs(last, texts):
        raise _report_conflict(last, texts)
    if last is None or last.signed_at is not None:
        version = (last.version + 1) if last else 1
        try:
            with transaction.atomic():
                Report.objects.create(application=application, version=version, **texts, **signed)
        except IntegrityError:
            now = application.reports.order_by("version").last()
            raise _report_conflict(now, texts) from None
        return
    written = Report.objects.filter(pk=last.pk, edits=last.edits, signed_at__isnull=True)
    if not written.update(**texts, **signed, edits=F("edits") + 1):
        raise _report_conflict(application.reports.order_by("version").last(), texts)


def _differs(report: Report | None, texts: Mapping[str, str]) -> bool:
    return report is None or any(getattr(report, name) != text for name, text in texts.items())


def _report_conflict(report: Report | None, texts: Mapping[str, str]) -> EditConflict:
    found = [
        Difference(name, str(Report._meta.get_field(name).verbose_name), text, held)  # type: ignore[union-attr]
        for name, text in texts.items()
        if (held := getattr(report, name, "")) != text
    ]
    said = _("Quelqu’un a écrit dans ce rapport pendant que vous l’écriviez.")
    return EditConflict(said, mark_of(report), found)


@transaction.atomic
def correct_application(
    *, reference: str, wanted_from: date, competence: str, details: Mapping[str, Any],
    version: int, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """This function will correct what is asked while the enquiry lasts, onto the version seen.

    Raises: NotAllowed; InvalidInput; AlreadyMoved; EditConflict with both versions.
    """
    application = application_for(reference, by, at)
    if application.state not in UNDER_ENQUIRY:
        raise AlreadyMoved(application, str(_("Corriger la demande")))
    known = {field.key: field for field in aids.aid(application.kind).fields}
    kept = {**application.details}
    faults: dict[str, str] = {}
    for key, value in details.items():
        field = known.get(key)
        if field is None:
            continue
        kept[key] = str(value or "").strip()
        if field.required and not kept[key]:
            faults[key] = _("Cette réponse manque.")
        elif field.choices and kept[key] and kept[key] not in dict(field.choices):
            faults[key] = _("Choisissez dans la liste.")
    if faults:
        raise InvalidInput(_("La demande n’est pas corrigée."), faults)
    update_at_version(
        Application.objects.filter(state__in=UNDER_ENQUIRY), pk=application.pk, version=version,
        changes={"wanted_from": wanted_from, "competence": competence.strip()[:200],
                 "details": kept},
        said=_("Quelqu’un a changé cette demande pendant que vous la corrigiez."),
    )  # fmt: skip
    trace(application.file, "application.correct", by=by, at=at, about=reference)


@transaction.atomic
def change_proposal(
    *, reference: str, motives: str, from_date: date, version: int, by: Actor, at: datetime,
    until_date: date | None = None, amount: Decimal | None = None,
) -> None:  # fmt: skip
    """This function will change a proposal that no organ has yet, onto the version seen.

    An amount that the law computed does not change here. Raises: NotAllowed; InvalidInput;
    WrongState once it is put forward; EditConflict with both versions.
    """
    application = application_for(reference, by, at)
    row = application.proposals.filter(state=ProposalState.DRAFT).last()
    if row is None or application.state != "proposed":
        raise WrongState(_("Aucune proposition n’est en préparation pour cette demande."))
    if len(motives.strip()) < 20:
        raise InvalidInput(
            _("La proposition n’est pas changée."),
            {"motives": _("Motivez en fait et en droit : sans motifs, la décision est nulle.")},
        )
    if until_date is not None and until_date < from_date:
        raise InvalidInput(_("La fin précède le début."), {"until_date": _("Après le début.")})
    changes: dict[str, Any] = {
        "motives": motives.strip(), "from_date": from_date, "until_date": until_date,
    }  # fmt: skip
    if amount is not None and not row.computation_ref and row.amount is not None:
        if amount <= 0:
            raise InvalidInput(
                _("La proposition n’est pas changée."), {"amount": _("Dites combien.")}
            )
        changes["amount"] = amount
    update_at_version(
        Proposal.objects.filter(state=ProposalState.DRAFT), pk=row.pk, version=version,
        changes=changes, said=_("Quelqu’un a changé cette proposition pendant que vous l’écriviez."),
    )  # fmt: skip
    trace(application.file, "proposal.change", by=by, at=at, about=reference)
