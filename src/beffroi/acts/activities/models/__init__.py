"""Activities, sessions, counts, participants, taps and attendance."""

from beffroi.acts.activities.models.attendance import (
    AnonymousCount,
    Attendance,
    Participant,
    Tap,
)
from beffroi.acts.activities.models.gatherings import (
    Activity,
    ActivityKey,
    Session,
    SessionCount,
    Slot,
)

__all__ = [
    "Activity",
    "ActivityKey",
    "AnonymousCount",
    "Attendance",
    "Participant",
    "Session",
    "SessionCount",
    "Slot",
    "Tap",
]
