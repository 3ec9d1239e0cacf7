"""Rooms, hours, permanences, appointments and the waiting room."""

from beffroi.acts.agenda.models.appointments import Appointment, AppointmentMove, Hold, Reminder
from beffroi.acts.agenda.models.times import Absence, Duty, MeetingRoom, Permanence, WeeklyHours
from beffroi.acts.agenda.models.waiting import Arrival, ArrivalMove, Assignment, TicketCount

__all__ = [
    "MeetingRoom",
    "WeeklyHours",
    "Absence",
    "Permanence",
    "Duty",
    "Appointment",
    "Hold",
    "AppointmentMove",
    "Reminder",
    "TicketCount",
    "Arrival",
    "ArrivalMove",
    "Assignment",
]
