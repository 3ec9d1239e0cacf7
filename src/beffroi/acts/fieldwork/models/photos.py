"""Photographs of a fault or of a surface; shown outside the team once said to be without people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import Stage
from beffroi.acts.fieldwork.models.sights import Observation
from beffroi.acts.fieldwork.models.surfaces import Surface


class Photo(models.Model):
    """One photograph; `is_cleared` once somebody looked and saw neither a person nor a plate."""

    attachment = models.OneToOneField(
        "documents.Attachment", on_delete=models.PROTECT, related_name="+"
    )
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="photos", null=True, blank=True
    )
    surface = models.ForeignKey(
        Surface, on_delete=models.PROTECT, related_name="photos", null=True, blank=True
    )
    stage = models.CharField(max_length=6, choices=Stage.choices)
    is_cleared = models.BooleanField(_("personne n’y est visible"), default=False)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(observation__isnull=False, surface__isnull=True)
                | Q(observation__isnull=True, surface__isnull=False),
                name="photo_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="photo_stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.pk}"
