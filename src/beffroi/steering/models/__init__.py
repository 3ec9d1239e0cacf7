"""The tables of steering, by subject."""

from beffroi.steering.models.catalogue import Axis, CatalogueAction, Programme, Right
from beffroi.steering.models.changes import ChangeRequest
from beffroi.steering.models.conventions import Convention, ConventionMove, Proof, Tranche
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

__all__ = [
    "AccountRow", "AnnualReport", "Axis", "BudgetLine", "CatalogueAction", "ChangeRequest",
    "Convention", "ConventionMove", "CouncilDate", "Expenditure", "Explained", "FundingShare", "Indicator",
    "Line", "LineYear", "Partner", "Plan", "PlanLine", "PlanMove", "PlanVersion", "Programme",
    "Proof", "ReportMove", "ReportText", "Right", "Snapshot", "StaffAssignment", "Subsidy",
    "Target", "Tranche", "TypedValue",
]  # fmt: skip
