"""Reading runs: their lines, what has changed since last month, and whether they still hold true."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from beffroi.acts.payments.bank.pain001 import Batch, Initiator, Message, Transfer
from beffroi.acts.payments.enums import (
    AccountState,
    Block,
    DueState,
    LineState,
    Means,
    RunState,
)
from beffroi.acts.payments.models import BankReturn, Due, PayeeAccount, Run, RunLine
from beffroi.acts.payments.money import euros
from beffroi.acts.payments.periods import month_start
from beffroi.acts.payments.queries import blocks_of, holds_on, payable_dues

_CHUNK = 2000
_FACTS = (
    "end_to_end_id", "due_id", "amount", "gross", "retained", "claim_id", "payee", "iban", "bic",
    "structured", "words", "execution_date", "means", "article_id", "person_id",
)  # fmt: skip


def lines_hash(run: Run) -> str:
    """This function will give the digest of everything the lines of a run say, and of who pays."""
    digest = hashlib.sha256()
    head = (run.reference, run.house_account.iban, run.house_account.enterprise_number)
    digest.update("\x1f".join(head).encode())
    for row in _ordered(run).values_list(*_FACTS).iterator(_CHUNK):
        digest.update(("\x1e" + "\x1f".join(map(str, row))).encode())
    return digest.hexdigest()


def _ordered(run: Run) -> QuerySet[RunLine]:
    return RunLine.objects.filter(run=run).order_by("execution_date", "end_to_end_id")


def untrue_lines(run: Run) -> QuerySet[RunLine]:
    """This function will give the lines whose facts are no longer those of the order or account.

    An amount that moved, a due taken out, a hold placed, a return to treat, another account.
    """
    open_return = BankReturn.objects.filter(treated_at__isnull=True).values("due")
    in_use = PayeeAccount.objects.filter(state=AccountState.CONFIRMED).values("pk")
    proposed = PayeeAccount.objects.filter(state=AccountState.PROPOSED)
    moved = ~Q(due__amount=F("gross")) | ~Q(due__state=DueState.IN_RUN)
    held = Q(due__order__in=holds_on(run.execution_date).values("order"))
    account = Q(means=Means.TRANSFER) & (
        ~Q(account__in=in_use)
        | Q(due__order__third_party__isnull=True, person__in=proposed.filter(person__isnull=False).values("person"))
        | Q(due__order__third_party__in=proposed.filter(third_party__isnull=False).values("third_party"))
    )  # fmt: skip
    lines = RunLine.objects.filter(run=run)
    return lines.filter(moved | held | account | Q(due__in=open_return))


def too_little_left(run: Run) -> bool:
    """This function will say whether a run keeps more back for a claim than is left of it."""
    rows = RunLine.objects.filter(run=run, claim__isnull=False)
    kept = rows.values("claim", "claim__balance").annotate(total=Sum("retained")).order_by()
    return any(euros(row["total"]) > row["claim__balance"] for row in kept)


def message_of(run: Run) -> Message:
    """This function will give the head of the bank file of an approved run.

    Raises: ValueError for a run that was not approved.
    """
    if run.approved_at is None:
        raise ValueError(f"{run.reference} is not approved")
    rows = (
        _transfers(run)
        .values("execution_date")
        .annotate(count=Count("pk"), total=Sum("amount"))
        .order_by("execution_date")
    )
    house = run.house_account
    who = Initiator(house.holder, house.enterprise_number, house.iban, house.bic)
    batches = tuple(Batch(r["execution_date"], r["count"], euros(r["total"])) for r in rows)
    return Message(run.reference, _second(run.approved_at), who, batches)


def _second(at: datetime) -> datetime:
    from django.utils import timezone

    return timezone.localtime(at).replace(microsecond=0, tzinfo=None)


def _transfers(run: Run) -> QuerySet[RunLine]:
    return RunLine.objects.filter(run=run, means=Means.TRANSFER)


def transfers_of(run: Run) -> Iterator[tuple[date, Transfer]]:
    """This function will give the transfers of a run in the order of the file, as a stream."""
    rows: QuerySet[RunLine, tuple[Any, ...]] = _ordered(run).filter(means=Means.TRANSFER).values_list(
        "execution_date", "end_to_end_id", "amount", "payee", "iban", "bic", "structured", "words"
    )  # fmt: skip
    for day, ident, amount, payee, iban, bic, structured, words in rows.iterator(_CHUNK):
        yield day, Transfer(ident, amount, payee, iban, bic, structured, words)


@dataclass(frozen=True)
class Change:
    """One order whose payment is not that of last month; amounts in euros, None for nothing."""

    order_ref: str
    person_ref: str
    person: str
    label: str
    before: Decimal | None
    now: Decimal | None

    @property
    def difference(self) -> Decimal:
        return (self.now or Decimal(0)) - (self.before or Decimal(0))


@dataclass
class Preview:
    """What a run pays and how that differs from the month before; and what stays behind, why."""

    month: date
    new: list[Change] = field(default_factory=list)
    ended: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    blocked: dict[Block, list[Due]] = field(default_factory=dict)
    left_out: int = 0

    @property
    def blocked_count(self) -> int:
        return len({due.pk for dues in self.blocked.values() for due in dues})


def _paid_by_order(rows: QuerySet[RunLine]) -> dict[int, Decimal]:
    found = rows.values("due__order").annotate(total=Sum("gross"))
    return {row["due__order"]: euros(row["total"]) for row in found.order_by()}


def preview_of(run: Run) -> Preview:
    """This function will compare a run with the month before, order by order."""
    month = month_start(run.through_date)
    before_end = month
    before_start = month_start(date.fromordinal(month.toordinal() - 1))
    live = RunLine.objects.exclude(state__in=[LineState.REJECTED, LineState.RETURNED])
    sent = live.exclude(run=run).exclude(run__state__in=[RunState.DRAFT, RunState.CANCELLED])
    before = _paid_by_order(
        sent.filter(due__period_start__gte=before_start, due__period_start__lt=before_end)
    )
    earlier = _paid_by_order(sent.filter(due__period_start__gte=month))
    now = _paid_by_order(RunLine.objects.filter(run=run))
    preview = Preview(month)
    names = _names({*before, *now})
    blocked_orders = _fill_blocked(run, preview)
    for order_id in sorted(names):
        had, has = before.get(order_id), now.get(order_id)
        change = Change(*names[order_id], had, has)
        if had is None:
            preview.new.append(change)
        elif has is None:
            if order_id not in earlier and order_id not in blocked_orders:
                preview.ended.append(change)
        elif had != has:
            preview.changed.append(change)
        else:
            preview.same += 1
    return preview


def _names(orders: set[int]) -> dict[int, tuple[str, str, str, str]]:
    from beffroi.acts.payments.models import Order

    rows = Order.objects.filter(pk__in=orders).select_related("person")
    return {
        row.pk: (row.reference, row.person.reference, str(row.person), row.label) for row in rows
    }


def _fill_blocked(run: Run, preview: Preview) -> set[int]:
    orders = set()
    for due in payable_dues(run.through_date, run.execution_date):
        blocks = blocks_of(due)
        orders.add(due.order_id)
        for block in blocks:
            preview.blocked.setdefault(block, []).append(due)
        if not blocks:
            preview.left_out += 1
    return orders


def cash_lines(run: Run) -> list[str]:
    """This function will give the payments at the counter of a run that are not handed over yet."""
    waiting = RunLine.objects.filter(run=run, means=Means.CASH, state=LineState.SENT)
    return list(waiting.order_by("end_to_end_id").values_list("end_to_end_id", flat=True))
