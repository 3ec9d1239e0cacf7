"""The tables of steering, by subject."""

from beffroi.steering.models.catalogue import Axis, CatalogueAction, Programme, Right
from beffroi.steering.models.changes import ChangeRequest
from beffroi.steering.models.commission import (
    AgendaPoint,
    Commission,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    CommissionMove,
    CommissionPresence,
)
from beffroi.steering.models.conventions import Convention, ConventionMove, Proof, Tranche
from beffroi.steering.models.declarations import (
    Commitment,
    CommitmentText,
    Declaration,
    DeclarationVersion,
    Heading,
)
from beffroi.steering.models.diagnosis import (
    DiagnosisItem,
    IsadfImport,
    IsadfValue,
    LineTeller,
    TextAsk,
)
from beffroi.steering.models.indicators import Indicator, Target, TypedValue
from beffroi.steering.models.money import (
    AccountRow,
    BudgetLine,
    Expenditure,
    Explained,
    FundingShare,
    StaffAssignment,
    Subsidy,
)
from beffroi.steering.models.plans import (
    CouncilDate,
    Line,
    LineYear,
    Partner,
    Plan,
    PlanLine,
    PlanMove,
    PlanVersion,
)
from beffroi.steering.models.reports import (
    AnnualReport,
    Publication,
    ReportMove,
    ReportText,
    Snapshot,
)
from beffroi.steering.models.strategic import (
    Element,
    ElementBudget,
    ElementChange,
    ElementIndicator,
    ElementMove,
    Responsible,
    StrategicDecision,
    StrategicPlan,
)
from beffroi.steering.models.strategic_money import ProgressReport, StaffShare, StrategicCost

__all__ = [
    "AccountRow", "AgendaPoint", "AnnualReport", "Axis", "BudgetLine", "CatalogueAction",
    "ChangeRequest", "Commission", "CommissionDecision", "CommissionMeeting", "CommissionMember",
    "CommissionMove", "CommissionPresence", "Commitment", "CommitmentText", "Convention",
    "ConventionMove", "CouncilDate", "Declaration", "DeclarationVersion", "DiagnosisItem",
    "Element", "ElementBudget", "ElementChange", "ElementIndicator", "ElementMove", "Expenditure",
    "Explained", "FundingShare", "Heading", "Indicator", "IsadfImport", "IsadfValue", "Line",
    "LineTeller", "LineYear", "Partner", "Plan", "PlanLine", "PlanMove", "PlanVersion",
    "Programme", "ProgressReport", "Proof", "Publication", "ReportMove", "ReportText",
    "Responsible", "Right", "Snapshot", "StaffAssignment", "StaffShare", "StrategicCost",
    "StrategicDecision", "StrategicPlan", "Subsidy", "Target", "TextAsk", "Tranche", "TypedValue",
]  # fmt: skip
