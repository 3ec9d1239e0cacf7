"""The tables of steering, by subject."""

from beffroi.steering.models.catalogue import Axis, CatalogueAction, Programme, Right
from beffroi.steering.models.changes import ChangeRequest
from beffroi.steering.models.conventions import Convention, ConventionMove, Proof, Tranche
from beffroi.steering.models.indicators import Indicator, Target, TypedValue
from beffroi.steering.models.plans import (
    Line,
    LineYear,
    Partner,
    Plan,
    PlanLine,
    PlanMove,
    PlanVersion,
)

__all__ = [
    "Axis", "CatalogueAction", "ChangeRequest", "Convention", "ConventionMove", "Indicator",
    "Line", "LineYear", "Partner", "Plan", "PlanLine", "PlanMove", "PlanVersion", "Programme",
    "Proof", "Right", "Target", "Tranche", "TypedValue",
]  # fmt: skip
