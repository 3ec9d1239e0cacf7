"""What happens after a decision: reviews, changes, suspensions, sanctions, recoveries, appeals."""

from beffroi.casework.services.after.appealing import (
    lodge_appeal,
    plan_court_hearing,
    record_judgment,
)
from beffroi.casework.services.after.indexing import apply_index, prepare_index, reopen_index
from beffroi.casework.services.after.interest import propose_interest
from beffroi.casework.services.after.proposing import propose_sequel
from beffroi.casework.services.after.recovering import open_recovery, open_waiver
from beffroi.casework.services.after.rectifying import (
    find_rested,
    rectify_asset,
    rectify_category,
    rectify_date,
    rectify_household,
    rectify_resource,
    revise_what_rested,
)
from beffroi.casework.services.after.revising import (
    declare_change,
    open_renewal,
    open_revision,
    open_stop,
    review_grant,
    settle_change,
)
from beffroi.casework.services.after.sanctioning import (
    invite_to_hearing,
    open_sanction,
    record_answer,
    send_formal_notice,
)
from beffroi.casework.services.after.suspending import (
    end_past_suspensions,
    end_suspension,
    suspend_grant,
)

__all__ = [
    "apply_index",
    "declare_change",
    "end_past_suspensions",
    "end_suspension",
    "find_rested",
    "invite_to_hearing",
    "lodge_appeal",
    "open_recovery",
    "open_renewal",
    "open_revision",
    "open_sanction",
    "open_stop",
    "open_waiver",
    "plan_court_hearing",
    "prepare_index",
    "propose_interest",
    "propose_sequel",
    "record_answer",
    "record_judgment",
    "reopen_index",
    "rectify_asset",
    "rectify_category",
    "rectify_date",
    "rectify_household",
    "rectify_resource",
    "review_grant",
    "revise_what_rested",
    "send_formal_notice",
    "settle_change",
    "suspend_grant",
]
