"""The tables of steering, by subject."""

from beffroi.steering.models.catalogue import Axis, CatalogueAction, Programme, Right
from beffroi.steering.models.changes import ChangeRequest
from beffroi.steering.models.conventions import Convention, ConventionMove, Proof, Tranche
from beffroi.steering.models.declarations import (
    Commitment,
    CommitmentText,
    Declaration,
    DeclarationVersion,
    Heading,
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
from beffroi.steering.models.reports import AnnualReport, ReportMove, ReportText, Snapshot
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
    "AccountRow", "AnnualReport", "Axis", "BudgetLine", "CatalogueAction", "ChangeRequest",
    "Commitment", "CommitmentText", "Convention", "ConventionMove", "CouncilDate",
    "Declaration", "DeclarationVersion", "Element", "ElementBudget", "ElementChange",
    "ElementIndicator", "ElementMove", "Expenditure", "Explained", "FundingShare", "Heading",
    "Indicator", "Line", "LineYear", "Partner", "Plan", "PlanLine", "PlanMove", "PlanVersion",
    "Programme", "ProgressReport", "Proof", "ReportMove", "ReportText", "Responsible", "Right",
    "Snapshot", "StaffAssignment", "StaffShare", "StrategicCost", "StrategicDecision",
    "StrategicPlan", "Subsidy", "Target", "Tranche", "TypedValue",
]  # fmt: skip
