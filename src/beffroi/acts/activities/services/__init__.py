"""Every write on activities: what they are, their sessions, who came, and what was counted."""

from beffroi.acts.activities.services.common import AlreadyMoved
from beffroi.acts.activities.services.correcting import Correction, correct_session
from beffroi.acts.activities.services.counting import close_session
from beffroi.acts.activities.services.people import (
    add_participant,
    bind_person,
    change_participant,
    join_participants,
    read_participants,
    read_sheet,
)
from beffroi.acts.activities.services.planning import (
    ActivityDraft,
    Written,
    add_session,
    add_slot,
    cancel_session,
    change_activity,
    copy_week,
    create_activity,
    end_activity,
    end_slot,
    move_times,
    restore_session,
    write_sessions,
)
from beffroi.acts.activities.services.taps import KEPT, KNOWN, REFUSED, TapDraft, tap, tap_one

__all__ = [
    "KEPT",
    "KNOWN",
    "REFUSED",
    "ActivityDraft",
    "AlreadyMoved",
    "Correction",
    "TapDraft",
    "Written",
    "add_participant",
    "add_session",
    "add_slot",
    "bind_person",
    "cancel_session",
    "change_activity",
    "change_participant",
    "close_session",
    "copy_week",
    "correct_session",
    "create_activity",
    "end_activity",
    "end_slot",
    "join_participants",
    "move_times",
    "read_participants",
    "read_sheet",
    "restore_session",
    "tap",
    "tap_one",
    "write_sessions",
]
