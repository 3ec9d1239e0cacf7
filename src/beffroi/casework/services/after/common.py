"""What every act after a decision does: find the grant, open the application that follows it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.enums import (
    ENQUIRED,
    ApplicationState,
    FileState,
    GrantState,
    ProposalState,
    SequelCause,
)
from beffroi.casework.models import (
    Application,
    ApplicationMove,
    Asset,
    BudgetLine,
    Cohabitant,
    Grant,
    Resource,
    Sequel,
)
from beffroi.casework.services import clocks
from beffroi.casework.services.common import application_for, file_for, new_number, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

LIVE = (GrantState.RUNNING, GrantState.SUSPENDED)


def grant_for(reference: str, by: Actor, at: datetime) -> Grant:
    """This function will give a grant of a file the actor may work on.

    Raises: NotAllowed; ReasonNeeded.
    """
    grant = (
        Grant.objects.select_related("file__team", "file__person", "decision__application")
        .filter(reference=reference)
        .first()
    )
    if grant is None:
        raise NotAllowed(_("Cet octroi n’existe pas, ou n’est pas dans vos équipes."))
    file_for(grant.file.number, by, at)
    return grant


def running_grant(reference: str, by: Actor, at: datetime) -> Grant:
    """This function will give a grant that still runs, its row held for the act.

    Raises: NotAllowed; ReasonNeeded; WrongState once it is over or replaced.
    """
    grant = grant_for(reference, by, at)
    held = Grant.objects.select_for_update(no_key=True).filter(pk=grant.pk, state__in=LIVE).first()
    if held is None:
        raise WrongState(
            _("L’octroi %(reference)s ne court plus.") % {"reference": reference},
            todo=_("Rouvrez le dossier : une autre décision l’a remplacé ou terminé."),
        )
    grant.state = held.state
    return grant


def said(text: str, name: str, what: str, least: int = 10) -> str:
    """This function will give the text without idle spaces. Raises: InvalidInput when too short."""
    text = text.strip()
    if len(text) < least:
        raise InvalidInput(what, {name: what})
    return text


def follow(
    grant: Grant,
    cause: SequelCause,
    *,
    why: str,
    from_date: date,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Application:
    """This function will open the application that follows a grant, with what was known of it.

    Raises: InvalidInput without a reason; WrongState while another one of this cause is open, or
    when the file is closed.
    """
    why = said(why, "why", _("Dites pourquoi : ce motif suivra la décision."))
    if grant.file.state != FileState.OPEN:
        raise WrongState(_("Ce dossier est clos."), todo=_("Ouvrez-en un nouveau."))
    other = _open_one(grant, cause)
    if other is not None:
        raise WrongState(
            _("%(what)s est déjà ouverte pour cet octroi : %(reference)s.")
            % {"what": cause.label, "reference": other.reference},
            todo=_("Continuez celle-là."),
        )
    before = grant.decision.application
    today = timezone.localdate(at)
    application = Application.objects.create(
        reference=new_number("A", at), file=grant.file, kind=grant.kind, asked_on=today,
        wanted_from=from_date, details=before.details, entry_reason=before.entry_reason,
        competence=before.competence,
    )  # fmt: skip
    Sequel.objects.create(
        application=application, grant=grant, cause=cause, why=why, facts=dict(facts or {})
    )
    ApplicationMove.objects.create(
        application=application, move="open", source="", target=ApplicationState.RECEIVED, at=at,
        by_ref=by.ref, by_label=by.label, by_post=by.shown_as if by.posts else "",
        why=str(cause.label),
    )  # fmt: skip
    if cause in ENQUIRED:
        copy_known(before, application)
    clocks.start(grant.file, "request_received", today, subject_ref=application.reference,
                 application=application, only=("decision",))  # fmt: skip
    trace(grant.file, "sequel.open", by=by, at=at, about=application.reference,
          detail={"cause": cause, "grant": grant.reference})  # fmt: skip
    return application


def _open_one(grant: Grant, cause: SequelCause) -> Application | None:
    """Two enquiries, or two sanctions, of one right at once would contradict each other."""
    same = [c for c in ENQUIRED] if cause in ENQUIRED else [cause]
    row = (
        Sequel.objects.filter(grant__in=sequels.whole_line(grant), cause__in=same)
        .exclude(application__state=ApplicationState.CLOSED)
        .select_related("application")
        .first()
    )
    return row.application if row else None


def copy_known(source: Application, target: Application) -> None:
    """This function will copy what the last enquiry knew: nobody is asked twice for the same."""
    same: dict[int, int] = {}
    for one in source.cohabitants.order_by("pk"):
        known = one.pk
        one.pk, one.application = None, target
        one.save(force_insert=True)
        same[known] = one.pk
    rows: list[Resource | Asset | BudgetLine] = [
        *source.resources.order_by("pk"), *source.assets.order_by("pk"),
        *source.budget.order_by("pk"),
    ]  # fmt: skip
    for row in rows:
        row.pk, row.application = None, target
        if isinstance(row, Resource) and row.cohabitant_id is not None:
            row.cohabitant_id = same[row.cohabitant_id]
        row.save(force_insert=True)
    for judged in source.appreciations.exclude(question="regime").order_by("at", "pk"):
        judged.pk, judged.application = None, target
        if judged.question == "counted_share" and judged.about.isdigit():
            judged.about = str(same.get(int(judged.about), 0))
        judged.save(force_insert=True)


def sequel_for(reference: str, by: Actor, at: datetime, *causes: SequelCause) -> Sequel:
    """This function will give what an application follows, its row held, if it is of these causes.

    Raises: NotAllowed; ReasonNeeded; WrongState for another kind of application.
    """
    application = application_for(reference, by, at)
    sequel = (
        Sequel.objects.select_for_update(of=("self",), no_key=True)
        .select_related("application__file__team", "application__file__person", "grant__decision")
        .filter(application=application)
        .first()
    )
    if sequel is None or causes and SequelCause(sequel.cause) not in causes:
        raise WrongState(_("Cette demande ne suit pas un octroi de cette manière."))
    return sequel


def still_open(sequel: Sequel) -> None:
    """This function will refuse once the organ has it. Raises: WrongState."""
    if sequel.application.state not in (
        ApplicationState.RECEIVED, ApplicationState.ENQUIRY, ApplicationState.REPORTED,
    ):  # fmt: skip
        raise WrongState(
            _("La proposition est déjà faite."), todo=_("Reprenez-la avant de changer ses termes.")
        )


def drop_drafts(application: Application) -> None:
    """This function will withdraw a proposal that was being prepared."""
    application.proposals.filter(state=ProposalState.DRAFT).update(state=ProposalState.WITHDRAWN)


__all__ = [
    "LIVE", "Cohabitant", "copy_known", "drop_drafts", "follow", "grant_for", "running_grant",
    "said", "sequel_for", "still_open",
]  # fmt: skip
