"""How long the agenda is kept, and how it ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from beffroi.acts.agenda.models import (
    Absence,
    Appointment,
    Arrival,
    ArrivalMove,
    Assignment,
    Duty,
    TicketCount,
    WeeklyHours,
)
from beffroi.audit.retention import Rule, declare

_APPOINTMENTS = timedelta(days=2 * 365)
_ARRIVALS = timedelta(days=31)
_HOURS = timedelta(days=365)
_ASSIGNMENTS = timedelta(days=365)


@transaction.atomic
def empty_appointments(at: datetime) -> int:
    """This function will empty the appointments of two years ago; their dates and states stay."""
    due = Appointment.objects.filter(ends_at__lte=at - _APPOINTMENTS, anonymised_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    for appointment in Appointment.objects.filter(pk__in=keys):
        appointment.moves.update(by_ref="", by_label="", why="")
        appointment.reminders.all().delete()
    return Appointment.objects.filter(pk__in=keys).update(
        person=None, subject_ref="", name="", phone="", email="", interpreter="", to_prepare="",
        anonymised_at=at,
    )  # fmt: skip


@transaction.atomic
def forget_arrivals(at: datetime) -> int:
    """This function will remove who waited more than a month ago; counts of tickets stay no longer."""
    day = timezone.localdate(at - _ARRIVALS)
    TicketCount.objects.filter(date__lt=day).delete()
    old = Arrival.objects.filter(date__lt=day)
    ArrivalMove.objects.filter(arrival__in=old).delete()
    return old.delete()[0]


def forget_absences(at: datetime) -> int:
    """This function will remove the absences that ended a year ago."""
    return Absence.objects.filter(ends_at__lte=at - _HOURS).delete()[0]


def forget_hours(at: datetime) -> int:
    """This function will remove the weekly hours that ended a year ago."""
    day = timezone.localdate(at - _HOURS)
    return WeeklyHours.objects.filter(until_date__lt=day).delete()[0]


def forget_duties(at: datetime) -> int:
    """This function will remove the turns of more than two years ago."""
    return Duty.objects.filter(date__lt=timezone.localdate(at - _APPOINTMENTS)).delete()[0]


def forget_assignments(at: datetime) -> int:
    """This function will remove to whom newcomers were given a year ago."""
    return Assignment.objects.filter(at__lte=at - _ASSIGNMENTS).delete()[0]


declare(
    Rule("agenda.MeetingRoom"),
    Rule(
        "agenda.WeeklyHours",
        personal=("worker", "weekday", "from_time", "until_time"),
        keep="1 an après leur fin",
        end=forget_hours,
    ),
    Rule(
        "agenda.Absence",
        personal=("worker", "kind", "starts_at", "ends_at"),
        keep="1 an après leur fin",
        end=forget_absences,
    ),
    Rule("agenda.Permanence"),
    Rule("agenda.Duty", personal=("worker", "given_by"), keep="2 ans", end=forget_duties),
    Rule(
        "agenda.Appointment",
        personal=(
            "person", "subject_ref", "name", "phone", "email", "lang", "interpreter", "purpose",
            "to_prepare", "next_step",
        ),
        keep="2 ans après le rendez-vous",
        end=empty_appointments,
    ),
    Rule(
        "agenda.Hold",
        personal=("worker",),
        keep="avec le rendez-vous ou le tour",
        with_parent="agenda.Appointment",
    ),
    Rule(
        "agenda.AppointmentMove",
        personal=("by_ref", "by_label", "why"),
        keep="avec le rendez-vous",
        with_parent="agenda.Appointment",
    ),
    Rule(
        "agenda.Reminder",
        personal=("text",),
        keep="avec le rendez-vous",
        with_parent="agenda.Appointment",
    ),
    Rule("agenda.TicketCount"),
    Rule(
        "agenda.Arrival",
        personal=("person", "subject_ref", "name", "interpreter", "priority_reason"),
        keep="1 mois",
        end=forget_arrivals,
    ),
    Rule(
        "agenda.ArrivalMove",
        personal=("by_ref", "by_label", "why"),
        keep="avec l’arrivée",
        with_parent="agenda.Arrival",
    ),
    Rule(
        "agenda.Assignment",
        personal=("worker", "subject_ref", "by_label", "why"),
        keep="1 an",
        end=forget_assignments,
    ),
)  # fmt: skip
