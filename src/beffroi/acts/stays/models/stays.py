"""Stays, visits, refusals and tallies: what happens in one opening of a house.

One bed, one guest, one night: two unique constraints say it, and no service can go round them.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import RefusalReason, Service, StayState
from beffroi.acts.stays.models.fields import Noted
from beffroi.acts.stays.models.guests import Guest
from beffroi.acts.stays.models.houses import Bed
from beffroi.acts.stays.models.openings import Opening
from beffroi.acts.stays.workflow import HOLDS_BED


class Stay(Noted):
    """One guest in one bed for one night; without a guest, somebody who gave no alias."""

    #: Made where it was tapped: sent twice, it is one stay.
    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="stays")
    #: The date of the evening, as in the opening: what the two constraints below hold on to.
    night = models.DateField(_("nuit du"))
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    guest = models.ForeignKey(
        Guest, on_delete=models.PROTECT, related_name="stays", null=True, blank=True
    )
    state = models.CharField(max_length=10, choices=StayState.choices)
    with_dog = models.BooleanField(_("avec un chien"), default=False)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(_("pourquoi"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("nuit")
        verbose_name_plural = _("nuits")
        ordering = ["night", "bed"]
        indexes = [
            models.Index(fields=["opening", "state"], name="stay_of_opening"),
            models.Index(fields=["guest", "night"], name="stay_of_guest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bed", "night"],
                condition=Q(state__in=HOLDS_BED),
                name="stay_one_guest_in_a_bed",
            ),
            models.UniqueConstraint(
                fields=["guest", "night"],
                condition=Q(state__in=HOLDS_BED, guest__isnull=False),
                name="stay_one_bed_for_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(state__in=StayState.values), name="stay_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=StayState.EXPECTED, arrived_at__isnull=True, left_at__isnull=True)
                | Q(state=StayState.IN, arrived_at__isnull=False, left_at__isnull=True)
                | Q(
                    state=StayState.LEFT, arrived_at__isnull=False, left_at__gte=F("arrived_at")
                )
                | Q(state=StayState.RELEASED, arrived_at__isnull=True, left_at__isnull=True)
                | (Q(state=StayState.TAKEN_BACK) & ~Q(why="")),
                name="stay_moments_follow_its_state",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.night} {self.bed_id}"


class Visit(Noted):
    """One guest on one day; without a guest, a number of people who gave no alias."""

    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="visited")
    guest = models.ForeignKey(
        Guest, on_delete=models.PROTECT, related_name="visits", null=True, blank=True
    )
    count = models.SmallIntegerField(default=1)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["opening", "at", "pk"]
        indexes = [models.Index(fields=["guest", "opening"], name="stay_visit_of_guest")]
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "guest"],
                condition=Q(guest__isnull=False, taken_back_at__isnull=True),
                name="stay_visit_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(guest__isnull=False, count=1)
                | (Q(guest__isnull=True, count__gte=-500, count__lte=500) & ~Q(count=0)),
                name="stay_visit_of_one_or_of_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.count}"


class Refusal(Noted):
    """Somebody was not let in: why, and where she was sent. It never says who."""

    mark = models.UUIDField(unique=True, default=uuid.uuid4)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="refusals")
    reason = models.CharField(_("raison"), max_length=8, choices=RefusalReason.choices)
    referred_to = models.CharField(_("orientation"), max_length=120, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("refus")
        verbose_name_plural = _("refus")
        ordering = ["opening", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=RefusalReason.values), name="stay_refusal_reason_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.reason}"


class SentAct(Noted):
    """An act a phone made without a network and sent once: `at` is when it was made there."""

    mark = models.UUIDField(primary_key=True)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="sent_acts")
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("envoi d’un téléphone")
        verbose_name_plural = _("envois des téléphones")
        ordering = ["received_at", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__gte=F("at")), name="stay_act_made_before_it_is_received"
            )
        ]

    def __str__(self) -> str:
        return str(self.mark)


class Tally(Noted):
    """Meals, showers or machines of laundry, one tap at a time; a tap may take one away."""

    mark = models.UUIDField(primary_key=True)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="tallies")
    service = models.CharField(max_length=7, choices=Service.choices)
    delta = models.SmallIntegerField()

    class Meta:
        verbose_name = _("service rendu")
        verbose_name_plural = _("services rendus")
        ordering = ["opening", "service"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=Service.values), name="stay_tally_service_known"
            ),
            models.CheckConstraint(
                condition=Q(delta__gte=-500, delta__lte=500) & ~Q(delta=0),
                name="stay_tally_counts_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.service} {self.delta}"
