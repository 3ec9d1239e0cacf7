"""The tables of the directory, by subject."""

from beffroi.directory.models.alerts import AlertPlan, Closure, EmergencyNumber
from beffroi.directory.models.entries import (
    Organisation,
    Place,
    Service,
    ServicePlace,
    ServiceTerm,
    ServiceText,
    Taxonomy,
    Term,
)
from beffroi.directory.models.facts import Contradiction, Fact, Source, Statement
from beffroi.directory.models.reference import (
    Commune,
    ImportRun,
    Locality,
    PlanAxis,
    PlanLine,
    Revision,
)

__all__ = [
    "AlertPlan",
    "Closure",
    "Commune",
    "Contradiction",
    "EmergencyNumber",
    "Fact",
    "ImportRun",
    "Locality",
    "Organisation",
    "Place",
    "PlanAxis",
    "PlanLine",
    "Revision",
    "Service",
    "ServicePlace",
    "ServiceTerm",
    "ServiceText",
    "Source",
    "Statement",
    "Taxonomy",
    "Term",
]
