"""What comes in for a recovery: one source, one receipt, a balance that never goes below zero."""

from datetime import date, datetime
from decimal import Decimal

from beffroi.acts.payments.enums import ClaimState
from beffroi.acts.payments.models import Claim, ClaimReceipt
from beffroi.core.actors import Actor


def receive(
    *,
    claim_id: int,
    amount: Decimal,
    on: date,
    source_kind: str,
    source_ref: str,
    by: Actor,
    at: datetime,
    is_waiver: bool = False,
    why: str = "",
) -> ClaimReceipt:
    """This function will take an amount in euros off a claim, in the transaction under way.

    Raises: IntegrityError for a second receipt of one source; ValueError above what is left.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    left = claim.balance - amount
    if claim.state != ClaimState.OPEN or left < 0:
        raise ValueError(f"{claim.reference} has less than {amount} euros left")
    _set(claim, left, at)
    return ClaimReceipt.objects.create(
        claim_id=claim_id, amount=amount, on_date=on, source_kind=source_kind,
        source_ref=source_ref, is_waiver=is_waiver, why=why[:300], entered_at=at,
        entered_by_label=by.label,
    )  # fmt: skip


def give_back(*, source_kind: str, source_ref: str) -> ClaimReceipt | None:
    """This function will undo the receipt of a source: its claim is owed that much again.

    None when there is none, or it was undone.
    """
    row = ClaimReceipt.objects.filter(
        source_kind=source_kind, source_ref=source_ref, is_reversed=False
    ).first()
    if row is None or not ClaimReceipt.objects.filter(pk=row.pk, is_reversed=False).update(
        is_reversed=True
    ):
        return None
    claim = Claim.objects.select_for_update(no_key=True).get(pk=row.claim_id)
    _set(claim, claim.balance + row.amount, None)
    return row


def _set(claim: Claim, balance: Decimal, at: datetime | None) -> None:
    """Keeps what is left; the sum is made here, since SQLite would make it in floating point."""
    settled = balance == 0
    moved = Claim.objects.filter(pk=claim.pk, balance=claim.balance).update(
        balance=balance,
        state=ClaimState.SETTLED if settled else ClaimState.OPEN,
        settled_at=at if settled else None,
    )
    if not moved:
        raise RuntimeError(f"{claim.reference} was changed meanwhile")
