"""Every write on social files."""

from beffroi.casework.services.clocks import BY_HAND, escalate_late, resume, settle, suspend
from beffroi.casework.services.common import AlreadyMoved, ReasonNeeded
from beffroi.casework.services.deciding import DecidedTerms, decide, decide_urgently
from beffroi.casework.services.enquiry import (
    add_asset,
    add_budget_line,
    add_cohabitant,
    add_resource,
    appreciate,
    ask_document,
    change_details,
    plan_visit,
    record_visit,
    remove_line,
    resume_enquiry,
    settle_document,
    start_enquiry,
    write_report,
)
from beffroi.casework.services.executing import execute
from beffroi.casework.services.notifying import (
    notify,
    record_presentation,
    write_decision_letter,
)
from beffroi.casework.services.opening import (
    acknowledge_opening,
    assign,
    close_file,
    declare_competent,
    hold,
    open_application,
    open_file,
    open_out_of_caseload,
    read_file,
    read_list,
    transfer,
    withdraw,
)
from beffroi.casework.services.proposing import compute, propose, submit, take_back
from beffroi.casework.services.proving import ProofTerms, may_prove, proofs_of, write_proof
from beffroi.casework.services.records.advances import reclaim_advance
from beffroi.casework.services.records.guarantees import end_guarantee
from beffroi.casework.services.records.health import (
    add_pharmacy_line,
    look_up_line,
    revoke_card,
    set_card_pharmacy,
    settle_pharmacy_month,
)
from beffroi.casework.services.records.placements import (
    add_contributor,
    leave_home,
    set_contributor_part,
    set_placement_account,
    settle_placement_month,
)
from beffroi.casework.services.records.reception import (
    change_phase,
    leave_reception,
    note_absence,
)
from beffroi.casework.services.urgent import read_urgent

__all__ = [
    "BY_HAND",
    "AlreadyMoved",
    "DecidedTerms",
    "ProofTerms",
    "ReasonNeeded",
    "acknowledge_opening",
    "add_asset",
    "add_budget_line",
    "add_cohabitant",
    "add_contributor",
    "add_pharmacy_line",
    "add_resource",
    "appreciate",
    "ask_document",
    "assign",
    "change_details",
    "change_phase",
    "close_file",
    "compute",
    "decide",
    "decide_urgently",
    "declare_competent",
    "end_guarantee",
    "escalate_late",
    "execute",
    "hold",
    "leave_home",
    "leave_reception",
    "look_up_line",
    "may_prove",
    "note_absence",
    "notify",
    "open_application",
    "open_file",
    "open_out_of_caseload",
    "plan_visit",
    "proofs_of",
    "propose",
    "read_file",
    "read_list",
    "read_urgent",
    "reclaim_advance",
    "record_presentation",
    "record_visit",
    "remove_line",
    "resume",
    "resume_enquiry",
    "revoke_card",
    "set_card_pharmacy",
    "set_contributor_part",
    "set_placement_account",
    "settle",
    "settle_document",
    "settle_pharmacy_month",
    "settle_placement_month",
    "start_enquiry",
    "submit",
    "suspend",
    "take_back",
    "transfer",
    "withdraw",
    "write_decision_letter",
    "write_proof",
    "write_report",
]
