"""Every write of steering: loading, plans, conventions."""

from beffroi.steering.services.base import AlreadyMoved
from beffroi.steering.services.conventions import (
    ConventionDraft,
    check_proof,
    draft_convention,
    move_convention,
    pay_tranche,
    receive_proof,
)
from beffroi.steering.services.loading import Imported, import_catalogue, load_house
from beffroi.steering.services.plans import LineDraft, make_version, move_plan, tell_year

__all__ = [
    "AlreadyMoved", "ConventionDraft", "Imported", "LineDraft", "check_proof", "draft_convention",
    "import_catalogue", "load_house", "make_version", "move_convention", "move_plan",
    "pay_tranche", "receive_proof", "tell_year",
]  # fmt: skip
