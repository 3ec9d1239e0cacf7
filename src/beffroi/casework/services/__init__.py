"""Every write on social files."""

from beffroi.casework.services.clocks import escalate_late, resume, settle, suspend
from beffroi.casework.services.common import AlreadyMoved, ReasonNeeded
from beffroi.casework.services.deciding import DecidedTerms, decide, decide_urgently
from beffroi.casework.services.enquiry import (
    add_asset,
    add_budget_line,
    add_cohabitant,
    add_resource,
    appreciate,
    ask_document,
    plan_visit,
    record_visit,
    remove_line,
    resume_enquiry,
    settle_document,
    start_enquiry,
    write_report,
)
from beffroi.casework.services.executing import execute
from beffroi.casework.services.from_requests import open_from_request
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

__all__ = [
    "AlreadyMoved",
    "DecidedTerms",
    "ReasonNeeded",
    "acknowledge_opening",
    "add_asset",
    "add_budget_line",
    "add_cohabitant",
    "add_resource",
    "appreciate",
    "ask_document",
    "assign",
    "close_file",
    "compute",
    "decide",
    "decide_urgently",
    "declare_competent",
    "escalate_late",
    "execute",
    "hold",
    "notify",
    "open_application",
    "open_file",
    "open_from_request",
    "open_out_of_caseload",
    "plan_visit",
    "propose",
    "read_file",
    "read_list",
    "record_presentation",
    "record_visit",
    "remove_line",
    "resume",
    "resume_enquiry",
    "settle",
    "settle_document",
    "start_enquiry",
    "submit",
    "suspend",
    "take_back",
    "transfer",
    "withdraw",
    "write_decision_letter",
    "write_report",
]
