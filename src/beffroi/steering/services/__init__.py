"""Every write of steering: loading, plans, changes, conventions, indicators, money, reports."""

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
from beffroi.steering.services.money import (
    CostDraft,
    assign_staff,
    cancel_cost,
    charge,
    charge_row,
    explain,
    import_accounts,
    notify_subsidy,
    set_budget,
    share_cost,
)
from beffroi.steering.services.plans import (
    LineDraft,
    announce_council,
    drop_council,
    make_version,
    move_plan,
    tell_year,
)
from beffroi.steering.services.reports import (
    FORMS,
    Written,
    content_of,
    freeze,
    move_report,
    write_file,
    write_text,
)

__all__ = [
    "FORMS", "AlreadyMoved", "ConventionDraft", "CostDraft", "Imported", "IndicatorDraft", "LineDraft",
    "Written", "add_partner", "aim", "announce_council", "apply_change", "ask_change", "assign_staff", "cancel_cost",
    "charge", "charge_row", "check_proof", "content_of", "decide_change", "draft_convention",
    "drop_change", "drop_council", "explain", "follow", "follow_usual", "freeze", "import_accounts",
    "import_catalogue", "load_house", "make_version", "move_convention", "move_plan",
    "move_report", "notify_subsidy", "pay_tranche", "receive_proof", "retire_indicator",
    "see_change", "set_budget", "share_cost", "tell_year", "type_month", "write_file",
    "write_text",
]  # fmt: skip
