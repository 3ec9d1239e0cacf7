"""The tables of debt mediation, by subject."""

from beffroi.acts.budgets.models.clients import ClientAccount, ClientMovement
from beffroi.acts.budgets.models.debts import Creditor, CreditorLetter, Debt
from beffroi.acts.budgets.models.files import (
    CentralNotice,
    DocumentWanted,
    MediationFile,
    MediationMove,
    MediationPerson,
)
from beffroi.acts.budgets.models.plans import (
    Budget,
    BudgetLine,
    Instalment,
    Plan,
    PlanLine,
    Share,
)

__all__ = [
    "Budget",
    "BudgetLine",
    "CentralNotice",
    "ClientAccount",
    "ClientMovement",
    "Creditor",
    "CreditorLetter",
    "Debt",
    "DocumentWanted",
    "Instalment",
    "MediationFile",
    "MediationMove",
    "MediationPerson",
    "Plan",
    "PlanLine",
    "Share",
]
