"""Who asked for a place, in which order, and each step until she has it or lets it go."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import PlaceState
from beffroi.acts.activities.models.gatherings import Activity, Session


class Registration(models.Model):
    """A place asked for in an activity or in one session, under a name or without any."""

    reference = models.CharField(max_length=20, unique=True)
    secret_digest = models.CharField(max_length=64)
    #: Of the page that was sent: sent twice, it is one registration.
    nonce = models.CharField(max_length=64, unique=True)
    #: Becomes the mark of the participant when she is tapped for the first time.
    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="registrations")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="registrations", null=True, blank=True
    )
    rank = models.PositiveIntegerField(_("ordre d’arrivée"))
    name = models.CharField(_("nom, prénom ou surnom"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    seats = models.PositiveSmallIntegerField(_("places prises"), default=1)
    state = models.CharField(max_length=9, choices=PlaceState.choices)
    made_at = models.DateTimeField()
    offered_until = models.DateTimeField(_("à prendre avant"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["activity", "session", "rank"]
        indexes = [
            models.Index(fields=["state", "offered_until"], name="registration_offers"),
            models.Index(fields=["activity", "session", "state"], name="registration_places"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "rank"],
                condition=Q(session__isnull=True),
                name="registration_rank_in_activity",
            ),
            models.UniqueConstraint(
                fields=["session", "rank"],
                condition=Q(session__isnull=False),
                name="registration_rank_in_session",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlaceState.values), name="registration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=20), name="registration_takes_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(state=PlaceState.OFFERED, offered_until__isnull=False)
                | (~Q(state=PlaceState.OFFERED) & Q(offered_until__isnull=True)),
                name="registration_offer_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class RegistrationMove(models.Model):
    """One step of a registration: from, to, when, by whom."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=10)
    source = models.CharField(max_length=9, blank=True)
    target = models.CharField(max_length=9)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("étape d’une inscription")
        verbose_name_plural = _("étapes des inscriptions")
        ordering = ["registration", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.move}"
