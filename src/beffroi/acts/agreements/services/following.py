"""Following an agreement: its start, its evaluations, its days of work, its end."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agreements.computing import evaluation_after, transit_end
from beffroi.acts.agreements.enums import AgreementState, ClauseState, Finding
from beffroi.acts.agreements.models import (
    Agreement,
    Evaluation,
    MonthOfWork,
    Seat,
    TransitTerms,
    WorkContract,
)
from beffroi.acts.agreements.queries import evaluation_due
from beffroi.acts.agreements.services.base import day_of, in_hands, move, trace, visible
from beffroi.acts.agreements.workflow import BINDING
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

_ENDS = {"fulfil", "break", "end", "abandon"}


@transaction.atomic
def start(*, reference: str, by: Actor, at: datetime) -> None:
    """This function will note that the agreement begins. Raises: NotAllowed; AlreadyMoved."""
    move(in_hands(reference, by), "start", by=by, at=at)


@transaction.atomic
def evaluate(
    *,
    reference: str,
    held_date: date,
    finding: Finding,
    worker_words: str,
    by: Actor,
    at: datetime,
    person_words: str = "",
    present: str = "",
    next_date: date | None = None,
) -> int:
    """This function will keep an evaluation, frozen, with the clauses as they stand; its number.

    The next one comes within a quarter; an earlier day may be set.
    Raises: NotAllowed; AgreementOver; WrongState; InvalidInput.
    """
    row = in_hands(reference, by)
    if row.state not in BINDING:
        raise WrongState(_("On n’évalue qu’une convention signée."))
    last = row.evaluations.order_by("-number").first()
    _check_days(row, last, held_date, next_date, worker_words, at)
    row.last_held = last.held_date if last else None  # type: ignore[attr-defined]
    row.next_planned = last.next_date if last else None  # type: ignore[attr-defined]
    legal = evaluation_after(held_date, held_date)
    made = Evaluation.objects.create(
        agreement=row, number=(last.number if last else 0) + 1, due_date=evaluation_due(row),
        held_date=held_date, finding=finding, person_words=person_words.strip(),
        worker_words=worker_words.strip(), present=present.strip()[:300],
        next_date=min(next_date, legal) if next_date else legal, noted_at=at, noted_by=by.label,
        clauses=[
            {"text": one.text, "side": one.side, "state": str(one.get_state_display())}
            for one in row.clauses.all()
        ],
    )  # fmt: skip
    trace(row, "agreement.evaluate", by=by, at=at, detail={"number": made.number})
    return made.number


def _check_days(
    row: Agreement, last: Evaluation | None, held: date, following: date | None, words: str,
    at: datetime,
) -> None:  # fmt: skip
    faults = {}
    earliest = last.held_date if last else row.signed_date
    if held > day_of(at) or (earliest and held < earliest):
        faults["held_date"] = _("Ni avant la dernière, ni dans l’avenir.")
    if following is not None and following <= held:
        faults["next_date"] = _("La prochaine vient après celle-ci.")
    if not words.strip():
        faults["worker_words"] = _("Dites ce que vous avez constaté ensemble.")
    if faults:
        raise InvalidInput(_("Cette évaluation n’est pas complète."), faults)


@transaction.atomic
def mark_clause(*, reference: str, clause: int, done: bool, by: Actor, at: datetime) -> None:
    """This function will mark a clause as reached, or as going on again.

    Raises: NotAllowed; AgreementOver; WrongState for a clause that was dropped.
    """
    row = in_hands(reference, by)
    if not row.clauses.filter(pk=clause).exists():
        raise NotAllowed(_("Cette clause n’est pas dans cette convention."))
    state = ClauseState.DONE if done else ClauseState.OPEN
    kept = row.clauses.filter(pk=clause).exclude(state=ClauseState.DROPPED)
    if not kept.update(state=state):
        raise WrongState(_("Cette clause est abandonnée."))
    trace(row, "agreement.mark_clause", by=by, at=at, detail={"clause": clause, "done": done})


@transaction.atomic
def finish(*, reference: str, how: str, why: str, by: Actor, at: datetime) -> None:
    """This function will end an agreement: `fulfil`, `break`, `end` or `abandon`.

    Its seat is free from that day. Raises: NotAllowed; AlreadyMoved; InvalidInput.
    """
    row = in_hands(reference, by)
    if how not in _ENDS:
        raise InvalidInput(_("Dites comment elle finit."), {"how": _("Choisissez.")})
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    today = day_of(at)
    move(row, how, by=by, at=at, why=why, ended_date=today, end_reason=why.strip()[:500])
    for seat in Seat.objects.filter(agreement=row, until_date=None):
        Seat.objects.filter(pk=seat.pk).update(until_date=max(today, seat.since_date))


@transaction.atomic
def count_month(
    *, reference: str, month: date, paid_days: int, unpaid_days: int, by: Actor, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """This function will note the days of a month of work; noted again, the month is put right.

    Raises: NotAllowed; AgreementOver; WrongState; InvalidInput for more days than the month has.
    """
    row = in_hands(reference, by)
    contract = WorkContract.objects.filter(agreement=row).first()
    if contract is None or row.state not in BINDING:
        raise WrongState(_("Ce n’est pas un contrat de travail en cours."))
    first = month.replace(day=1)
    faults = {}
    if paid_days < 0 or unpaid_days < 0 or paid_days + unpaid_days > 31:
        faults["paid_days"] = _("Plus de jours que le mois n’en a.")
    if first > day_of(at) or first < contract.first_date.replace(day=1):
        faults["month"] = _("Ce mois n’est pas dans le contrat.")
    if faults:
        raise InvalidInput(_("Ce mois n’est pas juste."), faults)
    MonthOfWork.objects.update_or_create(
        contract=contract, month=first,
        defaults={"paid_days": paid_days, "unpaid_days": unpaid_days, "note": note.strip()[:300]},
    )  # fmt: skip
    trace(row, "agreement.count_month", by=by, at=at, detail={"month": first.isoformat()[:7]})


@transaction.atomic
def renew_transit(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will lengthen an occupancy by its second term, once.

    Raises: NotAllowed; AgreementOver; WrongState when it was renewed already; InvalidInput.
    """
    row = in_hands(reference, by)
    terms = TransitTerms.objects.filter(agreement=row).first()
    if terms is None or row.state != AgreementState.RUNNING:
        raise WrongState(_("Ce n’est pas une occupation en cours."))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    try:
        until = transit_end(terms.first_date, terms.renewals + 1)
    except ValueError as error:
        raise WrongState(
            _("Un logement de transit ne se prolonge qu’une fois."), "",
            _("Préparez la sortie, ou une autre solution."),
        ) from error  # fmt: skip
    renewed = TransitTerms.objects.filter(pk=terms.pk, renewals=terms.renewals)
    if not renewed.update(renewals=terms.renewals + 1):
        raise WrongState(_("Elle vient d’être prolongée par quelqu’un d’autre."))
    Agreement.objects.filter(pk=row.pk).update(ends_date=until)
    trace(row, "agreement.renew_transit", by=by, at=at, why=why)


@transaction.atomic
def read_agreement(*, reference: str, by: Actor, at: datetime, reason: str = "") -> Agreement:
    """This function will open an agreement for an agent and journal that she read it.

    Raises: NotAllowed.
    """
    row = visible(reference, by)
    trace(row, "agreement.read", by=by, at=at, kind=ActKind.READ, why=reason)
    return row
