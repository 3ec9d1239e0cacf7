"""Opening a file and an application in it, giving it to a worker, opening one out of caseload."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.payments.enums import EntryReason
from beffroi.acts.requests import services as requests
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.casework import aids
from beffroi.casework.details import checked
from beffroi.casework.enums import ApplicationEnd, ApplicationState, FileState
from beffroi.casework.models import Application, ApplicationMove, FileOpening, SocialFile
from beffroi.casework.permissions import (
    can_open_files,
    file_teams,
    files_visible_to,
    led_teams,
    openings_told_to,
)
from beffroi.casework.services import clocks
from beffroi.casework.services.common import application_for, file_for, move, new_number, trace
from beffroi.casework.workflow import OPEN_STATES
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import queries as people
from beffroi.people.permissions import barred_persons


@transaction.atomic
def open_file(
    *, person_ref: str, team: str, by: Actor, at: datetime, worker: int | None = None
) -> str:
    """This function will open the file of a person in a team, or give the one that is open.

    Raises: NotAllowed for one’s own file, a relative’s, or another team’s; InvalidInput.
    """
    if not can_open_files(by) or (by.kind is ActorKind.AGENT and team not in file_teams(by)):
        raise NotAllowed(_("Vous n’ouvrez de dossiers que dans vos équipes."))
    person = people.person_named(person_ref)
    if person is None or person.pk in barred_persons(by):
        raise NotAllowed(_("Cette personne n’existe pas, ou son dossier ne vous est pas ouvert."))
    held_by = accounts.team_by_key(team)
    if held_by is None:
        raise InvalidInput(_("Cette équipe n’existe pas."))
    known = SocialFile.objects.filter(
        person__in=people.same_ids(person.pk), team=held_by, state=FileState.OPEN
    ).first()
    if known is not None:
        return known.number
    file = SocialFile.objects.create(
        number=new_number("D", at), person_id=person.pk, team=held_by, worker_id=worker,
        opened_at=at,
    )  # fmt: skip
    trace(file, "file.open", by=by, at=at)
    return file.number


@transaction.atomic
def open_application(
    *,
    number: str,
    kind: str,
    asked_on: date,
    by: Actor,
    at: datetime,
    wanted_from: date | None = None,
    request_ref: str = "",
    details: Mapping[str, Any] | None = None,
    entry_reason: str = "",
    is_urgent: bool = False,
) -> str:
    """This function will enter an application for an aid and start its clocks; its reference.

    One that comes from a request received keeps the day of the request, and closes it as one that
    a file goes on with.

    `details` are the answers that belong to this aid: texts, numbers, dates, as a person types them.
    Raises: NotAllowed; InvalidInput with a sentence for each answer that is not right.
    """
    file = file_for(number, by, at)
    if file.state != FileState.OPEN:
        raise WrongState(_("Ce dossier est clos."), todo=_("Ouvrez-en un nouveau."))
    if request_ref:
        asked_on = _asked_in(request_ref, by, at)
    given = _checked(kind, details or {}, asked_on, at)
    if entry_reason and entry_reason not in EntryReason.values:
        words = _("Choisissez un motif de la liste.")
        raise InvalidInput(words, {"entry_reason": words})
    try:
        with transaction.atomic():
            application = Application.objects.create(
                reference=new_number("A", at), file=file, kind=kind, asked_on=asked_on,
                wanted_from=wanted_from or asked_on, request_ref=request_ref, details=given,
                entry_reason=entry_reason, is_urgent=is_urgent or aids.aid(kind).is_urgent,
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(
            _("La demande %(ref)s a déjà ouvert cette aide.") % {"ref": request_ref},
            todo=_("Retrouvez-la dans le dossier."),
        ) from None
    ApplicationMove.objects.create(
        application=application, move="open", source="", target=ApplicationState.RECEIVED, at=at,
        by_ref=by.ref, by_label=by.label, by_post=by.shown_as if by.posts else "",
    )  # fmt: skip
    clocks.start(file, "request_received", asked_on, subject_ref=application.reference,
                 application=application)  # fmt: skip
    for what in ("register", "receipt"):
        clocks.meet(file, what, at=at, subject_ref=application.reference)
    if aids.aid(kind).model == "medical_card":
        clocks.meet(file, "renewal", at=at)
    trace(file, "application.open", by=by, at=at, about=application.reference,
          detail={"kind": kind})  # fmt: skip
    return application.reference


def _asked_in(request_ref: str, by: Actor, at: datetime) -> date:
    """The day of the request that this application comes from; the file goes on with it."""
    try:
        return requests.become_file(reference=request_ref, by=by, at=at)
    except NotAllowed:
        raise InvalidInput(
            _("Cette demande n’est pas connue."),
            {"request_ref": _("Aucune demande de vos équipes n’a cette référence.")},
        ) from None


def _checked(kind: str, given: Mapping[str, Any], asked_on: date, at: datetime) -> dict[str, str]:
    if not aids.is_known(kind):
        raise InvalidInput(_("Cette aide n’existe pas."))
    kept, faults = checked(aids.aid(kind), given)
    if asked_on > timezone.localdate(at):
        faults["asked_on"] = _("La demande ne peut pas être datée de demain.")
    if faults:
        raise InvalidInput(_("Cette demande n’est pas complète."), faults)
    return kept


@transaction.atomic
def assign(*, number: str, to: int, by: Actor, at: datetime) -> None:
    """This function will give a file to a worker of its team.

    Raises: NotAllowed; InvalidInput when she holds no post there or may not see this file.
    """
    file = file_for(number, by, at)
    agent = accounts.agents_of([file.team.key], timezone.localdate(at)).filter(pk=to).first()
    if agent is None:
        raise InvalidInput(_("Cette personne ne travaille pas dans l’équipe."))
    other = accounts.actor_for(agent, timezone.localdate(at))
    if not files_visible_to(other).filter(pk=file.pk).exists():
        raise InvalidInput(
            _("Ce dossier ne peut pas lui être confié."),
            todo=_("Choisissez quelqu’un d’autre de l’équipe."),
        )
    SocialFile.objects.filter(pk=file.pk).update(worker=agent)
    trace(file, "file.assign", by=by, at=at, detail={"to": str(agent.pk)})


@transaction.atomic
def open_out_of_caseload(*, number: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will open a file of the team to an agent for the day, and tell its leader.

    Raises: NotAllowed when the file is not of her team; InvalidInput without a reason.
    """
    file = files_visible_to(by).select_related("team", "person").filter(number=number).first()
    if file is None:
        raise NotAllowed(_("Ce dossier n’existe pas, ou n’est pas dans vos équipes."))
    if len(reason.strip()) < 8:
        raise InvalidInput(
            _("Le dossier reste fermé."), {"reason": _("Dites en une phrase pourquoi.")}
        )
    FileOpening.objects.create(
        file=file, agent_id=int(by.ref), reason=reason.strip()[:300], at=at,
        until=at + timedelta(hours=12),
    )  # fmt: skip
    trace(file, "file.open_out_of_caseload", by=by, at=at, why=reason)


