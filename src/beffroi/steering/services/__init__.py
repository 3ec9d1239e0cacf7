"""Every write of steering: plans, changes, conventions, money, reports, commission, diagnosis."""

from beffroi.steering.services.base import AlreadyMoved
from beffroi.steering.services.changes import (
    add_partner,
    apply_change,
    ask_change,
    decide_change,
    drop_change,
    see_change,
)
from beffroi.steering.services.commission import (
    MemberDraft,
    add_point,
    decide,
    drop_point,
    end_mandate,
    plan_meeting,
    seat_member,
    set_commission,
    settle_decision,
)
from beffroi.steering.services.conventions import (
    ConventionDraft,
    check_proof,
    draft_convention,
    move_convention,
    pay_tranche,
    receive_proof,
)
from beffroi.steering.services.declarations import (
    HeadingSaid,
    Said,
    load_declaration,
    revise_declaration,
)
from beffroi.steering.services.diagnosis import (
    ItemDraft,
    import_isadf,
    link_value,
    note_need,
    retire_need,
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
from beffroi.steering.services.meetings import (
    Votes,
    approve_minutes,
    cancel_meeting,
    close_minutes,
    give_opinion,
    hold_meeting,
    invite,
    note_presences,
    print_paper,
    write_minutes,
)
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
from beffroi.steering.services.progress_reports import (
    export_ecomptes,
    freeze_progress,
    write_progress,
)
from beffroi.steering.services.readable import (
    readable_bytes,
    readable_name,
    story,
    write_readable_file,
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
from beffroi.steering.services.strategic import (
    PlanDraft,
    add_element,
    edit_element,
    name_responsible,
    note_strategic_decision,
    open_strategic_plan,
    say_civility,
    tell_progress,
)
from beffroi.steering.services.strategic_loading import (
    load_prevention_draft,
)
from beffroi.steering.services.strategic_money import (
    StrategicCostDraft,
    cancel_strategic_cost,
    charge_strategic,
    end_staff_share,
    share_staff,
)
from beffroi.steering.services.strategic_moves import (
    can_move,
    measure_element,
    move_element,
    set_element_budget,
)
from beffroi.steering.services.tellers import ask_texts, drop_teller, name_teller

__all__ = [
    "AlreadyMoved", "ConventionDraft", "CostDraft", "FORMS", "HeadingSaid", "Imported",
    "IndicatorDraft", "ItemDraft", "LineDraft", "MemberDraft", "PlanDraft", "Said",
    "StrategicCostDraft", "Votes", "Written", "add_element", "add_partner", "add_point", "aim",
    "announce_council", "apply_change", "approve_minutes", "ask_change", "ask_texts",
    "assign_staff", "can_move", "cancel_cost", "cancel_meeting", "cancel_strategic_cost", "charge",
    "charge_row", "charge_strategic", "check_proof", "close_minutes", "content_of", "decide",
    "decide_change", "draft_convention", "drop_change", "drop_council", "drop_point",
    "drop_teller", "edit_element", "end_mandate", "end_staff_share", "explain", "export_ecomptes",
    "follow", "follow_usual", "freeze", "freeze_progress", "give_opinion", "hold_meeting",
    "import_accounts", "import_catalogue", "import_isadf", "invite", "link_value",
    "load_declaration", "load_house", "load_prevention_draft", "make_version", "measure_element",
    "move_convention", "move_element", "move_plan", "move_report", "name_responsible",
    "name_teller", "note_need", "note_presences", "note_strategic_decision", "notify_subsidy",
    "open_strategic_plan", "pay_tranche", "plan_meeting", "print_paper", "readable_bytes",
    "readable_name", "receive_proof", "retire_indicator", "retire_need", "revise_declaration",
    "say_civility", "seat_member", "see_change", "set_budget", "set_commission",
    "set_element_budget", "settle_decision", "share_cost", "share_staff", "story", "tell_progress",
    "tell_year", "type_month", "write_file", "write_minutes", "write_progress",
    "write_readable_file", "write_text",
]  # fmt: skip
