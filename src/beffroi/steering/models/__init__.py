"""The tables of steering, by subject."""

from beffroi.steering.models.catalogue import Axis, CatalogueAction, Programme, Right
from beffroi.steering.models.conventions import Convention, ConventionMove, Proof, Tranche
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
    "Axis", "CatalogueAction", "Convention", "ConventionMove", "Line", "LineYear", "Partner",
    "Plan", "PlanLine", "PlanMove", "PlanVersion", "Programme", "Proof", "Right", "Tranche",
]  # fmt: skip