@transaction.atomic
def acknowledge_opening(*, opening: int, by: Actor, at: datetime) -> None:
    """This function will say that the leader has seen an opening out of caseload.

    Raises: NotAllowed.
    """
    if not openings_told_to(by).filter(pk=opening).update(seen_by_leader_at=at):
        raise NotAllowed(_("Cette ouverture n’attend plus votre regard."))


@transaction.atomic
def declare_competent(*, reference: str, basis: str, by: Actor, at: datetime) -> None:
    """This function will say on which ground this CPAS is the competent one.

    Raises: NotAllowed; InvalidInput without a ground. Source: loi du 2 avril 1965, art. 1 et 2.
    """
    application = application_for(reference, by, at)
    if not basis.strip():
        raise InvalidInput(_("Dites sur quelle base le CPAS est compétent."))
    Application.objects.filter(pk=application.pk).update(competence=basis.strip()[:200])
    trace(application.file, "application.competence", by=by, at=at, about=reference)


@transaction.atomic
def transfer(*, reference: str, to: str, why: str, by: Actor, at: datetime) -> None:
    """This function will close an application that another CPAS must deal with.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    Source: loi du 26 mai 2002, art. 18 §4; loi organique, art. 58 §3.
    """
    application = application_for(reference, by, at)
    if not to.strip() or not why.strip():
        raise InvalidInput(_("Dites quel CPAS est compétent, et pourquoi."))
    move(application, "transfer", by=by, at=at, why=f"{to} : {why}", closed_at=at,
         end=ApplicationEnd.TRANSFERRED)  # fmt: skip
    clocks.meet(application.file, "transfer", at=at, subject_ref=reference)
    clocks.void(application.file, at=at, subject_ref=reference)
    _end_delay_of_request(application, by, at)


