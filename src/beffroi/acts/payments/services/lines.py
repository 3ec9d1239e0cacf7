"""Puts what is owed in the lines of a run: on which account, with which words, less what is kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank.accounts import bank_text
from beffroi.acts.payments.enums import DueState, LineState, Means, Periodicity
from beffroi.acts.payments.models import Due, OrderTerm, PayeeAccount, Run, RunLine
from beffroi.acts.payments.periods import month_end
from beffroi.acts.payments.queries import FreeDue, accounts_of, free_dues
from beffroi.acts.payments.services.common import RunMoved
from beffroi.acts.payments.services.inserting import insert
from beffroi.acts.payments.services.retentions import Retentions
from beffroi.core.dates import is_working_day

_BATCH = 2000
#: What is written of a line; the rest is empty until the bank answers.
_LINE = (
    "run", "due", "person", "article", "means", "execution_date", "gross", "amount", "retained",
    "claim", "account", "payee", "iban", "bic", "end_to_end_id", "structured", "words", "state",
)  # fmt: skip


@dataclass
class _Payees:
    persons: dict[int, PayeeAccount]
    thirds: dict[int, PayeeAccount]
    attempts: dict[int, int]
    rhythms: dict[int, str]
    house: str


def fill(run: Run) -> int:
    """This function will put each free due in a line of the run, and count them.

    The database refuses a due that lives in another line.
    Raises: RunMoved when another run took one meanwhile.
    """
    dues = free_dues(run.through_date, run.execution_date)
    payees = _payees(run, dues)
    retentions = Retentions(run.execution_date, {due.person_id for due in dues})
    lines = [_line(run, due, payees, retentions) for due in dues]
    insert(RunLine, _LINE, lines)
    ids = [due.pk for due in dues]
    taken = 0
    for first in range(0, len(ids), _BATCH):
        rows = Due.objects.filter(pk__in=ids[first : first + _BATCH], state=DueState.PAYABLE)
        taken += rows.update(state=DueState.IN_RUN)
    if taken != len(lines):
        raise RunMoved(_("Une échéance vient d’être prise par un autre paiement. Recommencez."))
    run.line_count = len(lines)
    run.total = sum((line[_LINE.index("amount")] for line in lines), Decimal(0))
    Run.objects.filter(pk=run.pk).update(
        line_count=run.line_count, total=run.total, is_stale=False
    )  # fmt: skip
    return len(lines)


def _payees(run: Run, dues: list[FreeDue]) -> _Payees:
    thirds = {due.third_party_id for due in dues if due.third_party_id}
    persons = {due.person_id for due in dues if not due.third_party_id}
    attempts: dict[int, int] = defaultdict(int)
    dead = RunLine.objects.filter(state__in=[LineState.REJECTED, LineState.RETURNED])
    for row in dead.filter(due__state=DueState.PAYABLE).values("due").annotate(n=Count("pk")):
        attempts[row["due"]] = row["n"]
    slow = OrderTerm.objects.filter(
        is_live=True, periodicity__in=[Periodicity.WEEKLY, Periodicity.FORTNIGHTLY]
    )
    rhythms = dict(slow.values_list("order", "periodicity"))
    return _Payees(
        accounts_of(persons, third=False), accounts_of(thirds, third=True), attempts, rhythms,
        bank_text(run.house_account.holder, 40),
    )  # fmt: skip


def _execution(run: Run, due: FreeDue, rhythms: dict[int, str]) -> date:
    """A week or a fortnight that begins later is paid when it begins, not before."""
    day = run.execution_date
    if due.order_id in rhythms and due.start > day:
        day = due.start
        while not is_working_day(day):
            day = date.fromordinal(day.toordinal() - 1)
    return max(day, run.execution_date)


def _line(run: Run, due: FreeDue, payees: _Payees, retentions: Retentions) -> tuple[Any, ...]:
    account = None
    if due.means == Means.TRANSFER:
        account = (
            payees.thirds[due.third_party_id]
            if due.third_party_id
            else payees.persons[due.person_id]
        )
    kept = retentions.take(due.person_id, due.third_party_id, due.amount)
    words = f"{payees.house} {due.label} {_said(due)}"
    if due.third_party_id:
        words = f"{due.subject_ref} {words}"
    number = run.house_account.enterprise_number
    return (
        run.pk, due.pk, due.person_id, due.article_id, due.means,
        _execution(run, due, payees.rhythms), due.amount, due.amount - kept.amount, kept.amount,
        kept.claim_id, account.pk if account else None,
        account.holder if account else bank_text(f"{due.first_name} {due.last_name}", 70),
        account.iban if account else "", account.bic if account else "",
        f"{number}D{due.pk:010d}N{payees.attempts[due.pk] + 1:02d}",
        due.communication, "" if due.communication else bank_text(words, 140),
        LineState.PLANNED.value,
    )  # fmt: skip


def _said(due: FreeDue) -> str:
    start, end = due.start, due.end
    if start.day == 1 and end == month_end(start):
        return f"{start:%m/%Y}"
    return f"{start:%d/%m/%Y}" if start == end else f"{start:%d/%m}-{end:%d/%m/%Y}"
