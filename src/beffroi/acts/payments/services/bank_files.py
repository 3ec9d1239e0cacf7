"""Reads a file of the bank once, matches each movement, and books what it says."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank.answers import Answer, Movement, UnreadableFile, read
from beffroi.acts.payments.bank.pain001 import batch_id
from beffroi.acts.payments.enums import (
    BankFileKind,
    ClaimState,
    EntryOutcome,
    HouseAccountKind,
    LedgerKind,
    LineState,
    Means,
)
from beffroi.acts.payments.models import BankEntry, BankFile, Claim, HouseAccount, Run, RunLine
from beffroi.acts.payments.money import euros
from beffroi.acts.payments.permissions import can_book
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.booking import (
    close_when_settled,
    pay_lines,
    reject_line,
    return_line,
)
from beffroi.acts.payments.services.common import require, said, trace
from beffroi.acts.payments.services.receipts import receive
from beffroi.acts.payments.workflow import SENT_STATES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

#: Answers of the bank that end a payment, and those that only say it is on its way.
_REFUSED = frozenset({"RJCT", "CANC"})


@transaction.atomic
def read_bank_file(*, name: str, content: bytes, by: Actor, at: datetime) -> BankFile:
    """This function will read a camt.053 or pain.002 and book what it says, all or nothing.

    The same bytes read again give the file already read.
    Raises: NotAllowed; InvalidInput when the file cannot be read or is of another's account.
    """
    require(can_book(by))
    digest = hashlib.sha256(content).hexdigest()
    if known := BankFile.objects.filter(sha256=digest).first():
        return known
    try:
        answer = read(content)
    except UnreadableFile as error:
        raise InvalidInput(
            str(error), {"file": str(error)}, todo=_("Demandez le fichier à la banque une nouvelle fois.")
        ) from error  # fmt: skip
    _must_be_ours(answer)
    file = BankFile.objects.create(
        kind=answer.kind, name=name[:120], sha256=digest, message_id=answer.message_id[:35],
        read_at=at, read_by_label=by.label,
    )  # fmt: skip
    booking = _Booking(file, by, at)
    # What left is booked before what came back, whatever the order of the file.
    for rank, one in sorted(enumerate(answer.movements), key=lambda pair: pair[1].is_credit):
        booking.take(rank, one)
    close_when_settled(booking.runs, by=by, at=at)
    trace("bank_file", "bank_file", digest[:16], by=by, at=at, detail={"name": name[:120]})
    return file


def _must_be_ours(answer: Answer) -> None:
    if answer.kind != BankFileKind.STATEMENT:
        return
    known = dict(HouseAccount.objects.filter(iban__in=answer.ibans).values_list("iban", "kind"))
    for iban in sorted(answer.ibans):
        if known.get(iban) == HouseAccountKind.CLIENT_MONEY:
            raise InvalidInput(
                _("Cet extrait est celui d’un compte d’argent de tiers."),
                why=_("Cet argent n’entre pas dans la comptabilité du CPAS."),
            )
        if iban not in known:
            raise InvalidInput(_("Cet extrait est celui d’un compte que la maison ne connaît pas."))


class _Booking:
    """Books the movements of one file, one by one."""

    def __init__(self, file: BankFile, by: Actor, at: datetime) -> None:
        self.file, self.by, self.at = file, by, at
        self.runs: set[int] = set()

    def take(self, rank: int, one: Movement) -> None:
        """This function will book one movement and keep what became of it."""
        if BankEntry.objects.filter(bank_key=one.key).exists():
            return
        entry = BankEntry(
            file=self.file, position=rank, bank_key=one.key[:160], amount=one.amount,
            is_credit=one.is_credit, booked_date=one.booked_date, end_to_end_id=one.end_to_end_id,
            batch_id=one.batch_id[:35], structured=one.structured, words=one.words,
            counterparty=one.counterparty, reason=(one.reason or one.reason_code)[:120],
            outcome=EntryOutcome.UNMATCHED,
        )  # fmt: skip
        self._way(one)(entry, one)
        entry.save(force_insert=True)

    def _way(self, one: Movement) -> Callable[[BankEntry, Movement], None]:
        if self.file.kind == BankFileKind.STATUS:
            return self._status
        if not one.is_credit and not one.is_return:
            return self._left
        if one.is_return or one.end_to_end_id and self._line(one):
            return self._came_back
        return self._received

    def _line(self, one: Movement) -> RunLine | None:
        if not one.end_to_end_id:
            return None
        return RunLine.objects.filter(end_to_end_id=one.end_to_end_id).first()

    def _left(self, entry: BankEntry, one: Movement) -> None:
        line = self._line(one)
        if line is None:
            self._batch_left(entry, one)
            return
        entry.line = line
        if line.amount != one.amount:
            entry.settled_note = _("Le montant n’est pas celui qui a été envoyé.")
            return
        day = one.booked_date or self.at.date()
        paid = self._pay(RunLine.objects.filter(pk=line.pk), day)
        known = line.state in (LineState.PAID, LineState.RETURNED)
        if paid or known:
            entry.outcome = EntryOutcome.PAID if paid else EntryOutcome.ALREADY
        else:
            entry.settled_note = _("Ce paiement n’attendait pas de réponse : regardez-le.")

    def _batch_left(self, entry: BankEntry, one: Movement) -> None:
        lines = self._of_batch(one.batch_id)
        waiting = lines.filter(state=LineState.SENT)
        total = euros(waiting.aggregate(total=Sum("amount"))["total"])
        if total and total == one.amount:
            self._pay(waiting, one.booked_date or self.at.date())
            entry.outcome = EntryOutcome.PAID
        elif one.batch_id and not total and self._paid_sum(lines) == one.amount:
            entry.outcome = EntryOutcome.ALREADY
        elif one.batch_id:
            entry.settled_note = _("Le montant n’est pas celui du lot envoyé.")

    def _paid_sum(self, lines: QuerySet[RunLine]) -> Decimal:
        paid = lines.filter(state__in=[LineState.PAID, LineState.RETURNED])
        return euros(paid.aggregate(total=Sum("amount"))["total"])

    def _of_batch(self, ident: str) -> QuerySet[RunLine]:
        """The transfers of a batch we sent, `PAI-2026-0001-20261127`, or of a whole file."""
        sent = RunLine.objects.filter(means=Means.TRANSFER, run__state__in=SENT_STATES)
        reference, _dash, day = ident.rpartition("-")
        if Run.objects.filter(reference=ident).exists():
            return sent.filter(run__reference=ident)
        try:
            execution = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
        except ValueError:
            return sent.none()
        if batch_id(reference, execution) != ident:
            return sent.none()
        return sent.filter(run__reference=reference, execution_date=execution)

    def _pay(self, lines: QuerySet[RunLine], day: date) -> int:
        self.runs |= set(lines.values_list("run", flat=True))
        return pay_lines(lines, on=day, by=self.by, at=self.at)

    def _came_back(self, entry: BankEntry, one: Movement) -> None:
        line = self._line(one)
        if line is None:
            return
        entry.line = line
        if line.amount != one.amount:
            entry.settled_note = _("Le montant n’est pas celui qui a été envoyé.")
        elif return_line(
            line, on=one.booked_date or self.at.date(), code=one.reason_code, reason=one.reason,
            by=self.by, at=self.at,
        ):  # fmt: skip
            entry.outcome = EntryOutcome.RETURNED
        elif line.state in (LineState.RETURNED, LineState.REJECTED):
            entry.outcome = EntryOutcome.ALREADY
        else:
            entry.settled_note = _("Ce paiement revient avant d’avoir été confirmé.")

    def _received(self, entry: BankEntry, one: Movement) -> None:
        claim = (
            Claim.objects.filter(communication=one.structured).first() if one.structured else None
        )
        if claim is None:
            return
        entry.claim = claim
        if claim.state != ClaimState.OPEN or one.amount is None or one.amount > claim.balance:
            entry.settled_note = _("Plus que ce qui reste à rembourser : la différence se rend.")
            return
        receive_in_bank(
            claim, one.amount, one.booked_date or self.at.date(), one.key, self.by, self.at
        )
        entry.outcome = EntryOutcome.RECEIVED

    def _status(self, entry: BankEntry, one: Movement) -> None:
        line = self._line(one)
        if one.status not in _REFUSED:
            entry.outcome = EntryOutcome.NOTED
            entry.line = line
            return
        lines = (
            RunLine.objects.filter(pk=line.pk) if line
            else self._of_batch(one.batch_id).none() if one.end_to_end_id
            else self._of_batch(one.batch_id)
        )  # fmt: skip
        self.runs |= set(lines.values_list("run", flat=True))
        refused = [
            reject_line(row, code=one.reason_code, reason=one.reason, by=self.by, at=self.at)
            for row in lines.filter(state=LineState.SENT)
        ]
        entry.line = line
        if any(refused):
            entry.outcome = EntryOutcome.REJECTED
        elif lines.filter(state=LineState.REJECTED).exists():
            entry.outcome = EntryOutcome.ALREADY
        elif lines.exists():
            entry.settled_note = _("La banque refuse un paiement déjà confirmé : appelez-la.")


def receive_in_bank(
    claim: Claim, amount: Decimal, on: date, key: str, by: Actor, at: datetime
) -> None:
    """This function will take a transfer received off a claim and write it in the ledger."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    receive(
        claim_id=claim.pk, amount=amount, on=on, source_kind="bank", source_ref=digest, by=by, at=at
    )
    posting = ledger.Posting(
        LedgerKind.RECEIPT, "receipt", digest, amount, claim.reference, claim.article_id,
        claim.subject_ref,
    )  # fmt: skip
    ledger.write([posting], on=on, at=at)
    trace("claim_receipt", "claim", claim.reference, by=by, at=at, subject=claim.subject_ref)


