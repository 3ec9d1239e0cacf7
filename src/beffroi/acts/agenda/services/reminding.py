"""Reminders of appointments: written once by channel; a mail leaves, a text message is ready.

Neither says with which service, nor why: a shared telephone is not a private place.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from beffroi.acts.agenda import queries
from beffroi.acts.agenda.enums import ReminderChannel
from beffroi.acts.agenda.models import Appointment, Reminder
from beffroi.acts.agenda.planning_queries import day_of
from beffroi.acts.agenda.services.moves import trace_appointment
from beffroi.core.actors import Actor

#: The reminder is written this many days before.
DAYS_BEFORE = 2


def reminder_text(appointment: Appointment) -> str:
    """This function will write the reminder in the person's language, without saying of what."""
    with translation.override(appointment.lang):
        start = timezone.localtime(appointment.starts_at)
        return _(
            "Vous avez rendez-vous le %(date)s à %(hour)s. Référence : %(reference)s. "
            "Vous ne pouvez pas venir ? Dites-le-nous : nous chercherons un autre moment."
        ) % {
            "date": formats.date_format(start, "DATE_FORMAT"),
            "hour": formats.date_format(start, "H:i"),
            "reference": appointment.reference,
        }


def prepare_reminders(*, by: Actor, at: datetime, day: date | None = None) -> list[str]:
    """This function will write the reminders of one day, in two days unless it is said.

    Run again, it writes and sends nothing twice. It gives the references reminded.
    """
    day = day or timezone.localdate(at) + timedelta(days=DAYS_BEFORE)
    return [
        appointment.reference
        for appointment in queries.to_remind(day_of(day)).select_related("team", "person")
        if _remind(appointment, by=by, at=at)
    ]


@transaction.atomic
def _remind(appointment: Appointment, *, by: Actor, at: datetime) -> bool:
    wanted: dict[ReminderChannel, datetime | None] = {}
    if appointment.email:
        wanted[ReminderChannel.EMAIL] = at
    if appointment.phone:
        wanted[ReminderChannel.SMS] = None
    # Held, so that two runs at once write one reminder.
    Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    known = set(Reminder.objects.filter(appointment=appointment).values_list("channel", flat=True))
    written = [channel for channel in wanted if channel not in known]
    text = reminder_text(appointment)
    for channel in written:
        Reminder.objects.create(
            appointment=appointment, channel=channel, text=text, prepared_at=at,
            sent_at=wanted[channel],
        )  # fmt: skip
    if ReminderChannel.EMAIL in written:
        _mail_later(appointment.email, appointment.lang, appointment.reference, text)
    if written:
        trace_appointment(appointment, "appointment.remind", by=by, at=at)
    return bool(written)


def _mail_later(address: str, lang: str, reference: str, text: str) -> None:
    with translation.override(lang):
        subject = _("Votre rendez-vous %(reference)s") % {"reference": reference}
        body = text + "\n\n" + _("On ne répond pas à cette adresse ; pour nous écrire, ouvrez votre page.")  # fmt: skip
    # Automatic mail says so: no robot answers it (RFC 3834).
    mail = EmailMessage(
        subject, body, settings.DEFAULT_FROM_EMAIL, [address],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    transaction.on_commit(lambda: mail.send(), robust=True)
