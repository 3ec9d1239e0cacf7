"""Preparing an agreement: who, what for, what each side commits to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agreements.computing import (
    signature_due,
    target_days,
    transit_end,
    transit_month,
)
from beffroi.acts.agreements.enums import (
    INSERTION_TEAM,
    REGISTERS,
    AgreementKind,
    AgreementState,
    ClauseKind,
    ClauseState,
    PartySide,
    ProjectKind,
)
from beffroi.acts.agreements.models import (
    Agreement,
    AgreementMove,
    Clause,
    Partner,
    Party,
    Piis,
    TransitTerms,
    WorkContract,
)
from beffroi.acts.agreements.permissions import can_draft
from beffroi.acts.agreements.queries import last_version
from beffroi.acts.agreements.services.base import day_of, in_hands, trace
from beffroi.acts.agreements.workflow import OPEN_STATES, WRITABLE
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory import briefs
from beffroi.documents import services as documents
from beffroi.people import queries as people
from beffroi.people.permissions import barred_persons


@dataclass(frozen=True)
class ClauseDraft:
    """An objective or a commitment as it is typed."""

    side: PartySide
    text: str
    kind: ClauseKind = ClauseKind.OBLIGATION
    due_date: date | None = None


@transaction.atomic
def draft(
    *,
    kind: AgreementKind,
    person_ref: str,
    by: Actor,
    at: datetime,
    team: str = INSERTION_TEAM,
    worker: int | None = None,
    subject_ref: str = "",
    title: str = "",
    starts_date: date | None = None,
    ends_date: date | None = None,
    partner: str = "",
) -> str:
    """This function will prepare an agreement and give its reference.

    The worker is the actor herself, unless another is named. The system may draft for a file.
    Raises: NotAllowed; InvalidInput when the person or the dates are not right.
    """
    if by.kind is not ActorKind.SYSTEM and not can_draft(by, team):
        raise NotAllowed(_("Seule l’équipe qui suit la personne prépare une convention."))
    who = people.brief(person_ref)
    if who is None or who.id in barred_persons(by):
        raise InvalidInput(
            _("Cette personne n’est pas connue."), {"person": _("Cherchez-la d’abord par son nom.")}
        )
    if worker is None and by.kind is not ActorKind.AGENT:
        raise InvalidInput(_("Dites qui suit la personne."), {"worker": _("Choisissez un agent.")})
    if starts_date and ends_date and ends_date < starts_date:
        raise InvalidInput(
            _("Ces dates ne vont pas ensemble."), {"ends_date": _("La fin est avant le début.")}
        )
    register, year = REGISTERS[kind], day_of(at).year
    number = documents.next_number(register=register, year=year)
    row = Agreement.objects.create(
        reference=f"{register}-{year}-{number:05d}", kind=kind, subject_ref=subject_ref[:40],
        person_id=who.id, team=team, worker_id=worker or int(by.ref), drafted_at=at,
        title=title.strip()[:300], starts_date=starts_date, ends_date=ends_date,
    )  # fmt: skip
    cpas = _("CPAS de %(name)s") % {"name": briefs.own_commune()["name"]}
    parties = [(PartySide.PERSON, who.name), (PartySide.CPAS, cpas)]
    if partner:
        parties.append((PartySide.PARTNER, partner))
    Party.objects.bulk_create(
        Party(agreement=row, side=side, name=name[:200]) for side, name in parties
    )
    AgreementMove.objects.create(
        agreement=row, move="draft", target=AgreementState.DRAFTED, at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    trace(row, "agreement.draft", by=by, at=at, detail={"kind": str(kind)})
    return row.reference


@transaction.atomic
def draft_piis(
    *,
    subject_ref: str,
    person_ref: str,
    granted_on: date,
    by: Actor,
    at: datetime,
    project_kind: ProjectKind = ProjectKind.SOCIAL,
    monthly_amount: Decimal | None = None,
    is_obligatory: bool = True,
    team: str = INSERTION_TEAM,
    worker: int | None = None,
) -> str:
    """This function will prepare the integration project of a grant and give its reference.

    It is due three months after the grant. Amounts in euros a month.
    Raises: NotAllowed; InvalidInput; WrongState when the file already has one going on.
    """
    going = Agreement.objects.filter(kind=AgreementKind.PIIS, state__in=OPEN_STATES)
    if subject_ref and going.filter(subject_ref=subject_ref, person__reference=person_ref).exists():
        raise WrongState(
            _("Ce dossier a déjà un projet en cours."), "", _("Faites-en plutôt un avenant.")
        )
    reference = draft(
        kind=AgreementKind.PIIS, person_ref=person_ref, by=by, at=at, team=team, worker=worker,
        subject_ref=subject_ref,
    )  # fmt: skip
    Piis.objects.create(
        agreement=Agreement.objects.get(reference=reference), project_kind=project_kind,
        granted_date=granted_on, due_date=signature_due(granted_on),
        monthly_amount=monthly_amount, is_obligatory=is_obligatory,
    )  # fmt: skip
    return reference


@transaction.atomic
def draft_work(
    *,
    kind: AgreementKind,
    person_ref: str,
    partner: int,
    job: str,
    first_date: date,
    by: Actor,
    at: datetime,
    tutor: str = "",
    days: int | None = None,
    subject_ref: str = "",
    team: str = INSERTION_TEAM,
) -> str:
    """This function will prepare a contract of article 60 §7 or 61 and give its reference.

    Without `days`, an article 60 takes those that open the right to benefits at her age.
    Raises: NotAllowed; InvalidInput when the partner, the job or her age is not known.
    """
    host = Partner.objects.filter(pk=partner, is_active=True).first()
    faults = {}
    if host is None:
        faults["partner"] = _("Choisissez un partenaire.")
    if not job.strip():
        faults["job"] = _("Dites quel travail.")
    target, source, read = days, "", True
    if kind == AgreementKind.ART60 and days is None:
        found = _target(person_ref, first_date)
        if found is None:
            faults["days"] = _("L’âge n’est pas connu : donnez le nombre de jours.")
        else:
            target, source, read = found
    if faults or host is None:
        raise InvalidInput(_("Ce contrat n’est pas complet."), faults)
    reference = draft(
        kind=kind, person_ref=person_ref, by=by, at=at, team=team, subject_ref=subject_ref,
        title=job, starts_date=first_date, partner=host.name,
    )  # fmt: skip
    WorkContract.objects.create(
        agreement=Agreement.objects.get(reference=reference), partner=host, job=job.strip()[:160],
        tutor=tutor.strip()[:160], first_date=first_date, target_days=target,
        target_reference=source or _("nombre de jours donné par le service"),
        target_is_verified=read,
    )  # fmt: skip
    return reference


def _target(person_ref: str, first: date) -> tuple[int, str, bool] | None:
    """The days for her age when the contract ends: tried for a year, then for what it gives."""
    who = people.brief(person_ref)
    end = add_months(first, 12)
    age = who.age_on(end) if who else None
    return target_days(end, age) if age is not None else None


@transaction.atomic
def draft_transit(
    *,
    person_ref: str,
    dwelling: str,
    rooms: int,
    income: Decimal,
    first_date: date,
    by: Actor,
    at: datetime,
    subject_ref: str = "",
    team: str = "housing",
) -> str:
    """This function will prepare a convention of transit housing of six months.

    The indemnity of a whole month is computed in euros from the household's monthly income.
    Raises: NotAllowed; InvalidInput.
    """
    if not dwelling.strip() or income < 0:
        raise InvalidInput(
            _("Cette convention n’est pas complète."), {"dwelling": _("Dites quel logement.")}
        )
    month = first_date.replace(day=1)
    last = add_months(month, 1).toordinal() - 1
    whole = transit_month(income, rooms, month, date.fromordinal(last))
    reference = draft(
        kind=AgreementKind.TRANSIT, person_ref=person_ref, by=by, at=at, team=team,
        subject_ref=subject_ref, title=dwelling, starts_date=first_date,
        ends_date=transit_end(first_date, 0),
    )  # fmt: skip
    TransitTerms.objects.create(
        agreement=Agreement.objects.get(reference=reference), dwelling=dwelling.strip()[:200],
        rooms=rooms, income=income, monthly=whole.amount, first_date=first_date,
    )  # fmt: skip
    return reference


@transaction.atomic
def set_terms(
    *, reference: str, title: str, starts_date: date | None, ends_date: date | None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """This function will write what the agreement is for, and from when to when.

    Raises: NotAllowed; AgreementOver; WrongState once the text is handed over; InvalidInput.
    """
    row = writable(reference, by)
    if starts_date and ends_date and ends_date < starts_date:
        raise InvalidInput(
            _("Ces dates ne vont pas ensemble."), {"ends_date": _("La fin est avant le début.")}
        )
    Agreement.objects.filter(pk=row.pk).update(
        title=title.strip()[:300], starts_date=starts_date, ends_date=ends_date
    )
    trace(row, "agreement.set_terms", by=by, at=at)


@transaction.atomic
def note_needs(
    *, reference: str, needs: str, project_kind: ProjectKind, by: Actor, at: datetime
) -> None:
    """This function will write the analysis of needs that comes before a project.

    Raises: NotAllowed; AgreementOver; WrongState; InvalidInput when it says nothing.
    """
    row = writable(reference, by)
    if not needs.strip():
        raise InvalidInput(_("L’analyse est vide."), {"needs": _("Ce que la personne veut, peut, et ce qui manque.")})  # fmt: skip
    done = Piis.objects.filter(agreement=row).update(
        needs=needs.strip(), needs_date=day_of(at), project_kind=project_kind
    )
    if not done:
        raise WrongState(_("Cette convention n’est pas un projet d’intégration."))
    trace(row, "agreement.note_needs", by=by, at=at)


@transaction.atomic
def add_clauses(*, reference: str, clauses: Iterable[ClauseDraft], by: Actor, at: datetime) -> int:
    """This function will add objectives and commitments, and say how many.

    Raises: NotAllowed; AgreementOver; WrongState once the text is handed over; InvalidInput.
    """
    row = writable(reference, by)
    drafts = [one for one in clauses if one.text.strip()]
    if not drafts:
        raise InvalidInput(_("Rien n’est écrit."), {"text": _("Écrivez l’engagement.")})
    version = last_version(row) + 1
    Clause.objects.bulk_create(
        Clause(
            agreement=row, kind=one.kind, side=one.side, text=one.text.strip()[:500],
            due_date=one.due_date, since_version=version,
        )
        for one in drafts
    )  # fmt: skip
    trace(row, "agreement.add_clauses", by=by, at=at, detail={"count": len(drafts)})
    return len(drafts)


@transaction.atomic
def drop_clause(*, reference: str, clause: int, by: Actor, at: datetime) -> None:
    """This function will take a clause out: erased if never signed, else marked as dropped.

    Raises: NotAllowed; AgreementOver; WrongState.
    """
    row = writable(reference, by)
    found = row.clauses.filter(pk=clause).first()
    if found is None:
        raise NotAllowed(_("Cette clause n’est pas dans cette convention."))
    if found.since_version > last_version(row):
        found.delete()
    else:
        row.clauses.filter(pk=clause).update(state=ClauseState.DROPPED)
    trace(row, "agreement.drop_clause", by=by, at=at)


def writable(reference: str, by: Actor) -> Agreement:
    """This function will give an agreement whose text may still be written.

    Raises: NotAllowed; AgreementOver; WrongState.
    """
    row = in_hands(reference, by)
    if row.state not in WRITABLE:
        raise WrongState(
            _("Le texte n’est plus à écrire : il est remis ou signé."), "",
            _("Reprenez le texte, ou préparez un avenant."),
        )  # fmt: skip
    return row
