"""Every write of steering: loading, plans, changes, conventions, indicators."""

from beffroi.steering.services.base import AlreadyMoved
from beffroi.steering.services.changes import (
    add_partner,
    apply_change,
    ask_change,
    decide_change,
    drop_change,
    see_change,
)
from beffroi.steering.services.conventions import (
    ConventionDraft,
    check_proof,
    draft_convention,
    move_convention,
    pay_tranche,
    receive_proof,
)
from beffroi.steering.services.indicators import (
    IndicatorDraft,
    aim,
    follow,
    follow_usual,
    retire_indicator,
    type_month,
)
from beffroi.steering.services.loading import Imported, import_catalogue, load_house
from beffroi.steering.services.plans import LineDraft, make_version, move_plan, tell_year

__all__ = [
    "AlreadyMoved", "ConventionDraft", "Imported", "IndicatorDraft", "LineDraft", "add_partner",
    "aim", "apply_change", "ask_change", "check_proof", "decide_change", "draft_convention",
    "drop_change", "follow", "follow_usual", "import_catalogue", "load_house", "make_version",
    "move_convention", "move_plan", "pay_tranche", "receive_proof", "retire_indicator",
    "see_change", "tell_year", "type_month",
]  # fmt: skip
