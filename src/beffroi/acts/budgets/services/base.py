"""What every service of mediation starts with: the right, the state, the move, the trace."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.budgets.models import MediationFile, MediationMove
from beffroi.acts.budgets.permissions import can_work_on, files_visible_to
from beffroi.acts.budgets.workflow import MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved the file meanwhile, or it never was where this act starts."""

    def __init__(self, file: MediationFile, label: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour le dossier %(reference)s.")
            % {"act": label, "reference": file.reference},
            _("Il est maintenant à l’étape : %(state)s.")
            % {"state": file.get_state_display().lower()},
            _("Rouvrez la page pour voir où il en est."),
        )


class FileClosed(WrongState):
    """The file is closed: nothing is written in it any more."""

    def __init__(self, file: MediationFile) -> None:
        super().__init__(
            _("Le dossier %(reference)s est clôturé.") % {"reference": file.reference},
            "",
            _("La responsable d’équipe peut le rouvrir."),
        )


def visible_file(reference: str, by: Actor) -> MediationFile:
    """This function will give a file that the actor may open. Raises: NotAllowed."""
    file = files_visible_to(by).filter(reference=reference).first()
    if file is None:
        raise NotAllowed(_("Ce dossier n’existe pas, ou n’est pas dans vos mains."))
    return file


def open_file_of(reference: str, by: Actor) -> MediationFile:
    """This function will give a file in which the actor may write.

    Raises: NotAllowed; FileClosed.
    """
    file = visible_file(reference, by)
    if not can_work_on(by, file):
        raise FileClosed(file)
    return file


def move(
    file: MediationFile, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any
) -> None:
    """This function will make the move `key` and keep who, when, why; `file` is refreshed.

    Raises: AlreadyMoved when the file is not in a state the move starts from.
    """
    step, source = MOVES[key], file.state
    changes.setdefault("state_since_date", day_of(at))
    moved = source in step.sources and MediationFile.objects.filter(
        pk=file.pk, state=source
    ).update(state=step.target, **changes)
    if not moved:
        file.refresh_from_db()
        raise AlreadyMoved(file, str(step.label))
    MediationMove.objects.create(
        file=file, move=key, source=source, target=step.target, at=at, by_ref=by.ref,
        by_label=by.label, why=why[:500],
    )  # fmt: skip
    trace(file, f"mediation.{key}", by=by, at=at)
    file.refresh_from_db()


def trace(
    file: MediationFile,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    kind: ActKind = ActKind.WRITE,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on the file, in the transaction under way.

    The subject is the file and not the person: who reads the journal of a person's social
    file must not learn from it that she has debts.
    """
    audit.record(
        by=by.as_of_team(file.team), kind=kind, verb=verb, object_kind="mediation_file",
        object_ref=file.reference, subject_ref=file.reference, at=at, reason=why, detail=detail,
    )  # fmt: skip


def day_of(at: datetime) -> date:
    """This function will give the day of a moment, as the clocks of the house show it."""
    return timezone.localdate(at)
