"""The tables of agreements, by subject."""

from beffroi.acts.agreements.models.agreements import (
    Agreement,
    AgreementMove,
    Clause,
    Evaluation,
    Party,
    SignedText,
)
from beffroi.acts.agreements.models.work import (
    MonthOfWork,
    Partner,
    Piis,
    Place,
    Seat,
    TransitTerms,
    WorkContract,
)

__all__ = [
    "Agreement", "AgreementMove", "Clause", "Evaluation", "MonthOfWork", "Partner", "Party", "Piis",
    "Place", "Seat", "SignedText", "TransitTerms", "WorkContract",
]  # fmt: skip
