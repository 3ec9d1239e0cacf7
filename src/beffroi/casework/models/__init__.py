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
from beffroi.casework.models.guarantee import RentalGuarantee
from beffroi.casework.models.health import MedicalCard, PharmacyLine, PharmacyMonth
from beffroi.casework.models.placement import Contributor, HomePlacement, PlacementMonth
from beffroi.casework.models.reception import ReceptionStay
from beffroi.casework.models.sequels import IndexLine, IndexRun, Notice, Sequel, Suspension

__all__ = [
    "Appeal",
    "Application",
    "ApplicationMove",
    "Appreciation",
    "Asset",
    "BudgetLine",
    "Change",
    "Cohabitant",
    "Contributor",
    "Decision",
    "FileClock",
    "FileDocument",
    "FileOpening",
    "Grant",
    "HomePlacement",
    "MedicalCard",
    "IndexLine",
    "IndexRun",
    "Notice",
    "Notification",
    "PharmacyLine",
    "PharmacyMonth",
    "PlacementMonth",
    "Proposal",
    "ReceptionStay",
    "Recovery",
    "RentalGuarantee",
    "Report",
    "Resource",
    "Review",
    "Sanction",
    "Sequel",
    "SocialFile",
    "Suspension",
    "Visit",
]
