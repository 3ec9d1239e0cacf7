"""Who takes part, the taps that say who is there, and what follows from them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import AgeBand, Gender, Presence, TapKind
from beffroi.acts.activities.models.fields import person_key, team_key
from beffroi.acts.activities.models.gatherings import Session


class Participant(models.Model):
    """Somebody who comes, as a team knows her: a name or an alias, nothing more is asked."""

    #: Given by the phone that wrote her down, so that two sendings make one row.
    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    team = team_key("participants")
    name = models.CharField(_("nom, prénom ou surnom"), max_length=120)
    is_alias = models.BooleanField(_("c’est un surnom"), default=False)
    birth_year = models.PositiveSmallIntegerField(_("année de naissance"), null=True, blank=True)
    gender = models.CharField(_("genre"), max_length=1, choices=Gender.choices, blank=True)
    parents_disagree = models.BooleanField(
        _("qui décide pour elle n’est pas d’accord"), default=False
    )
    person = person_key()
    since_at = models.DateTimeField()
    last_date = models.DateField(_("dernière venue"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participante")
        verbose_name_plural = _("participantes")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["team", "name"], name="participant_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(person__isnull=False),
                name="participant_once_in_team",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=Gender.values), name="participant_gender_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(anonymised_at__isnull=False), name="participant_is_called"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tap(models.Model):
    """One touch on a phone or one line at the desk; its mark makes it count once."""

    mark = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="taps")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="taps", null=True, blank=True
    )
    kind = models.CharField(max_length=9, choices=TapKind.choices)
    band = models.CharField(max_length=6, choices=AgeBand.choices, default=AgeBand.UNSAID)
    delta = models.SmallIntegerField(default=0)
    tapped_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("pointage")
        verbose_name_plural = _("pointages")
        ordering = ["tapped_at", "mark"]
        indexes = [models.Index(fields=["received_at"], name="tap_received")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TapKind.values), name="tap_kind_known"),
            models.CheckConstraint(condition=Q(band__in=AgeBand.values), name="tap_band_known"),
            models.CheckConstraint(
                condition=(
                    Q(kind=TapKind.ANONYMOUS, participant__isnull=True) & ~Q(delta=0)
                )
                | (~Q(kind=TapKind.ANONYMOUS) & Q(participant__isnull=False, delta=0)),
                name="tap_of_somebody_or_of_a_number",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.mark}"


class Attendance(models.Model):
    """Whether somebody was at a session: what the last tap says, by the moment it was made."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(max_length=8, choices=Presence.choices)
    tapped_at = models.DateTimeField()
    mark = models.UUIDField()

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["session", "participant"]
        indexes = [
            models.Index(
                fields=["session", "participant"],
                condition=Q(state=Presence.PRESENT),
                name="attendance_present",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"], name="attendance_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(state__in=Presence.values), name="attendance_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id} {self.state}"


class AnonymousCount(models.Model):
    """How many were there without a name, by age when it was counted so: the sum of the taps.

    Two phones may take away more than is there before they meet; what is shown is never below zero.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="anonymous")
    band = models.CharField(max_length=6, choices=AgeBand.choices, default=AgeBand.UNSAID)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("compte sans nom")
        verbose_name_plural = _("comptes sans nom")
        ordering = ["session", "band"]
        constraints = [
            models.UniqueConstraint(fields=["session", "band"], name="anonymous_once_a_band"),
            models.CheckConstraint(
                condition=Q(band__in=AgeBand.values), name="anonymous_band_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.band} {self.count}"
