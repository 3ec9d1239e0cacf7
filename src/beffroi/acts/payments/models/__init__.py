"""The tables of payments, by subject."""

from beffroi.acts.payments.models.bank import BankEntry, BankFile, BankReturn
from beffroi.acts.payments.models.ledger import LedgerAccount, LedgerEntry
from beffroi.acts.payments.models.orders import BudgetArticle, Due, Hold, Order, OrderTerm
from beffroi.acts.payments.models.payees import HouseAccount, PayeeAccount, ThirdParty
from beffroi.acts.payments.models.recoveries import (
    Claim,
    ClaimInstalment,
    ClaimReceipt,
)
from beffroi.acts.payments.models.refunds import CentreRate, RefundClaim, RefundLine
from beffroi.acts.payments.models.runs import Run, RunLine, RunMove

__all__ = [
    "BankEntry",
    "BankFile",
    "BankReturn",
    "BudgetArticle",
    "CentreRate",
    "Claim",
    "ClaimInstalment",
    "ClaimReceipt",
    "Due",
    "Hold",
    "HouseAccount",
    "LedgerAccount",
    "LedgerEntry",
    "Order",
    "OrderTerm",
    "PayeeAccount",
    "RefundClaim",
    "RefundLine",
    "Run",
    "RunLine",
    "RunMove",
    "ThirdParty",
]
