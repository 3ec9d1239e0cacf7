"""What becomes of payments that left: paid, refused, come back; each booked once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import DueState, LedgerKind, LineState, Means, RunState
from beffroi.acts.payments.models import BankReturn, Due, Run, RunLine
from beffroi.acts.payments.permissions import can_book
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.common import RunMoved, move_run, require, said, trace
from beffroi.acts.payments.services.dues import draw_again
from beffroi.acts.payments.services.receipts import give_back
from beffroi.acts.payments.services.runs import find_run
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState

_BATCH = 2000


@transaction.atomic
def book_run(*, reference: str, on: date, by: Actor, at: datetime) -> int:
    """This function will note that the bank has executed what is left of a run on `on`.

    It gives how many payments that confirms; done again, none.
    Raises: NotAllowed; RunMoved when the run has not been sent.
    """
    require(can_book(by))
    run = find_run(reference, by)
    if run.state == RunState.BOOKED:
        return 0
    if run.state != RunState.EXPORTED:
        raise RunMoved(_("%(run)s n’est pas encore parti à la banque.") % {"run": reference})
    done = pay_lines(run.lines.filter(means=Means.TRANSFER), on=on, by=by, at=at)
    trace("book", "run", reference, by=by, at=at, detail={"lines": done})
    close_when_settled([run.pk], by=by, at=at)
    return done


def pay_lines(lines: QuerySet[RunLine], *, on: date, by: Actor, at: datetime) -> int:
    """This function will book as paid the lines of these that were sent, and count them."""
    rows = list(
        lines.filter(state=LineState.SENT)
        .select_for_update(of=("self",), no_key=True)
        .select_related("due__order", "run")
    )
    ids = [row.pk for row in rows]
    for first in range(0, len(ids), _BATCH):
        part = ids[first : first + _BATCH]
        RunLine.objects.filter(pk__in=part, state=LineState.SENT).update(
            state=LineState.PAID, settled_date=on, settled_at=at
        )
        Due.objects.filter(lines__in=part, state=DueState.SENT).update(state=DueState.PAID)
    ledger.write(_postings(rows), on=on, at=at)
    return len(rows)


def _postings(rows: Iterable[RunLine]) -> Iterable[ledger.Posting]:
    for row in rows:
        kind = LedgerKind.CASH if row.means == Means.CASH else LedgerKind.PAID
        facts = (row.run.reference, row.article_id, row.due.order.subject_ref)
        yield ledger.Posting(kind, "line", row.end_to_end_id, row.amount, *facts)


@transaction.atomic
def pay_cash(*, line: str, on: date, by: Actor, at: datetime) -> RunLine:
    """This function will note that a payment at the counter was handed over against a receipt.

    Raises: NotAllowed; WrongState when it was handed over, or its run has not left.
    """
    require(can_book(by))
    row = RunLine.objects.filter(end_to_end_id=line, means=Means.CASH).first()
    if row is None:
        raise NotAllowed(_("Ce paiement au guichet n’existe pas."))
    if not pay_lines(RunLine.objects.filter(pk=row.pk), on=on, by=by, at=at):
        raise WrongState(_("Ce paiement est déjà remis, ou son envoi n’est pas fait."))
    trace("cash", "line", line, by=by, at=at)
    close_when_settled([row.run_id], by=by, at=at)
    row.refresh_from_db()
    return row


def reject_line(row: RunLine, *, code: str, reason: str, by: Actor, at: datetime) -> bool:
    """This function will note that the bank refused a payment sent: its due is payable again.

    A task is opened; until it is dealt with, the due stays out of runs. False when it is known.
    """
    moved = RunLine.objects.filter(pk=row.pk, state=LineState.SENT).update(
        state=LineState.REJECTED, settled_at=at
    )
    if moved:
        _back(row, DueState.SENT, LedgerKind.REJECTED, at.date(), code, reason, by, at)
    return bool(moved)


def return_line(row: RunLine, *, on: date, code: str, reason: str, by: Actor, at: datetime) -> bool:
    """This function will note that a payment made came back: its due is payable again.

    False when it is known.
    """
    moved = RunLine.objects.filter(pk=row.pk, state=LineState.PAID).update(
        state=LineState.RETURNED, settled_at=at
    )
    if moved:
        _back(row, DueState.PAID, LedgerKind.RETURNED, on, code, reason, by, at)
    return bool(moved)


def _back(
    row: RunLine, source: DueState, kind: LedgerKind, on: date, code: str, reason: str,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    row.refresh_from_db()
    due = Due.objects.filter(pk=row.due_id, state=source)
    if due.update(state=DueState.PAYABLE) != 1:
        raise RuntimeError(f"{row.end_to_end_id}: its due was not {source}")
    draw_again(Due.objects.filter(pk=row.due_id))
    order = row.due.order
    facts = (row.run.reference, row.article_id, order.subject_ref)
    postings = [ledger.Posting(kind, "line", row.end_to_end_id, row.amount, *facts)]
    if kept := give_back(source_kind="line", source_ref=row.end_to_end_id):
        undone = LedgerKind.UNRETAINED
        postings.append(ledger.Posting(undone, "line", row.end_to_end_id, kept.amount, *facts))
    ledger.write(postings, on=on, at=at)
    BankReturn.objects.create(
        line=row, due_id=row.due_id, reason_code=code[:10], reason=reason[:200], opened_at=at
    )
    trace(
        kind.value,
        "line",
        row.end_to_end_id,
        by=by,
        at=at,
        subject=order.subject_ref,
        reason=reason,
    )


def close_when_settled(runs: Iterable[int], *, by: Actor, at: datetime) -> None:
    """This function will mark as booked each of these runs that waits for nothing any more."""
    waiting = RunLine.objects.filter(state=LineState.SENT).values("run")
    for run in Run.objects.filter(pk__in=list(runs), state=RunState.EXPORTED).exclude(
        pk__in=waiting
    ):  # fmt: skip
        move_run(run, "book", by=by, at=at)


@transaction.atomic
def treat_return(*, return_id: int, note: str, by: Actor, at: datetime) -> BankReturn:
    """This function will note what was done about a return: its due may leave again.

    Raises: NotAllowed; InvalidInput without a note; WrongState when it was dealt with.
    """
    require(can_book(by))
    note = said(note, "note", _("Dites ce qui a été fait."))
    row = BankReturn.objects.filter(pk=return_id).first()
    if row is None:
        raise NotAllowed(_("Ce retour n’existe pas."))
    if not BankReturn.objects.filter(pk=row.pk, treated_at__isnull=True).update(
        treated_at=at, treated_by_label=by.label, note=note[:300]
    ):
        raise WrongState(_("Ce retour est déjà traité."))
    trace("return_treated", "line", row.line.end_to_end_id, by=by, at=at, reason=note)
    row.refresh_from_db()
    return row
