from beffroi.casework.models.after import Appeal, Change, Recovery, Review, Sanction
from beffroi.casework.models.deciding import Decision, Grant, Notification, Proposal
from beffroi.casework.models.enquiry import (
    Appreciation,
    Asset,
    BudgetLine,
    Cohabitant,
    FileDocument,
    Report,
    Resource,
    Visit,
)
from beffroi.casework.models.files import (
    Application,
    ApplicationMove,
    FileClock,
    FileOpening,
    SocialFile,
)

__all__ = [
    "Appeal",
    "Application",
    "ApplicationMove",
    "Appreciation",
    "Asset",
    "BudgetLine",
    "Change",
    "Cohabitant",
    "Decision",
    "FileClock",
    "FileDocument",
    "FileOpening",
    "Grant",
    "Notification",
    "Proposal",
    "Recovery",
    "Report",
    "Resource",
    "Review",
    "Sanction",
    "SocialFile",
    "Visit",
]