@transaction.atomic
def withdraw(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will record that the person takes her application back.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    application = application_for(reference, by, at)
    if not why.strip():
        raise InvalidInput(_("Gardez une trace de ce que la personne a dit."))
    move(application, "withdraw", by=by, at=at, why=why, closed_at=at,
         end=ApplicationEnd.WITHDRAWN)  # fmt: skip
    clocks.void(application.file, at=at, subject_ref=reference)
    _end_delay_of_request(application, by, at)


def _end_delay_of_request(application: Application, by: Actor, at: datetime) -> None:
    if application.request_ref:
        requests.end_delay(reference=application.request_ref, is_decided=False, by=by, at=at)


@transaction.atomic
def close_file(*, number: str, by: Actor, at: datetime) -> None:
    """This function will close a file in which nothing runs any more.

    Raises: NotAllowed; WrongState when an application or a grant is still open.
    """
    file = file_for(number, by, at)
    if file.applications.filter(state__in=OPEN_STATES).exists():
        raise WrongState(_("Une demande d’aide est encore ouverte dans ce dossier."))
    if file.grants.exclude(state="ended").exists():
        raise WrongState(_("Une aide court encore dans ce dossier."))
    SocialFile.objects.filter(pk=file.pk, state=FileState.OPEN).update(
        state=FileState.CLOSED, closed_at=at
    )
    trace(file, "file.close", by=by, at=at)


@transaction.atomic
def hold(*, number: str, why: str, by: Actor, at: datetime) -> None:
    """This function will forbid, or with an empty `why` allow again, that time ends this file.

    Raises: NotAllowed unless the actor leads the team.
    """
    file = file_for(number, by, at)
    if by.kind is ActorKind.AGENT and file.team.key not in led_teams(by):
        raise NotAllowed(_("Le gel juridique revient à la personne responsable de l’équipe."))
    SocialFile.objects.filter(pk=file.pk).update(legal_hold=why.strip()[:300])
    trace(file, "file.hold" if why.strip() else "file.release", by=by, at=at, why=why)


@transaction.atomic
def read_file(*, number: str, by: Actor, at: datetime, reason: str = "") -> SocialFile:
    """This function will open a file for an agent and journal that she read it.

    Raises: NotAllowed; ReasonNeeded.
    """
    file = file_for(number, by, at)
    trace(file, "file.read", by=by, at=at, why=reason, kind=ActKind.READ)
    return file


def read_list(
    *, rows: Iterable[SocialFile], name: str, by: Actor, at: datetime
) -> list[SocialFile]:
    """This function will give the files of a list and journal, in one row, which were shown."""
    shown = list(rows)
    if shown:
        with transaction.atomic():
            audit.record(
                by=by, kind=ActKind.READ, verb="list.read", object_kind="file_list",
                object_ref=name[:80], at=at, detail={"references": [f.number for f in shown]},
            )  # fmt: skip
    return shown
