"""Appointments, the time they take, their moves and their reminders."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agenda.enums import AppointmentState, NextStep, Purpose, ReminderChannel
from beffroi.acts.agenda.models.fields import person_key, team_key, worker_key
from beffroi.acts.agenda.models.times import Duty, MeetingRoom
from beffroi.core.overlap import no_overlap


class Appointment(models.Model):
    """One time at which somebody meets a worker; its time never changes: moved, it has a next."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    team = team_key("appointments")
    worker = worker_key("appointments")
    room = models.ForeignKey(
        MeetingRoom, on_delete=models.PROTECT, related_name="appointments", null=True, blank=True
    )
    where = models.CharField(_("lieu"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    person = person_key()
    subject_ref = models.CharField(_("demande ou dossier"), max_length=40, blank=True)
    name = models.CharField(_("nom"), max_length=160, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    lang = models.CharField(_("langue"), max_length=2, default="fr")
    interpreter = models.CharField(_("interprète en"), max_length=40, blank=True)
    purpose = models.CharField(_("objet"), max_length=20, choices=Purpose.choices)
    to_prepare = models.CharField(_("à préparer"), max_length=300, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=AppointmentState.choices, default=AppointmentState.OFFERED
    )
    moved_to = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="moved_from", null=True, blank=True
    )
    next_step = models.CharField(_("suite"), max_length=10, choices=NextStep.choices, blank=True)
    next_step_done_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["worker", "starts_at"], name="appointment_worker"),
            models.Index(fields=["team", "starts_at"], name="appointment_team"),
            models.Index(fields=["subject_ref"], name="appointment_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_lasts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AppointmentState.values), name="appointment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="appointment_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(state="moved", moved_to__isnull=False)
                | ~Q(state="moved") & Q(moved_to__isnull=True),
                name="appointment_moved_has_next",
            ),
            models.CheckConstraint(
                condition=~Q(state="missed") | Q(next_step__in=NextStep.values),
                name="appointment_missed_has_next_step",
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(where=""), name="appointment_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def about(self) -> str:
        """This property gives what names the person in the journal: hers, or the request's."""
        if self.person is not None:
            return str(self.person.reference)
        return self.subject_ref or self.reference

    @property
    def who(self) -> str:
        """This property gives the person's name, as far as she gave one."""
        return str(self.person) if self.person is not None else self.name

    @property
    def location(self) -> str:
        """This property gives where it takes place, in words."""
        return f"{self.room.name}, {self.room.place}" if self.room is not None else self.where


class Hold(models.Model):
    """What takes the time of a worker and of a room; two holds of one never overlap."""

    worker = worker_key("holds")
    room = models.ForeignKey(
        MeetingRoom, on_delete=models.PROTECT, related_name="holds", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="hold", null=True, blank=True
    )
    duty = models.OneToOneField(
        Duty, on_delete=models.CASCADE, related_name="hold", null=True, blank=True
    )

    class Meta:
        verbose_name = _("temps pris")
        verbose_name_plural = _("temps pris")
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["worker", "starts_at"], name="hold_worker"),
            models.Index(fields=["room", "starts_at"], name="hold_room"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hold_lasts"),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, duty__isnull=True)
                | Q(appointment__isnull=True, duty__isnull=False),
                name="hold_for_one_thing",
            ),
            no_overlap("worker", name="hold_worker_no_overlap"),
            no_overlap("room", name="hold_room_no_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.starts_at:%Y-%m-%d %H:%M}"


class AppointmentMove(models.Model):
    """One move of an appointment: who, when, from where to where, and why."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=AppointmentState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape d’un rendez-vous")
        verbose_name_plural = _("étapes d’un rendez-vous")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Reminder(models.Model):
    """A reminder that was written for an appointment, once by channel; a mail leaves by itself."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    channel = models.CharField(max_length=5, choices=ReminderChannel.choices)
    text = models.TextField()
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")
        ordering = ["prepared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=ReminderChannel.values), name="reminder_channel"
            ),
            models.UniqueConstraint(fields=["appointment", "channel"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.channel}"
