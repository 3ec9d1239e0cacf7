"""Plans: kept, proposed, answered, started, followed month by month, ended."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from beffroi.acts.budgets.computing import Simulation, answer_due, due_after, simulate
from beffroi.acts.budgets.enums import Answer, DebtState, InstalmentState, PlanState
from beffroi.acts.budgets.models import (
    Debt,
    Instalment,
    MediationFile,
    Plan,
    PlanLine,
    Share,
)
from beffroi.acts.budgets.queries import debts_of
from beffroi.acts.budgets.services.base import day_of, move, open_file_of, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules.debts import PlanNeverEnds

_OPEN = (PlanState.DRAFT, PlanState.PROPOSED)


@transaction.atomic
def keep_plan(
    *,
    reference: str,
    monthly: Decimal,
    first_date: date,
    by: Actor,
    at: datetime,
    priority_first: bool = True,
) -> int:
    """This function will keep a plan of `monthly` euros, whole and to the cent; its number.

    Raises: NotAllowed; FileClosed; InvalidInput when nothing is owed or it would never end.
    """
    file = open_file_of(reference, by)
    made = simulated(file, monthly, first_date, priority_first)
    latest = file.budgets.first()
    last = file.plans.aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        file=file, number=last + 1, monthly=monthly, first_date=first_date,
        last_date=made.last_date, total=made.total, months=made.months, made_at=at,
        made_by=by.label, priority_first=priority_first,
        disposable=latest.disposable if latest else None,
    )  # fmt: skip
    _keep_months(plan, made)
    trace(file, "mediation.keep_plan", by=by, at=at, detail={"number": plan.number})
    return plan.number


def simulated(
    file: MediationFile, monthly: Decimal, first_date: date, priority_first: bool = True
) -> Simulation:
    """This function will simulate a plan for the debts of a file. Raises: InvalidInput."""
    try:
        return simulate(debts_of(file), monthly, first_date, priority_first)
    except PlanNeverEnds as error:
        raise InvalidInput(
            _("Avec ce montant, les dettes ne seraient jamais payées."),
            {"monthly": _("Un plan dure cinquante ans au plus : augmentez le montant.")},
        ) from error
    except ValueError as error:
        raise InvalidInput(
            _("Il n’y a rien à partager."),
            {"monthly": _("Aucune dette du dossier n’est à payer.")},
        ) from error


def _keep_months(plan: Plan, made: Simulation) -> None:
    lines = PlanLine.objects.bulk_create(
        PlanLine(plan=plan, debt=part.debt, owed=part.debt.owed) for part in made.parts
    )
    months = Instalment.objects.bulk_create(
        Instalment(plan=plan, number=one.number, due_date=one.due, amount=one.total)
        for one in made.instalments
    )
    Share.objects.bulk_create(
        Share(instalment=month, line=line, amount=amount)
        for month, one in zip(months, made.instalments, strict=True)
        for line, amount in zip(lines, one.parts, strict=True)
        if amount
    )


@transaction.atomic
def drop_plan(*, reference: str, number: int, by: Actor, at: datetime) -> None:
    """This function will throw a simulation away. Raises: NotAllowed; WrongState."""
    file = open_file_of(reference, by)
    plan = plan_of(file, number)
    if plan.state != PlanState.DRAFT:
        raise WrongState(_("Ce plan a été proposé : il reste au dossier."))
    plan.delete()
    trace(file, "mediation.drop_plan", by=by, at=at, detail={"number": number})


@transaction.atomic
def propose_plan(*, reference: str, number: int, by: Actor, at: datetime) -> None:
    """This function will note that the plan is proposed to each creditor, and by when he answers.

    Raises: NotAllowed; WrongState.
    """
    file = open_file_of(reference, by)
    plan = plan_of(file, number)
    _to(plan, (PlanState.DRAFT,), PlanState.PROPOSED)
    today = day_of(at)
    plan.lines.update(asked_date=today, answer_due_date=answer_due(today))
    trace(file, "mediation.propose_plan", by=by, at=at, detail={"number": number})


@transaction.atomic
def note_plan_answer(
    *, reference: str, number: int, line: int, accepted: bool, by: Actor, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """This function will note what a creditor says of the plan.

    Raises: NotAllowed; WrongState when the plan is not being proposed or running.
    """
    file = open_file_of(reference, by)
    plan = plan_of(file, number)
    if plan.state not in (PlanState.PROPOSED, PlanState.RUNNING):
        raise WrongState(_("Ce plan n’est pas proposé aux créanciers."))
    said = Answer.ACCEPTED if accepted else Answer.REFUSED
    if not plan.lines.filter(pk=line).update(
        answer=said, answered_date=day_of(at), note=note.strip()[:300]
    ):
        raise NotAllowed(_("Ce créancier n’est pas dans ce plan."))
    trace(file, "mediation.note_plan_answer", by=by, at=at, detail={"number": number})


@transaction.atomic
def start_plan(*, reference: str, number: int, by: Actor, at: datetime) -> None:
    """This function will start a plan and set the date of its review.

    Raises: NotAllowed; WrongState when a creditor refused it or another plan runs; AlreadyMoved.
    """
    file = open_file_of(reference, by)
    plan = plan_of(file, number)
    if plan.lines.filter(answer=Answer.REFUSED).exists():
        raise WrongState(
            _("Un créancier refuse ce plan."), "", _("Négociez avec lui, ou faites un autre plan.")
        )
    if file.plans.filter(state=PlanState.RUNNING).exists():
        raise WrongState(_("Un autre plan est en cours."), "", _("Renégociez d’abord."))
    today = day_of(at)
    review = due_after("debt_plan_started", "review", today).due_date
    _to(plan, _OPEN, PlanState.RUNNING, started_date=today, review_date=review)
    move(file, "start_plan", by=by, at=at)
    file.plans.filter(state__in=_OPEN).exclude(pk=plan.pk).update(state=PlanState.REPLACED)


@transaction.atomic
def note_payment(
    *, reference: str, number: int, instalment: int, paid_date: date, by: Actor, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """This function will note an instalment as paid and lower each debt by its share.

    Raises: NotAllowed; WrongState when it is already noted; InvalidInput for a day to come.
    """
    file = open_file_of(reference, by)
    plan = _running(file, number)
    if paid_date > day_of(at):
        raise InvalidInput(
            _("Cette date n’est pas possible."), {"paid_date": _("Ce jour n’est pas encore venu.")}
        )
    month = _instalment(plan, instalment)
    waiting = Instalment.objects.filter(pk=month.pk).exclude(state=InstalmentState.PAID)
    if not waiting.update(
        state=InstalmentState.PAID, paid_date=paid_date, noted_by=by.label, note=note.strip()[:300]
    ):
        raise WrongState(_("Cette mensualité est déjà payée."))
    _lower(month.shares.select_related("line"), +1)
    trace(file, "mediation.note_payment", by=by, at=at, detail={"instalment": instalment})


@transaction.atomic
def undo_payment(
    *, reference: str, number: int, instalment: int, why: str, by: Actor, at: datetime
) -> None:
    """This function will take back a payment noted by mistake. Raises: NotAllowed; WrongState."""
    file = open_file_of(reference, by)
    plan = _running(file, number)
    month = _instalment(plan, instalment)
    paid = Instalment.objects.filter(pk=month.pk, state=InstalmentState.PAID)
    if not paid.update(
        state=InstalmentState.DUE, paid_date=None, noted_by=by.label, note=why.strip()[:300]
    ):
        raise WrongState(_("Cette mensualité n’est pas payée."))
    _lower(month.shares.select_related("line"), -1)
    trace(file, "mediation.undo_payment", by=by, at=at, why=why, detail={"instalment": instalment})


def _lower(shares: Iterable[Share], sign: int) -> None:
    """Adds each share to what its debt has paid, or takes it back.

    The instalment was written first: until this ends, nobody else notes the same payment.
    """
    for share in shares:
        debt = Debt.objects.select_for_update(no_key=True).get(pk=share.line.debt_id)
        debt.paid += sign * share.amount
        if debt.state != DebtState.STRUCK:
            known = DebtState.CONFIRMED if debt.stated_date else DebtState.ANNOUNCED
            debt.state = DebtState.PAID if debt.owed == 0 else known
        Debt.objects.filter(pk=debt.pk).update(
            paid=debt.paid, state=debt.state, version=debt.version + 1
        )


@transaction.atomic
def note_missed(
    *, reference: str, number: int, instalment: int, by: Actor, at: datetime, note: str = ""
) -> None:
    """This function will note that an instalment was missed.

    Raises: NotAllowed; WrongState when it is not due any more, or not yet.
    """
    file = open_file_of(reference, by)
    plan = _running(file, number)
    month = _instalment(plan, instalment)
    if month.due_date > day_of(at):
        raise WrongState(_("Cette mensualité n’est pas encore à payer."))
    due = Instalment.objects.filter(pk=month.pk, state=InstalmentState.DUE)
    if not due.update(state=InstalmentState.MISSED, noted_by=by.label, note=note.strip()[:300]):
        raise WrongState(_("Cette mensualité est déjà notée."))
    trace(file, "mediation.note_missed", by=by, at=at, detail={"instalment": instalment})


@transaction.atomic
def break_plan(*, reference: str, number: int, why: str, by: Actor, at: datetime) -> None:
    """This function will note that the plan is broken; the file goes back to negotiation.

    Raises: NotAllowed; WrongState; InvalidInput without a reason.
    """
    file = open_file_of(reference, by)
    plan = plan_of(file, number)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    _to(
        plan, (PlanState.RUNNING,), PlanState.BROKEN,
        ended_date=day_of(at), end_reason=why.strip()[:500],
    )  # fmt: skip
    move(file, "renegotiate", by=by, at=at, why=why.strip())


@transaction.atomic
def review_plan(*, reference: str, number: int, by: Actor, at: datetime) -> None:
    """This function will note that the plan was reviewed today and set the next review.

    Raises: NotAllowed; WrongState.
    """
    file = open_file_of(reference, by)
    plan = _running(file, number)
    following = due_after("debt_plan_started", "review", day_of(at)).due_date
    Plan.objects.filter(pk=plan.pk).update(review_date=following)
    trace(file, "mediation.review_plan", by=by, at=at, detail={"number": number})


def plan_of(file: MediationFile, number: int) -> Plan:
    """This function will give a plan of this file. Raises: NotAllowed."""
    plan = file.plans.filter(number=number).first()
    if plan is None:
        raise NotAllowed(_("Ce plan n’est pas dans ce dossier."))
    return plan


def _running(file: MediationFile, number: int) -> Plan:
    plan = plan_of(file, number)
    if plan.state != PlanState.RUNNING:
        raise WrongState(_("Ce plan n’est pas en cours."))
    return plan


def _instalment(plan: Plan, number: int) -> Instalment:
    month = plan.instalments.filter(number=number).first()
    if month is None:
        raise NotAllowed(_("Cette mensualité n’est pas dans ce plan."))
    return month


def _to(plan: Plan, sources: tuple[PlanState, ...], target: PlanState, **changes: object) -> None:
    moved = Plan.objects.filter(pk=plan.pk, state__in=sources).update(state=target, **changes)
    if not moved:
        plan.refresh_from_db()
        raise WrongState(
            _("Ce plan est déjà à l’état : %(state)s.")
            % {"state": plan.get_state_display().lower()}
        )
    plan.refresh_from_db()
