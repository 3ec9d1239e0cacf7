"""Reading orders, dues, accounts: what is owed, to whom, and what keeps it from leaving."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Sum

from beffroi.acts.payments.bank.accounts import shown_communication
from beffroi.acts.payments.enums import (
    AccountState,
    Block,
    ClaimState,
    DueState,
    HouseAccountKind,
    Means,
)
from beffroi.acts.payments.models import (
    BankReturn,
    BudgetArticle,
    Claim,
    Due,
    Hold,
    HouseAccount,
    Order,
    PayeeAccount,
    ThirdParty,
)
from beffroi.acts.payments.money import euros


class UnknownPayee(LookupError):
    """Nobody has this reference."""


def person_of(reference: str) -> Model:
    """This function will give the person of this reference. Raises: UnknownPayee.

    The table belongs to the room of persons; a foreign key is all that this room knows of it.
    """
    table = Order._meta.get_field("person").related_model
    found = table._default_manager.filter(reference=reference).first()
    if found is None:
        raise UnknownPayee(reference)
    return found


def third_party(reference: str) -> ThirdParty | None:
    """This function will give the third party of this reference, if there is one."""
    return ThirdParty.objects.filter(reference=reference).first()


def article(code: str) -> BudgetArticle | None:
    """This function will give the article of this code, if there is one."""
    return BudgetArticle.objects.filter(code=code).first()


def paying_account() -> HouseAccount | None:
    """This function will give the account from which the house pays, if it is set."""
    return HouseAccount.objects.filter(is_default=True, kind=HouseAccountKind.OWN).first()


def sent_for(owner_kind: str, owner_ref: str) -> Decimal:
    """This function will add up, in euros, what left the house under one decision or grant."""
    rows = Due.objects.filter(
        order__owner_kind=owner_kind, order__owner_ref=owner_ref,
        state__in=(DueState.SENT, DueState.PAID),
    )  # fmt: skip
    return total_of(rows)


def has_claim(owner_kind: str, owner_ref: str) -> bool:
    """This function will say whether something is already claimed under a decision or grant."""
    return Claim.objects.filter(owner_kind=owner_kind, owner_ref=owner_ref).exists()


def sent_for_each(owner_kind: str, owner_refs: Collection[str]) -> dict[str, Decimal]:
    """This function will add up, in euros, what left under each of these decisions or grants."""
    rows = Due.objects.filter(
        order__owner_kind=owner_kind, order__owner_ref__in=owner_refs,
        state__in=(DueState.SENT, DueState.PAID),
    ).values("order__owner_ref").annotate(total=Sum("amount")).order_by()  # fmt: skip
    return {row["order__owner_ref"]: euros(row["total"]) for row in rows}


@dataclass(frozen=True)
class Claimed:
    """What is claimed back under a decision or grant: the claim, its amount, what is left of it."""

    reference: str
    owner_ref: str
    amount: Decimal
    left: Decimal
    communication: str
    is_settled: bool


def claims_under(owner_kind: str, owner_refs: Collection[str]) -> dict[str, Claimed]:
    """This function will give the claim under each of these decisions or grants, where there is one."""
    rows = Claim.objects.filter(owner_kind=owner_kind, owner_ref__in=owner_refs).order_by("pk")
    return {
        row.owner_ref: Claimed(
            row.reference, row.owner_ref, row.amount, row.balance,
            shown_communication(row.communication), row.state == ClaimState.SETTLED,
        )
        for row in rows
    }  # fmt: skip


def accounts_of(payee_ids: Iterable[int], *, third: bool) -> dict[int, PayeeAccount]:
    """This function will give the account in use of each person, or of each third party."""
    key = "third_party_id" if third else "person_id"
    rows = PayeeAccount.objects.filter(
        state=AccountState.CONFIRMED, **{f"{key}__in": list(payee_ids)}
    )
    rows = rows.only("person_id", "third_party_id", "iban", "bic", "holder")
    return {getattr(row, key): row for row in rows}


def accounts_to_look_at() -> QuerySet[PayeeAccount]:
    """This function will give the changes of account that wait for a second look, oldest first."""
    return (
        PayeeAccount.objects.filter(state=AccountState.PROPOSED)
        .select_related("person", "third_party")
        .order_by("added_at")
    )


def holds_on(day: date) -> QuerySet[Hold]:
    """This function will give the holds that keep payments back on `day`."""
    return Hold.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=day),
        released_at__isnull=True,
        since_date__lte=day,
    )


def payable_dues(through: date, day: date) -> QuerySet[Due]:
    """This function will give what is owed up to `through`, each with what blocks it on `day`.

    `is_held`, `has_return`, `has_account`, `has_proposed` say it; `blocks_of` puts it in words.
    """
    in_use = PayeeAccount.objects.filter(state=AccountState.CONFIRMED)
    proposed = PayeeAccount.objects.filter(state=AccountState.PROPOSED)
    of_third = Q(third_party=OuterRef("order__third_party"))
    of_person = Q(person=OuterRef("order__person"))
    none = Q(order__third_party__isnull=True)
    return (
        Due.objects.filter(state=DueState.PAYABLE, period_start__lte=through)
        .select_related("order__person", "order__third_party", "order__article")
        .annotate(
            is_held=Exists(holds_on(day).filter(order=OuterRef("order"))),
            has_return=Exists(
                BankReturn.objects.filter(due=OuterRef("pk"), treated_at__isnull=True)
            ),
            has_account=(none & Exists(in_use.filter(of_person)))
            | (~none & Exists(in_use.filter(of_third))),
            has_proposed=(none & Exists(proposed.filter(of_person)))
            | (~none & Exists(proposed.filter(of_third))),
        )
        .order_by("period_start", "pk")
    )


def blocks_of(due: Due) -> tuple[Block, ...]:
    """This function will say what keeps a due of `payable_dues` out of a run."""
    facts = (due.is_held, due.has_return, due.has_proposed, due.has_account)  # type: ignore[attr-defined]
    return _blocks(due.order.means, *facts)


def _blocks(
    means: str, is_held: bool, has_return: bool, has_proposed: bool, has_account: bool
) -> tuple[Block, ...]:
    blocks = []
    if is_held:
        blocks.append(Block.HOLD)
    if has_return:
        blocks.append(Block.RETURN)
    if means == Means.TRANSFER:
        if has_proposed:
            blocks.append(Block.ACCOUNT_UNCONFIRMED)
        elif not has_account:
            blocks.append(Block.NO_ACCOUNT)
    return tuple(blocks)


class FreeDue(NamedTuple):
    """What a line is made of, read without the weight of whole rows: there are thousands."""

    pk: int
    order_id: int
    start: date
    end: date
    amount: Decimal
    label: str
    subject_ref: str
    communication: str
    means: str
    article_id: int
    third_party_id: int | None
    person_id: int
    first_name: str
    last_name: str


_OF_DUE = (
    "pk", "order_id", "period_start", "period_end", "amount", "order__label",
    "order__subject_ref", "order__communication", "order__means", "order__article_id",
    "order__third_party_id", "order__person_id", "order__person__first_name",
    "order__person__last_name",
)  # fmt: skip
_BLOCKS = ("order__means", "is_held", "has_return", "has_proposed", "has_account")


def free_dues(through: date, day: date) -> list[FreeDue]:
    """This function will give what nothing keeps out of a run, its rows locked for the run."""
    rows = (
        payable_dues(through, day).select_related(None).select_for_update(of=("self",), no_key=True)
    )
    width = len(_OF_DUE)
    return [
        FreeDue(*row[:width])
        for row in rows.values_list(*_OF_DUE, *_BLOCKS)
        if not _blocks(*row[width:])
    ]


@dataclass(frozen=True)
class Overpaid:
    """What was paid for a month above what is now owed for it, in euros."""

    order: Order
    month: date
    amount: Decimal


def total_of(rows: QuerySet[Due]) -> Decimal:
    """This function will add up dues, in euros."""
    return euros(rows.aggregate(total=Sum("amount"))["total"])
