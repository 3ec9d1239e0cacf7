"""What went wrong during an activity: read by who leads the team, and by nobody else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import ParentsTold, Severity
from beffroi.acts.activities.models.attendance import Participant
from beffroi.acts.activities.models.gatherings import Activity, Session


class Incident(models.Model):
    """What happened, how serious it was, who was told; a child’s parents in particular."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="incidents")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="incidents", null=True, blank=True
    )
    mark = models.UUIDField(unique=True)
    date = models.DateField(_("jour"))
    happened_at = models.DateTimeField(_("quand"))
    severity = models.CharField(_("gravité"), max_length=7, choices=Severity.choices)
    what = models.TextField(_("ce qui s’est passé"), blank=True)
    people = models.ManyToManyField(Participant, related_name="incidents", blank=True)
    #: Values of `Told`.
    told = models.JSONField(default=list, blank=True)
    parents = models.CharField(_("parents"), max_length=8, choices=ParentsTold.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["activity", "date"], name="incident_of_activity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="incident_severity_known"
            ),
            models.CheckConstraint(
                condition=Q(parents__in=ParentsTold.values), name="incident_parents_known"
            ),
            models.CheckConstraint(
                condition=~Q(what="") | Q(anonymised_at__isnull=False), name="incident_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.date}"


class IncidentNote(models.Model):
    """What was done afterwards: somebody told, a measure taken; never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(_("suite"), max_length=500)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("suite d’un incident")
        verbose_name_plural = _("suites des incidents")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.incident_id}"
