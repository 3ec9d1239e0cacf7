"""Reference data: communes, localities, plan lines, imports, and the revision stamp."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import ImportState
from beffroi.directory.models.entries import Service


class Commune(models.Model):
    """One of the 565 communes of Belgium, each with its own CPAS."""

    nis = models.CharField(_("code NIS"), max_length=5, primary_key=True)
    name_fr = models.CharField(max_length=80, blank=True)
    name_nl = models.CharField(max_length=80, blank=True)
    name_de = models.CharField(max_length=80, blank=True)
    region_nis = models.CharField(max_length=5)
    search = models.CharField(max_length=255, db_index=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["search"]

    def __str__(self) -> str:
        return self.name_fr or self.name_nl or self.name_de


class Locality(models.Model):
    """A postcode of a commune, with the name of the locality where it is known."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="localities")
    postal_code = models.CharField(_("code postal"), max_length=4, db_index=True)
    name = models.CharField(_("localité"), max_length=80, blank=True)
    search = models.CharField(max_length=120, db_index=True)

    class Meta:
        verbose_name = _("localité")
        verbose_name_plural = _("localités")
        ordering = ["postal_code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "postal_code", "name"], name="locality_once")
        ]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.name}"


class PlanAxis(models.Model):
    """An axis of the cohesion plan: a group of fundamental rights."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    title = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("axe")
        verbose_name_plural = _("axes")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class PlanLine(models.Model):
    """A line of the plan of the commune; its number identifies it, its code may be repeated."""

    line_no = models.PositiveSmallIntegerField(primary_key=True)
    code = models.CharField(max_length=10, db_index=True)
    title = models.CharField(max_length=255)
    axis = models.ForeignKey(PlanAxis, on_delete=models.PROTECT, related_name="lines")
    partner = models.CharField(max_length=200, blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_lines"
    )

    class Meta:
        verbose_name = _("ligne du plan")
        verbose_name_plural = _("lignes du plan")
        ordering = ["line_no"]

    def __str__(self) -> str:
        return f"{self.line_no:02d} {self.code} {self.title}"


class ImportRun(models.Model):
    """An import of somebody else's directory, with its report line by line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publisher = models.CharField(_("d’où viennent les données"), max_length=200)
    file_name = models.CharField(_("fichier"), max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=ImportState.choices)
    counts = models.JSONField(_("comptes"), default=dict)
    faults = models.JSONField(_("défauts"), default=list)
    said = models.JSONField(
        _("ce que le paquet disait"),
        default=dict,
        help_text=_("Empreintes : ce que la rédaction a changé depuis n’est pas remplacé."),
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state")
        ]

    def __str__(self) -> str:
        return f"{self.publisher} {self.started_at:%Y-%m-%d %H:%M}"


class Revision(models.Model):
    """The stamp of all that the public reads: each write of the directory moves it on."""

    key = models.CharField(max_length=20, primary_key=True, default="public")
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("révision")
        verbose_name_plural = _("révisions")

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
