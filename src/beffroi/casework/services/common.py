"""What every service of the file does: find it for the actor, move it, journal it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.casework.models import Application, ApplicationMove, SocialFile
from beffroi.casework.permissions import files_visible_to, is_in_hand_of
from beffroi.casework.workflow import MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.documents import services as documents


class AlreadyMoved(WrongState):
    """Somebody else moved the application meanwhile, or it never was where this act starts."""

    def __init__(self, application: Application, label: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour la demande %(reference)s.")
            % {"act": label, "reference": application.reference},
            _("Elle est maintenant : %(state)s.")
            % {"state": application.get_state_display().lower()},
            _("Rouvrez le dossier pour voir où elle en est."),
        )


class ReasonNeeded(NotAllowed):
    """The file is of the team but not of the caseload: a reason opens it."""


def new_number(letter: str, at: datetime) -> str:
    """This function will give the next number of a register: D26000001, at most 11 characters."""
    year = timezone.localtime(at).year
    return f"{letter}{year % 100:02d}{documents.next_number(register=letter, year=year):06d}"


def file_for(number: str, by: Actor, at: datetime) -> SocialFile:
    """This function will give a file the actor may work on.

    Raises: NotAllowed when it is not hers to see; ReasonNeeded when it is out of her caseload.
    """
    file = (
        files_visible_to(by).select_related("team", "person", "worker").filter(number=number)
    ).first()
    if file is None:
        raise NotAllowed(_("Ce dossier n’existe pas, ou n’est pas dans vos équipes."))
    _must_be_in_hand(file, by, at)
    return file


def _must_be_in_hand(file: SocialFile, by: Actor, at: datetime) -> None:
    if not is_in_hand_of(by, file, at):
        raise ReasonNeeded(
            _("Le dossier %(number)s n’est pas dans votre charge.") % {"number": file.number},
            todo=_("Dites pourquoi vous l’ouvrez : la personne responsable en sera avertie."),
        )


def application_for(reference: str, by: Actor, at: datetime) -> Application:
    """This function will give an application of a file the actor may work on.

    Raises: NotAllowed; ReasonNeeded.
    """
    application = (
        Application.objects.select_related("file__team", "file__person", "file__worker")
        .filter(reference=reference)
        .first()
    )
    if application is None or not files_visible_to(by).filter(pk=application.file_id).exists():
        raise NotAllowed(_("Cette demande d’aide n’existe pas, ou n’est pas dans vos équipes."))
    _must_be_in_hand(application.file, by, at)
    return application


def move(
    application: Application,
    key: str,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    detail: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """This function will make the move `key` and keep who, when, why; it is refreshed.

    Raises: AlreadyMoved when the application is not in a state the move starts from.
    """
    step = MOVES[key]
    source = application.state
    moved = source in step.sources and Application.objects.filter(
        pk=application.pk, state=source
    ).update(state=step.target, **changes)
    if not moved:
        application.refresh_from_db(fields=["state"])
        raise AlreadyMoved(application, str(step.label))
    by = by.as_of_team(application.file.team.key)
    ApplicationMove.objects.create(
        application=application, move=key, source=source, target=step.target, at=at,
        by_ref=by.ref, by_label=by.label, by_post=by.shown_as if by.posts else "", why=why[:500],
    )  # fmt: skip
    trace(application.file, f"application.{key}", by=by, at=at, about=application.reference,
          detail=detail)  # fmt: skip
    application.refresh_from_db()


def trace(
    file: SocialFile,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    about: str = "",
    why: str = "",
    kind: ActKind = ActKind.WRITE,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on the file, in the transaction under way.

    The subject is the person’s reference: neither her name nor what is in the file is kept.
    """
    audit.record(
        by=by.as_of_team(file.team.key), kind=kind, verb=verb,
        object_kind="social_file" if not about else "social_file_part",
        object_ref=about or file.number, subject_ref=file.person.reference, at=at, reason=why,
        detail={"file": file.number, **(detail or {})},
    )  # fmt: skip
