"""Activities, sessions, counts, participants, taps and attendance."""

from beffroi.acts.activities.models.attendance import (
    AnonymousCount,
    Attendance,
    Participant,
    Tap,
)
from beffroi.acts.activities.models.children import (
    Consent,
    Contact,
    Leaving,
    Picture,
)
from beffroi.acts.activities.models.gatherings import (
    Activity,
    ActivityKey,
    Session,
    SessionCount,
    Slot,
)
from beffroi.acts.activities.models.incidents import Incident, IncidentNote
from beffroi.acts.activities.models.money import CashDay, CashLine, Fee, Price, Reduction
from beffroi.acts.activities.models.places import Registration, RegistrationMove
from beffroi.acts.activities.models.volunteers import Volunteer, VolunteerTime

__all__ = [
    "Activity",
    "ActivityKey",
    "AnonymousCount",
    "Attendance",
    "CashDay",
    "CashLine",
    "Consent",
    "Contact",
    "Fee",
    "Incident",
    "IncidentNote",
    "Leaving",
    "Picture",
    "Participant",
    "Price",
    "Reduction",
    "Registration",
    "RegistrationMove",
    "Session",
    "SessionCount",
    "Slot",
    "Tap",
    "Volunteer",
    "VolunteerTime",
]