@transaction.atomic
def settle_entry(
    *, entry_id: int, note: str, by: Actor, at: datetime, claim_ref: str = ""
) -> BankEntry:
    """This function will settle a movement that nothing matched: for a claim, or by a note.

    Raises: NotAllowed; InvalidInput without a note, or when the claim cannot take it; WrongState.
    """
    require(can_book(by))
    note = said(note, "note", _("Dites ce qui a été fait."))
    entry = BankEntry.objects.select_for_update(no_key=True).filter(pk=entry_id).first()
    if entry is None:
        raise NotAllowed(_("Cette opération n’existe pas."))
    outcome = EntryOutcome.NOTED
    if claim_ref:
        claim = Claim.objects.select_for_update(no_key=True).filter(reference=claim_ref).first()
        if claim is None or not entry.is_credit or not entry.amount or entry.amount > claim.balance:
            raise InvalidInput(
                _("Cette récupération ne peut pas prendre ce montant."), {"claim": claim_ref}
            )
        outcome = EntryOutcome.RECEIVED
    if not BankEntry.objects.filter(pk=entry.pk, outcome=EntryOutcome.UNMATCHED).update(
        outcome=outcome, settled_note=note[:300]
    ):
        raise WrongState(_("Cette opération est déjà rapprochée."))
    if claim_ref and claim is not None and entry.amount:
        BankEntry.objects.filter(pk=entry.pk).update(claim=claim)
        receive_in_bank(claim, entry.amount, entry.booked_date or at.date(), entry.bank_key, by, at)
    trace("entry_settle", "bank_entry", str(entry.pk), by=by, at=at, reason=note)
    entry.refresh_from_db()
    return entry
