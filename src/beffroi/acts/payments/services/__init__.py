"""Every write of payments: accounts, orders, dues, runs, files, returns, recoveries, refunds."""

from beffroi.acts.payments.services.bank_files import read_bank_file, settle_entry
from beffroi.acts.payments.services.booking import book_run, pay_cash, treat_return
from beffroi.acts.payments.services.common import RunMoved
from beffroi.acts.payments.services.dues import draw_dues
from beffroi.acts.payments.services.exporting import ChangedSince, Exported, export_run
from beffroi.acts.payments.services.ledger import load_plan
from beffroi.acts.payments.services.orders import (
    Payee,
    change_order,
    end_order,
    hold,
    open_order,
    release,
)
from beffroi.acts.payments.services.pausing import pay_less
from beffroi.acts.payments.services.payees import (
    add_account,
    add_third_party,
    confirm_account,
    refuse_account,
    set_house_account,
)
from beffroi.acts.payments.services.recoveries import (
    Instalment,
    equal_instalments,
    note_receipt,
    open_claim,
    waive,
)
from beffroi.acts.payments.services.refund_facts import complete_refund_facts, set_centre_rate
from beffroi.acts.payments.services.refunds import draw_refund, send_refund
from beffroi.acts.payments.services.runs import (
    approve_run,
    cancel_run,
    prepare_run,
    refresh_run,
)

__all__ = [
    "ChangedSince",
    "Exported",
    "Instalment",
    "Payee",
    "RunMoved",
    "add_account",
    "add_third_party",
    "approve_run",
    "book_run",
    "cancel_run",
    "change_order",
    "complete_refund_facts",
    "confirm_account",
    "draw_dues",
    "draw_refund",
    "end_order",
    "equal_instalments",
    "export_run",
    "hold",
    "load_plan",
    "note_receipt",
    "open_claim",
    "open_order",
    "pay_cash",
    "pay_less",
    "prepare_run",
    "read_bank_file",
    "refresh_run",
    "refuse_account",
    "release",
    "send_refund",
    "set_centre_rate",
    "set_house_account",
    "settle_entry",
    "treat_return",
    "waive",
]
