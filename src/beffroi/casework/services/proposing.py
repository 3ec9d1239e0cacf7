"""From the signed report to a proposal that rests on a frozen computation, and to the organ."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries as bodies_queries
from beffroi.acts.bodies import services as bodies
from beffroi.casework import aids, computing, sequels
from beffroi.casework.enums import (
    GRANTING,
    ApplicationState,
    Outcome,
    Periodicity,
    ProposalState,
    Question,
)
from beffroi.casework.facts import appreciation_of
from beffroi.casework.models import Application, Proposal
from beffroi.casework.motives import left_to_fill
from beffroi.casework.services import recording
from beffroi.casework.services.after.proposing import legal_basis_of, outcome_fits
from beffroi.casework.services.common import AlreadyMoved, application_for, move, new_number, trace
from beffroi.casework.summaries import summary_for_organ, title_for_organ
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.entitlements import queries as entitlements_queries
from beffroi.entitlements.enums import ComputationStatus

if TYPE_CHECKING:
    from beffroi.entitlements.models import Computation

#: Outcomes that give no money: nothing to pay, so neither amount nor periodicity.
_WITHOUT_MONEY = frozenset({Outcome.REFUSAL, Outcome.STOP, Outcome.WAIVER})


@transaction.atomic
def compute(*, reference: str, by: Actor, at: datetime) -> str:
    """This function will freeze the computation of what the enquiry knows today; its reference.

    Raises: NotAllowed; InvalidInput when the category is not motivated yet or a fact is impossible.
    """
    application = application_for(reference, by, at)
    made = computing.freeze(application, by=by, at=at)
    trace(application.file, "application.compute", by=by, at=at, about=reference,
          detail={"computation": made})  # fmt: skip
    return made


@transaction.atomic
def propose(
    *,
    reference: str,
    outcome: Outcome,
    motives: str,
    by: Actor,
    at: datetime,
    amount: Decimal | None = None,
    periodicity: str = "",
    from_date: date | None = None,
    until_date: date | None = None,
) -> str:
    """This function will propose a decision; where the law computes, its amount is the computed one.

    Raises: NotAllowed; InvalidInput naming what lacks; AlreadyMoved unless the report is signed.
    """
    application = application_for(reference, by, at)
    if application.state != ApplicationState.REPORTED:
        raise AlreadyMoved(application, str(_("Proposer une décision")))
    kind = aids.aid(application.kind)
    sequel = sequels.sequel_of(application)
    if sequel is not None and not outcome_fits(sequel, outcome):
        raise InvalidInput(
            _("Cette issue ne répond pas à ce qui est demandé."),
            {"outcome": _("Choisissez une révision, une fin d’aide ou un refus de revoir.")},
        )
    is_paid = kind.pays(application.details) and outcome not in _WITHOUT_MONEY
    if outcome in GRANTING and (faults := recording.lacks(application)):
        raise InvalidInput(
            _("Des réponses propres à cette aide manquent encore : %(what)s.")
            % {"what": recording.in_words(kind, faults)}, faults,
        )  # fmt: skip
    made = _computed(application, outcome, by, at)
    if made is not None and is_paid:
        amount, made = _amount_of(kind, made, amount)
    if not is_paid:
        amount, periodicity = None, ""
    else:
        periodicity = kind.periodicity if made and kind.binds else periodicity or kind.periodicity
    _check_terms(amount, periodicity, motives, is_paid)
    proposal = Proposal.objects.create(
        reference=new_number("Q", at), application=application, outcome=outcome,
        organ=bodies_queries.body_for(application.kind).kind, amount=amount, periodicity=periodicity,
        from_date=from_date or application.wanted_from, until_date=until_date,
        motives=motives.strip(), legal_basis=legal_basis_of(sequel, kind.legal_basis),
        computation_ref=made.reference if made else "",
        proposed_at=at, proposed_by_ref=by.ref, proposed_by=by.label,
    )  # fmt: skip
    move(application, "propose", by=by, at=at, detail={"proposal": proposal.reference})
    return proposal.reference


def _computed(
    application: Application, outcome: Outcome, by: Actor, at: datetime
) -> "Computation | None":
    """The frozen computation the proposal rests on, where the law or a scale computes."""
    kind = aids.aid(application.kind)
    if not kind.computation or not sequels.computes(application):
        return None
    is_judged = appreciation_of(application, Question.CATEGORY) is not None
    if kind.computation == computing.LIVING_INCOME and outcome in _WITHOUT_MONEY and not is_judged:
        return None
    reference = compute(reference=application.reference, by=by, at=at)
    made = entitlements_queries.computation(reference)
    if outcome in _WITHOUT_MONEY:
        return made
    if made.status == ComputationStatus.NOT_COMPUTABLE:
        if not kind.binds:
            return None
        raise InvalidInput(
            _("Le montant ne peut pas encore être calculé."),
            {"missing": _("Il manque : %(facts)s.") % {"facts": ", ".join(made.missing)}},
        )
    if made.status == ComputationStatus.NOT_ENTITLED:
        raise InvalidInput(
            _("D’après le calcul, il n’y a pas de montant à octroyer."),
            {"outcome": _("%(why)s Proposez un refus, ou reprenez l’enquête si un fait a changé.")
             % {"why": " ".join(made.reasons)}},
        )  # fmt: skip
    return made


def _amount_of(
    kind: aids.Aid, made: "Computation", typed: Decimal | None
) -> "tuple[Decimal | None, Computation | None]":
    """The amount of the rule where it binds; else the worker’s, and the rule’s when she gives none."""
    if kind.binds or typed in (None, made.monthly):
        return made.monthly, made
    return typed, None


def _check_terms(amount: Decimal | None, periodicity: str, motives: str, is_paid: bool) -> None:
    faults: dict[str, str] = {}
    if len(motives.strip()) < 20:
        faults["motives"] = _("Motivez en fait et en droit : sans motifs, la décision est nulle.")
    elif left := left_to_fill(motives):
        faults["motives"] = _("Il reste à compléter : %(what)s.") % {"what": ", ".join(left)}
    if is_paid:
        if amount is None or amount <= 0:
            faults["amount"] = _("Dites combien.")
        if periodicity not in Periodicity.values:
            faults["periodicity"] = _("Dites à quel rythme.")
    if faults:
        raise InvalidInput(_("La proposition n’est pas complète."), faults)


@transaction.atomic
def submit(*, reference: str, by: Actor, at: datetime) -> str:
    """This function will carry the proposal to the organ that may decide it; the item’s reference.

    Raises: NotAllowed; AlreadyMoved; what the bodies refuse.
    """
    application = application_for(reference, by, at)
    proposal = pending_proposal(application)
    item = bodies.submit_item(
        subject_kind="proposal", subject_ref=proposal.reference,
        title=title_for_organ(application),
        person_ref=application.file.person.reference, kind=application.kind,
        urgent=application.is_urgent, conflict_refs=_concerned(application),
        summary=summary_for_organ(proposal), file_team=application.file.team.key, by=by, at=at,
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.SUBMITTED, item_ref=item)
    move(application, "submit", by=by, at=at, detail={"item": item})
    return item


@transaction.atomic
def take_back(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will take a proposal back from the agenda before it is decided.

    Raises: NotAllowed; InvalidInput without a reason; AlreadyMoved; WrongState once decided.
    """
    application = application_for(reference, by, at)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi la proposition est reprise."))
    proposal = pending_proposal(application)
    bodies.withdraw_item(item_ref=proposal.item_ref, reason=why, by=by, at=at)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.DRAFT, item_ref="")
    move(application, "take_back", by=by, at=at, why=why)


def _concerned(application: Application) -> list[str]:
    """Those whose relatives on the organ leave the room: who lives with the person."""
    others = application.cohabitants.filter(person__isnull=False)
    return list(others.values_list("person__reference", flat=True))


def pending_proposal(application: Application) -> Proposal:
    """This function will give the proposal that waits for the organ. Raises: WrongState."""
    proposal = application.proposals.filter(
        state__in=(ProposalState.DRAFT, ProposalState.SUBMITTED)
    ).last()
    if proposal is None:
        raise WrongState(_("Aucune proposition n’attend pour cette demande."))
    return proposal
