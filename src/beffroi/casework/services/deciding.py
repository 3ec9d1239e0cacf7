"""The decision: recorded once, as the organ took it, and never changed after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries as bodies_queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.requests import services as requests
from beffroi.casework import aids, sequels
from beffroi.casework.details import details_of
from beffroi.casework.enums import (
    GRANTING,
    ApplicationState,
    GrantState,
    Organ,
    Outcome,
    Periodicity,
    ProposalState,
    SequelCause,
)
from beffroi.casework.models import Application, Decision, Grant, Proposal, Sequel
from beffroi.casework.permissions import can_record_decisions
from beffroi.casework.services import clocks
from beffroi.casework.services.common import AlreadyMoved, move, new_number, trace
from beffroi.casework.services.proposing import pending_proposal
from beffroi.casework.services.recording import keep_record
from beffroi.casework.summaries import summary_for_organ, title_for_organ
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


@dataclass(frozen=True)
class DecidedTerms:
    """What the organ decided where it did not follow the proposal as it stood."""

    outcome: Outcome
    motives: str
    amount: Decimal | None = None
    periodicity: str = ""
    from_date: date | None = None
    until_date: date | None = None


@transaction.atomic
def decide(*, reference: str, by: Actor, at: datetime, terms: DecidedTerms | None = None) -> str:
    """This function will record what the organ decided of an application; the decision’s number.

    `terms` are asked where the organ amended or rejected the proposal, and only then.
    Raises: NotAllowed; WrongState while the organ has not decided, or when it was recorded
    already; InvalidInput when the terms lack. Source: loi organique du 8 juillet 1976, art. 27 à 33.
    """
    application = _recordable(reference, by)
    if application.state != ApplicationState.SUBMITTED:
        raise AlreadyMoved(application, str(_("Acter la décision")))
    proposal = pending_proposal(application)
    found = bodies_queries.outcome_of(proposal.item_ref)
    if found is None:
        raise WrongState(
            _("L’organe n’a pas encore décidé de cette demande."),
            todo=_("La décision s’acte une fois le vote clos en séance."),
        )
    if found.state == "postponed":
        raise WrongState(
            _("L’organe a reporté ce point."),
            todo=_("Il revient à la prochaine séance ; reprenez la proposition pour la compléter."),
        )
    if found.state in ("amended", "rejected") and terms is None:
        raise InvalidInput(
            _("L’organe n’a pas suivi la proposition."),
            {"motives": _("Reprenez les termes et les motifs votés en séance.")},
        )
    if found.state == "adopted" and terms is not None:
        raise InvalidInput(_("L’organe a adopté la proposition : ses termes ne changent pas."))
    move(application, "decide", by=by, at=at)
    return _record(application, proposal, terms, found.sitting_date, by, at)


def _recordable(reference: str, by: Actor) -> Application:
    if not can_record_decisions(by):
        raise NotAllowed(_("La décision est actée par la direction ou la personne responsable."))
    application = (
        Application.objects.select_related("file__team", "file__person")
        .filter(reference=reference)
        .first()
    )
    if application is None:
        raise NotAllowed(_("Cette demande d’aide n’existe pas."))
    return application


def _record(
    application: Application,
    proposal: Proposal,
    terms: DecidedTerms | None,
    sitting_date: date,
    by: Actor,
    at: datetime,
) -> str:
    decided: Any = terms or proposal
    if len(decided.motives.strip()) < 20:
        raise InvalidInput(
            _("La décision n’est pas actée."), {"motives": _("Une décision dit toujours pourquoi.")}
        )
    year = timezone.localtime(at).year
    decision = Decision.objects.create(
        number=new_number("C", at), application=application, proposal=proposal,
        outcome=decided.outcome, organ=proposal.organ, amount=decided.amount,
        periodicity=decided.periodicity if decided.amount is not None else "",
        from_date=decided.from_date or proposal.from_date, until_date=decided.until_date,
        motives=decided.motives, legal_basis=proposal.legal_basis,
        computation_ref=proposal.computation_ref if terms is None else "",
        sitting_date=sitting_date, item_ref=proposal.item_ref,
        facts=_frozen_facts(application, year), decided_at=at, recorded_by=by.label,
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.DECIDED)
    file = application.file
    clocks.meet(file, "decision", at=at, subject_ref=application.reference)
    if application.request_ref:
        requests.end_delay(reference=application.request_ref, is_decided=True, by=by, at=at)
    clocks.void(file, at=at, subject_ref=application.reference)
    only = ("notification",) if decision.outcome not in GRANTING else ()
    clocks.start(file, "decision_taken", sitting_date, subject_ref=decision.number,
                 application=application, only=only)  # fmt: skip
    if decision.outcome in GRANTING:
        _open_grant(application, decision, by, at)
    trace(file, "decision.record", by=by, at=at, about=decision.number,
          detail={"outcome": decision.outcome, "organ": decision.organ})  # fmt: skip
    return decision.number


def _frozen_facts(application: Application, year: int) -> dict[str, Any]:
    """What was known when it was decided, kept whole beside the decision."""
    return {
        "year": year,
        "details": application.details,
        "resources": [
            {"label": label, "kind": kind, "monthly": None if m is None else str(m)}
            for label, kind, m in application.resources.values_list("label", "kind", "monthly")
        ],
        "appreciations": [
            {"question": a.question, "value": a.value, "why": a.why, "by": a.by_label,
             "at": a.at.isoformat()}
            for a in application.appreciations.all()
        ],
    }  # fmt: skip


def _open_grant(application: Application, decision: Decision, by: Actor, at: datetime) -> None:
    sequel = sequels.sequel_of(application)
    before = _replaced(application, decision, sequel)
    is_running = decision.periodicity not in ("", Periodicity.ONCE)
    grant = Grant.objects.create(
        reference=new_number("G", at), file=application.file, decision=decision,
        kind=application.kind, amount=decision.amount or Decimal(0),
        periodicity=decision.periodicity or Periodicity.ONCE, from_date=decision.from_date,
        until_date=decision.until_date, replaces=before,
        state=before.state if before else GrantState.RUNNING,
        review_due_on=add_months(decision.from_date, 12) if is_running else None,
    )  # fmt: skip
    if before is not None:
        clocks.void(application.file, at=at, subject_ref=before.reference, but=("piis",))
    if not (sequel is not None and sequel.cause == SequelCause.INTEREST):
        _start_clocks(application, decision, grant, follows=before is not None)
    if grant.until_date is not None and is_running:
        clocks.start(application.file, "grant_ends", grant.until_date,
                     subject_ref=grant.reference, application=application)  # fmt: skip
    keep_record(application, grant, by, at)
    if before is not None:
        _end_before(before, decision.from_date)


def _start_clocks(
    application: Application, decision: Decision, grant: Grant, *, follows: bool
) -> None:
    """The time limits of the aid: from the grant’s first day, the sitting, or a day that was given.

    A grant that follows another of the same aid is only due for its next review.
    """
    if follows:
        clocks.start(application.file, "review_done", decision.from_date,
                     subject_ref=grant.reference, application=application)  # fmt: skip
        return
    told = details_of(application)
    days = {"from_date": decision.from_date, "decided": decision.sitting_date}
    for clock in aids.aid(application.kind).clocks:
        day = days[clock.day] if clock.day in days else told.day(clock.day)
        if day is not None:
            clocks.start(
                application.file, clock.event, day, subject_ref=grant.reference,
                application=application, only=clock.only,
            )  # fmt: skip


def _replaced(application: Application, decision: Decision, sequel: Sequel | None) -> Grant | None:
    """The grant that a revision replaces: the one it follows, or the last of this aid that runs."""
    if decision.outcome != Outcome.REVISION:
        return None
    if sequel is not None:
        return sequels.newest_of(sequel.grant)
    running = Grant.objects.filter(
        file=application.file, kind=application.kind,
        state__in=(GrantState.RUNNING, GrantState.SUSPENDED),
    )  # fmt: skip
    return running.exclude(periodicity=Periodicity.ONCE).last()


def _end_before(grant: Grant, on: date) -> None:
    """The grant that a revision replaces stops the day before the new one begins."""
    last = max(on - timedelta(days=1), grant.from_date)
    Grant.objects.filter(pk=grant.pk).update(state=GrantState.ENDED, until_date=last)


@transaction.atomic
def decide_urgently(
    *, reference: str, amount: Decimal, motives: str, by: Actor, at: datetime
) -> str:
    """This function will record urgent aid granted by the president, to be ratified next sitting.

    Raises: NotAllowed unless the president acts; InvalidInput over the limit; AlreadyMoved.
    Source: loi organique du 8 juillet 1976, art. 28 §1 al. 4 et 5.
    """
    application = (
        Application.objects.select_related("file__team", "file__person")
        .filter(reference=reference)
        .first()
    )
    if application is None or not application.is_urgent:
        raise NotAllowed(_("Cette demande n’est pas une aide urgente."))
    kind = aids.aid(application.kind)
    today = timezone.localdate(at)
    application.proposals.filter(state=ProposalState.DRAFT).update(state=ProposalState.WITHDRAWN)
    proposal = Proposal.objects.create(
        reference=new_number("Q", at), application=application, outcome=Outcome.GRANT,
        organ=Organ.PRESIDENT, amount=amount, periodicity=Periodicity.ONCE, from_date=today,
        motives=motives.strip(), legal_basis=kind.legal_basis, proposed_at=at,
        proposed_by_ref=by.ref, proposed_by=by.label,
    )  # fmt: skip
    item = bodies.urgent_decision(
        subject_kind="proposal", subject_ref=proposal.reference, title=title_for_organ(application),
        person_ref=application.file.person.reference, kind=application.kind, amount=amount,
        reason=motives, file_team=application.file.team.key, by=by, at=at,
        summary=summary_for_organ(proposal),
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(
        item_ref=item.item, state=ProposalState.SUBMITTED
    )
    proposal.refresh_from_db()
    move(application, "decide_urgently", by=by, at=at)
    return _record(application, proposal, None, today, by, at)
