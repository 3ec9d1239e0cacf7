"""Opening a mediation file, its steps, its documents, its notices, and reading it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.budgets.computing import notice_rule
from beffroi.acts.budgets.enums import (
    MEDIATION_TEAM,
    REGISTER,
    FileState,
    NoticeKind,
    Outcome,
    PersonRole,
    PlanState,
)
from beffroi.acts.budgets.models import (
    CentralNotice,
    DocumentWanted,
    MediationFile,
    MediationMove,
    MediationPerson,
)
from beffroi.acts.budgets.permissions import can_mediate, can_reopen
from beffroi.acts.budgets.queries import balance_of, open_file_with
from beffroi.acts.budgets.services.base import (
    day_of,
    move,
    open_file_of,
    trace,
    visible_file,
)
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents
from beffroi.people import queries as people
from beffroi.people.permissions import barred_persons

#: The moves that ask for nothing more than the wish to go on.
PLAIN_MOVES = ("to_budget", "to_documents", "to_negotiation", "evaluate", "go_on", "renegotiate")


@transaction.atomic
def open_file(
    *,
    persons: Sequence[tuple[str, PersonRole]],
    by: Actor,
    at: datetime,
    story: str = "",
    subject_ref: str = "",
) -> str:
    """This function will open a mediation file for these persons and give its reference.

    `persons` holds references and roles, with one holder.
    Raises: NotAllowed; InvalidInput when a person is unknown or already in an open file.
    """
    if not can_mediate(by):
        raise NotAllowed(_("Seule la médiation de dettes ouvre un dossier de médiation."))
    if [role for _ref, role in persons].count(PersonRole.HOLDER) != 1:
        raise InvalidInput(
            _("Un dossier a un titulaire, et un seul."), {"person": _("Choisissez la personne.")}
        )
    year = day_of(at).year
    number = documents.next_number(register=REGISTER, year=year)
    file = MediationFile.objects.create(
        reference=f"{REGISTER}-{year}-{number:05d}", subject_ref=subject_ref[:40],
        team=MEDIATION_TEAM, worker_id=int(by.ref), opened_at=at, state_since_date=day_of(at),
        story=story.strip(),
    )  # fmt: skip
    for reference, role in persons:
        _add_person(file, reference, role, by)
    MediationMove.objects.create(
        file=file, move="open", target=FileState.INTAKE, at=at, by_ref=by.ref, by_label=by.label
    )
    trace(file, "mediation.open", by=by, at=at)
    return file.reference


def _add_person(file: MediationFile, reference: str, role: PersonRole, by: Actor) -> None:
    found = people.id_of(reference)
    if found is None or found in barred_persons(by):
        raise InvalidInput(
            _("Cette personne n’est pas connue."), {"person": _("Cherchez-la d’abord par son nom.")}
        )
    other = open_file_with(found)
    if other is not None:
        raise InvalidInput(
            _("Cette personne est déjà dans le dossier %(reference)s.")
            % {"reference": other.reference},
            {"person": _("Ouvrez ce dossier, ou clôturez-le d’abord.")},
        )
    MediationPerson.objects.create(file=file, person_id=found, role=role)


@transaction.atomic
def add_person(*, reference: str, person: str, role: PersonRole, by: Actor, at: datetime) -> None:
    """This function will add a partner or a co-debtor to a file.

    Raises: NotAllowed; FileClosed; InvalidInput.
    """
    file = open_file_of(reference, by)
    if role == PersonRole.HOLDER:
        raise InvalidInput(_("Un dossier a un titulaire, et un seul."), {"role": _("Choisissez.")})
    _add_person(file, person, role, by)
    trace(file, "mediation.add_person", by=by, at=at)


@transaction.atomic
def sign_convention(*, reference: str, signed_date: date, by: Actor, at: datetime) -> None:
    """This function will note that the convention is signed, and ask for the notice of opening.

    Raises: NotAllowed; AlreadyMoved; InvalidInput for a day to come.
    """
    file = open_file_of(reference, by)
    if signed_date > day_of(at):
        raise InvalidInput(
            _("Cette date n’est pas possible."),
            {"signed_date": _("Ce jour n’est pas encore venu.")},
        )
    move(file, "sign_convention", by=by, at=at, convention_date=signed_date)
    _want_notice(file, NoticeKind.OPENING, signed_date)


def _want_notice(file: MediationFile, kind: NoticeKind, day: date) -> None:
    """Nothing is asked for before the law wanted it, nor for a closing never announced."""
    rule = notice_rule(day)
    if rule is None:
        return
    waiting = file.notices.filter(kind=NoticeKind.OPENING)
    if kind == NoticeKind.CLOSING and not waiting.exclude(filed_date=None).exists():
        waiting.filter(filed_date=None).delete()
        return
    CentralNotice.objects.create(
        file=file, kind=kind, since_date=day, reference=rule.reference,
        is_verified=rule.status == "read",
    )  # fmt: skip


@transaction.atomic
def file_notice(
    *, reference: str, notice: int, filed_date: date, bailiff: str, number: str = "",
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """This function will note that a bailiff filed a notice in the central file.

    Raises: NotAllowed; InvalidInput; WrongState when it is already filed.
    """
    file = visible_file(reference, by)
    row = file.notices.filter(pk=notice).first()
    if row is None:
        raise NotAllowed(_("Cet avis n’existe pas."))
    faults = {}
    if not bailiff.strip():
        faults["bailiff"] = _("Dites quel huissier l’a déposé.")
    if not row.since_date <= filed_date <= day_of(at):
        faults["filed_date"] = _("Ce jour n’est pas possible pour cet avis.")
    if faults:
        raise InvalidInput(_("Il manque quelque chose."), faults)
    done = CentralNotice.objects.filter(pk=row.pk, filed_date=None).update(
        filed_date=filed_date, bailiff=bailiff.strip()[:160], number=number.strip()[:60]
    )
    if not done:
        raise WrongState(_("Cet avis est déjà déposé."))
    trace(file, "mediation.file_notice", by=by, at=at, detail={"kind": str(row.kind)})


@transaction.atomic
def go_to(*, reference: str, step: str, by: Actor, at: datetime, why: str = "") -> None:
    """This function will move a file by one of the plain steps of its path.

    Raises: NotAllowed; AlreadyMoved; InvalidInput when the step wants something first.
    """
    file = open_file_of(reference, by)
    if step not in PLAIN_MOVES:
        raise InvalidInput(_("Cette étape a son propre formulaire."))
    if step == "to_negotiation" and not file.budgets.exists():
        raise InvalidInput(
            _("On ne négocie pas sans budget."), todo=_("Établissez d’abord le budget du ménage.")
        )
    if step == "to_budget" and not file.debts.exists():
        raise InvalidInput(
            _("L’inventaire est vide."), todo=_("Encodez d’abord les dettes connues.")
        )
    if step == "renegotiate":
        file.plans.filter(state=PlanState.RUNNING).update(
            state=PlanState.REPLACED, ended_date=day_of(at), end_reason=why[:500]
        )
    move(file, step, by=by, at=at, why=why)


@transaction.atomic
def ask_documents(*, reference: str, whats: Iterable[str], by: Actor, at: datetime) -> int:
    """This function will note each document asked for, and say how many.

    Raises: NotAllowed; FileClosed; InvalidInput when none is named.
    """
    file = open_file_of(reference, by)
    named = [what.strip()[:200] for what in whats if what.strip()]
    if not named:
        raise InvalidInput(_("Aucun document n’est nommé."), {"whats": _("Un document par ligne.")})
    DocumentWanted.objects.bulk_create(
        DocumentWanted(file=file, what=what, asked_date=day_of(at), asked_by=by.label)
        for what in named
    )
    trace(file, "mediation.ask_documents", by=by, at=at, detail={"count": len(named)})
    return len(named)


@transaction.atomic
def receive_document(
    *, reference: str, document: int, by: Actor, at: datetime, received_date: date | None = None
) -> None:
    """This function will note that a document came. Raises: NotAllowed; WrongState; InvalidInput."""
    file = open_file_of(reference, by)
    row = file.documents.filter(pk=document).first()
    if row is None:
        raise NotAllowed(_("Ce document n’est pas demandé dans ce dossier."))
    day = received_date or day_of(at)
    if not row.asked_date <= day <= day_of(at):
        raise InvalidInput(
            _("Cette date n’est pas possible."),
            {"received_date": _("Ni avant la demande, ni demain.")},
        )
    if not DocumentWanted.objects.filter(pk=row.pk, received_date=None).update(received_date=day):
        raise WrongState(_("Ce document est déjà arrivé."))
    trace(file, "mediation.receive_document", by=by, at=at)


@transaction.atomic
def hand_over(*, reference: str, to: int, by: Actor, at: datetime, why: str = "") -> None:
    """This function will give the file to another mediator. Raises: NotAllowed; InvalidInput."""
    file = open_file_of(reference, by)
    mediators = accounts.agents_of([MEDIATION_TEAM], day_of(at))
    if not mediators.filter(pk=to).exists():
        raise InvalidInput(
            _("Cet agent n’est pas de la médiation."), {"to": _("Choisissez un collègue.")}
        )
    MediationFile.objects.filter(pk=file.pk).update(worker_id=to)
    trace(file, "mediation.hand_over", by=by, at=at, why=why)


@transaction.atomic
def close(*, reference: str, outcome: Outcome, why: str, by: Actor, at: datetime) -> None:
    """This function will close a file with its outcome and end the plan that runs.

    Raises: NotAllowed; InvalidInput without a reason; WrongState while the CPAS holds money of
    the person.
    """
    file = open_file_of(reference, by)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    account = getattr(file, "client_account", None)
    if account is not None and balance_of(account) != 0:
        raise WrongState(
            _("Le compte de la personne n’est pas à zéro."), "",
            _("Remettez-lui ce qui reste, puis clôturez."),
        )  # fmt: skip
    ended = PlanState.DONE if outcome == Outcome.SUCCESS else PlanState.BROKEN
    file.plans.filter(state=PlanState.RUNNING).update(
        state=ended, ended_date=day_of(at), end_reason=why.strip()[:500]
    )
    if account is not None and account.closed_date is None:
        type(account).objects.filter(pk=account.pk).update(closed_date=day_of(at))
    move(file, "close", by=by, at=at, why=why.strip(), outcome=outcome, closed_at=at)
    _want_notice(file, NoticeKind.CLOSING, day_of(at))


@transaction.atomic
def reopen(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will open a closed file again. Raises: NotAllowed; InvalidInput; AlreadyMoved."""
    file = visible_file(reference, by)
    if not can_reopen(by, file):
        raise NotAllowed(_("Seule la responsable de la médiation rouvre un dossier."))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    if file.convention_date is None:
        raise WrongState(
            _("Ce dossier a été clôturé avant la convention."), "", _("Ouvrez un nouveau dossier.")
        )
    for member in file.members.all():
        other = open_file_with(member.person_id, but=file.pk)
        if other is not None:
            raise WrongState(
                _("La personne a depuis le dossier %(reference)s.") % {"reference": other.reference}
            )
    move(file, "reopen", by=by, at=at, why=why.strip(), outcome="", closed_at=None)
    file.notices.filter(kind=NoticeKind.CLOSING, filed_date=None).delete()


@transaction.atomic
def read_file(*, reference: str, by: Actor, at: datetime, reason: str = "") -> MediationFile:
    """This function will open a file for a mediator and journal that she read it.

    Raises: NotAllowed.
    """
    file = visible_file(reference, by)
    trace(file, "mediation.read", by=by, at=at, why=reason, kind=ActKind.READ)
    return file


@transaction.atomic
def read_list(
    *, rows: Iterable[MediationFile], name: str, by: Actor, at: datetime
) -> list[MediationFile]:
    """This function will give the files of a list and journal, in one row, which were shown."""
    shown = list(rows)
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="mediation_list",
            object_ref=name[:80], at=at, detail={"references": [row.reference for row in shown]},
        )  # fmt: skip
    return shown
