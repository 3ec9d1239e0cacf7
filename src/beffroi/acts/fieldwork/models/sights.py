"""What was seen in public space, and to whom it was handed over until it is mended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import FaultKind, ObservationState
from beffroi.acts.fieldwork.models.areas import Area, Spot
from beffroi.acts.fieldwork.models.outings import Outing


class Observation(models.Model):
    """A fault in public space; it speaks of a thing, never of a person."""

    mark = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="observations")
    outing = models.ForeignKey(
        Outing, on_delete=models.PROTECT, related_name="observations", null=True, blank=True
    )
    kind = models.CharField(_("quoi"), max_length=9, choices=FaultKind.choices)
    spot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.CharField(_("où, en mots"), max_length=160, blank=True)
    note = models.CharField(_("ce que l’on voit, sans nom"), max_length=300, blank=True)
    #: How many times it was seen again while it was not mended.
    seen = models.PositiveSmallIntegerField(_("fois vu"), default=1)
    state = models.CharField(
        max_length=6, choices=ObservationState.choices, default=ObservationState.OPEN
    )
    handed_to = models.CharField(_("transmis à"), max_length=120, blank=True)
    date = models.DateField(_("jour"))
    seen_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    mended_on = models.DateField(_("réparé le"), null=True, blank=True)
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("constat")
        verbose_name_plural = _("constats")
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["date", "state"], name="observation_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FaultKind.values), name="observation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(spot__isnull=False) | ~Q(place=""), name="observation_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state=ObservationState.OPEN, mended_on__isnull=True)
                | (Q(state=ObservationState.SENT, mended_on__isnull=True) & ~Q(handed_to=""))
                | Q(state=ObservationState.MENDED, mended_on__isnull=False),
                name="observation_state_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ObservationMove(models.Model):
    """One step of an observation: from, to, when, by whom, with what was said."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=8)
    source = models.CharField(max_length=6, blank=True)
    target = models.CharField(max_length=6)
    note = models.CharField(max_length=160, blank=True)
    #: Of a touch that says it was seen again: sent twice, it is seen once.
    mark = models.UUIDField(unique=True, null=True, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("étape d’un constat")
        verbose_name_plural = _("étapes des constats")
        ordering = ["observation", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.move}"
