"""The book of the night: incidents, what the next team must know, and health apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import Severity
from beffroi.acts.stays.models.fields import Noted
from beffroi.acts.stays.models.guests import Guest
from beffroi.acts.stays.models.openings import Opening


class Incident(Noted):
    """What happened, how grave it was and what was done; nothing about health."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="incidents")
    severity = models.PositiveSmallIntegerField(_("gravité"), choices=Severity.choices)
    told = models.TextField(_("ce qui s’est passé"), blank=True)
    done = models.CharField(_("ce qui a été fait"), max_length=300, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="stay_incident_severity_known"
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True, told__gt="")
                | Q(emptied_at__isnull=False, told="", done=""),
                name="stay_incident_is_told_or_emptied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.severity}"


class HealthNote(Noted):
    """What a team must know of the health of a guest for some days; then it goes."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="health_notes")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="health_notes")
    text = models.CharField(_("santé : à savoir"), max_length=300)
    erase_on = models.DateField(_("s’efface le"))

    class Meta:
        verbose_name = _("note de santé")
        verbose_name_plural = _("notes de santé")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="stay_health_note_is_written")
        ]

    def __str__(self) -> str:
        return str(self.erase_on)


class Handover(Noted):
    """What a team leaves to the next one."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="handovers")
    text = models.TextField(_("à la relève"))

    class Meta:
        verbose_name = _("mot à la relève")
        verbose_name_plural = _("mots à la relève")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="stay_handover_is_written")
        ]

    def __str__(self) -> str:
        return str(self.opening_id)
