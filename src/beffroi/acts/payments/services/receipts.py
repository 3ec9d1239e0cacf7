"""What comes in for a recovery: one source, one receipt, a balance that never goes below zero."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

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
    rows = Claim.objects.filter(pk=claim_id, state=ClaimState.OPEN, balance__gte=amount)
    settled = rows.filter(balance=amount).update(
        balance=0, state=ClaimState.SETTLED, settled_at=at
    )  # fmt: skip
    if not settled and not rows.update(balance=F("balance") - amount):
        raise ValueError(f"claim {claim_id} has less than {amount} euros left")
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
    Claim.objects.filter(pk=row.claim_id).update(
        balance=F("balance") + row.amount, state=ClaimState.OPEN, settled_at=None
    )
    return row
