"""The waiting room, and to whom newcomers are given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agenda.enums import AnnouncedBy, ArrivalState
from beffroi.acts.agenda.models.appointments import Appointment
from beffroi.acts.agenda.models.fields import person_key, team_key, worker_key
from beffroi.acts.agenda.models.times import MeetingRoom


class TicketCount(models.Model):
    """The last ticket given on a day in a series."""

    date = models.DateField()
    series = models.CharField(max_length=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("compteur de tickets")
        verbose_name_plural = _("compteurs de tickets")
        constraints = [models.UniqueConstraint(fields=["date", "series"], name="ticket_count_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.series} {self.last}"


class Arrival(models.Model):
    """Somebody who is there and waits; the screens know her ticket alone."""

    date = models.DateField()
    series = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    team = team_key("arrivals")
    desk = team_key("desk_arrivals")
    worker = worker_key("arrivals", null=True, blank=True)
    room = models.ForeignKey(
        MeetingRoom, on_delete=models.PROTECT, related_name="arrivals", null=True, blank=True
    )
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="arrival", null=True, blank=True
    )
    person = person_key()
    subject_ref = models.CharField(_("demande ou dossier"), max_length=40, blank=True)
    name = models.CharField(_("nom"), max_length=160, blank=True)
    interpreter = models.CharField(_("interprète en"), max_length=40, blank=True)
    announced_by = models.CharField(max_length=8, choices=AnnouncedBy.choices)
    is_priority = models.BooleanField(_("à recevoir d’abord"), default=False)
    priority_reason = models.CharField(_("pourquoi d’abord"), max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=ArrivalState.choices, default=ArrivalState.ANNOUNCED
    )
    since_at = models.DateTimeField(_("là depuis"))
    called_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("arrivée")
        verbose_name_plural = _("arrivées")
        ordering = ["-is_priority", "since_at", "pk"]
        indexes = [
            models.Index(fields=["date", "state"], name="arrival_waiting"),
            models.Index(fields=["worker", "date"], name="arrival_worker"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["date", "series", "number"], name="ticket_once_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=ArrivalState.values), name="arrival_state_known"
            ),
            models.CheckConstraint(
                condition=Q(is_priority=False, priority_reason="")
                | Q(is_priority=True) & ~Q(priority_reason=""),
                name="arrival_priority_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "gone"), ended_at__isnull=False)
                | ~Q(state__in=("done", "gone")) & Q(ended_at__isnull=True),
                name="arrival_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(worker__isnull=False),
                name="arrival_received_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.ticket

    @property
    def ticket(self) -> str:
        """This property gives what public screens show of her, and nothing more."""
        return f"{self.series}-{self.number:02d}"

    @property
    def who(self) -> str:
        """This property gives the person's name, for the desk and the workers."""
        return str(self.person) if self.person is not None else self.name

    @property
    def about(self) -> str:
        """This property gives what names the person in the journal."""
        if self.person is not None:
            return str(self.person.reference)
        return self.subject_ref or f"{self.date:%Y-%m-%d} {self.ticket}"


class ArrivalMove(models.Model):
    """One move of an arrival: who, when, why."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=ArrivalState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape d’une arrivée")
        verbose_name_plural = _("étapes d’une arrivée")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Assignment(models.Model):
    """A newcomer given to a worker: whom the count proposed, whom somebody chose, and why."""

    team = team_key()
    worker = worker_key("newcomers")
    proposed = worker_key()
    subject_ref = models.CharField(_("demande ou dossier"), max_length=40)
    loads = models.JSONField(_("charges de ce jour-là"), default=list)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nouvelle personne confiée")
        verbose_name_plural = _("nouvelles personnes confiées")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(worker=F("proposed")) | ~Q(why=""), name="other_choice_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_ref} {self.worker_id}"
