"""How long what was paid is kept: the accounts' ten years, then the persons go out of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When

from beffroi.acts.payments.enums import AccountState, OrderState
from beffroi.acts.payments.models import (
    BankEntry,
    Claim,
    ClaimReceipt,
    Hold,
    Order,
    PayeeAccount,
    RunLine,
)
from beffroi.audit.retention import Rule, declare

#: Accounting records are kept this many days from the payment.
_KEEP_YEARS = 10
_GONE = "—"


def _limit(at: datetime) -> datetime:
    try:
        return at.replace(year=at.year - _KEEP_YEARS)
    except ValueError:  # 29 February
        return at.replace(year=at.year - _KEEP_YEARS, day=28)


def end_lines(at: datetime) -> int:
    """This function will take names, accounts and words out of payments ten years old."""
    old = RunLine.objects.filter(run__prepared_at__lt=_limit(at)).exclude(payee=_GONE)
    return old.update(
        payee=_GONE,
        iban=Case(When(iban="", then=Value("")), default=Value(_GONE)),
        bic="",
        structured="",
        words="",
    )


def end_accounts(at: datetime) -> int:
    """This function will forget accounts that were left ten years ago and that no line names."""
    left = PayeeAccount.objects.filter(
        state__in=[AccountState.REPLACED, AccountState.REFUSED], added_at__lt=_limit(at)
    ).exclude(pk__in=RunLine.objects.filter(account__isnull=False).values("account"))
    return left.delete()[0]


@transaction.atomic
def end_orders(at: datetime) -> int:
    """This function will take the words out of orders that ended ten years ago, and of their holds."""
    old = Order.objects.filter(
        state=OrderState.ENDED, until_date__lt=_limit(at).date()
    ).exclude(label=_GONE)  # fmt: skip
    ids = list(old.values_list("pk", flat=True))
    Hold.objects.filter(order__in=ids).update(reason=_GONE, release_reason="")
    return Order.objects.filter(pk__in=ids).update(
        label=_GONE, refund_facts={}, communication=""
    )  # fmt: skip


def end_claims(at: datetime) -> int:
    """This function will take the words out of recoveries settled ten years ago."""
    old = Claim.objects.filter(settled_at__lt=_limit(at)).exclude(label=_GONE)
    ids = list(old.values_list("pk", flat=True))
    ClaimReceipt.objects.filter(claim__in=ids).update(why="")
    return Claim.objects.filter(pk__in=ids).update(label=_GONE)


def end_entries(at: datetime) -> int:
    """This function will take names and words out of bank movements ten years old."""
    old = BankEntry.objects.filter(file__read_at__lt=_limit(at)).exclude(words=_GONE)
    return old.update(words=_GONE, counterparty="", structured="", settled_note="")


def _with_order(model: str, *personal: str) -> Rule:
    return Rule(
        model, personal=personal, keep="avec l’ordre de paiement", with_parent="payments.Order"
    )


declare(
    Rule("payments.HouseAccount"),
    Rule("payments.ThirdParty"),
    Rule("payments.BudgetArticle"),
    Rule("payments.LedgerAccount"),
    Rule("payments.LedgerEntry"),
    Rule("payments.Run"),
    Rule("payments.RunMove"),
    Rule("payments.CentreRate"),
    Rule("payments.RefundClaim"),
    Rule("payments.RefundLine"),
    Rule("payments.BankFile"),
    Rule("payments.ClaimInstalment"),
    Rule(
        "payments.PayeeAccount",
        personal=("iban", "bic", "holder", "why"),
        keep="10 ans après le dernier usage",
        end=end_accounts,
    ),
    Rule(
        "payments.Order",
        personal=("label", "communication", "refund_facts", "cash_reason"),
        keep="10 ans après la fin de l’ordre",
        end=end_orders,
    ),
    _with_order("payments.OrderTerm", "amount"),
    _with_order("payments.Due", "amount"),
    _with_order("payments.Hold", "reason", "release_reason"),
    Rule(
        "payments.RunLine",
        personal=("payee", "iban", "bic", "structured", "words"),
        keep="10 ans, comme pièce comptable",
        end=end_lines,
    ),
    Rule(
        "payments.BankEntry",
        personal=("counterparty", "words", "structured"),
        keep="10 ans, comme pièce comptable",
        end=end_entries,
    ),
    Rule(
        "payments.BankReturn",
        personal=("reason", "note"),
        keep="avec la ligne du paiement",
        with_parent="payments.RunLine",
    ),
    Rule(
        "payments.Claim",
        personal=("label",),
        keep="10 ans après le solde",
        end=end_claims,
    ),
    Rule(
        "payments.ClaimReceipt",
        personal=("why",),
        keep="avec la récupération",
        with_parent="payments.Claim",
    ),
)
