"""Every write on mediation files: opening, debts, budget, plans, letters, the client's money."""

from beffroi.acts.budgets.services.base import AlreadyMoved, FileClosed
from beffroi.acts.budgets.services.budgets import draw_budget
from beffroi.acts.budgets.services.clients import enter_movement, open_account, reverse_movement
from beffroi.acts.budgets.services.debts import (
    ChangedMeanwhile,
    DebtDraft,
    add_debts,
    change_debt,
    draft_of,
    enter_inventory,
    keep_creditor,
    note_interruption,
    strike_debt,
)
from beffroi.acts.budgets.services.extracting import extract_files
from beffroi.acts.budgets.services.files import (
    add_person,
    ask_documents,
    close,
    file_notice,
    go_to,
    hand_over,
    open_file,
    read_file,
    read_list,
    receive_document,
    reopen,
    sign_convention,
)
from beffroi.acts.budgets.services.letters import (
    Written,
    note_letter_answer,
    note_statement,
    recall_letter,
    write_creditors,
)
from beffroi.acts.budgets.services.plans import (
    break_plan,
    drop_plan,
    keep_plan,
    note_missed,
    note_payment,
    note_plan_answer,
    propose_plan,
    review_plan,
    simulated,
    start_plan,
    undo_payment,
)

__all__ = [
    "extract_files",
    "AlreadyMoved", "ChangedMeanwhile", "DebtDraft", "FileClosed", "Written", "add_debts", "add_person",
    "ask_documents", "break_plan", "change_debt", "close", "draft_of", "draw_budget",
    "enter_inventory", "drop_plan",
    "enter_movement", "file_notice", "go_to", "hand_over", "keep_creditor", "keep_plan",
    "note_interruption", "note_letter_answer", "note_missed", "note_payment", "note_plan_answer",
    "note_statement", "open_account", "open_file", "propose_plan", "read_file",
    "read_list", "recall_letter", "receive_document", "reopen", "reverse_movement", "review_plan",
    "sign_convention", "simulated", "start_plan", "strike_debt", "undo_payment", "write_creditors",
]  # fmt: skip
