"""What changes today: closures, the cold and heat plans, emergency numbers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import Danger, PlanKind
from beffroi.directory.models.entries import Place, Service
from beffroi.directory.models.facts import Source


class Closure(models.Model):
    """A service or a place that is closed, or keeps other hours, from a day to a day."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="closures"
    )
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, null=True, blank=True, related_name="closures"
    )
    from_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"))
    reason = models.CharField(_("ce que le public lit"), max_length=255)
    entered_by = models.CharField(max_length=160)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False, place__isnull=True)
                | Q(service__isnull=True, place__isnull=False),
                name="closure_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="closure_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_date}–{self.until_date}: {self.reason}"


class AlertPlan(models.Model):
    """A cold or heat plan, switched on and off; at most one is on at a time."""

    kind = models.CharField(_("plan"), max_length=5, choices=PlanKind.choices)
    messages = models.JSONField(_("messages"), default=dict)
    phone = models.CharField(_("numéro à appeler"), max_length=40, blank=True)
    places = models.ManyToManyField(Place, related_name="alert_plans", blank=True)
    started_at = models.DateTimeField(_("allumé le"))
    started_by = models.CharField(max_length=160)
    until_date = models.DateField(_("prévu jusqu’au"), null=True, blank=True)
    ended_at = models.DateTimeField(_("éteint le"), null=True, blank=True)
    ended_by = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("plan d’alerte")
        verbose_name_plural = _("plans d’alerte")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="alert_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="alert_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at__isnull=True), name="alert_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d}"


class EmergencyNumber(models.Model):
    """A number to call in a danger, as a fact with its review date."""

    danger = models.CharField(_("danger"), max_length=20, choices=Danger.choices)
    number = models.CharField(_("numéro"), max_length=20)
    labels = models.JSONField(_("qui répond"), default=dict)
    languages = models.CharField(_("langues"), max_length=40, blank=True)
    only_lang = models.CharField(
        _("montré d’abord en"), max_length=2, blank=True, help_text=_("Vide : pour tous.")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    review_date = models.DateField(_("à revoir le"))
    confirmed_by = models.CharField(_("confirmé par"), max_length=160, blank=True)
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("numéro d’urgence")
        verbose_name_plural = _("numéros d’urgence")
        ordering = ["danger", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(danger__in=Danger.values), name="emergency_danger_known"
            ),
            models.UniqueConstraint(fields=["danger", "number"], name="emergency_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.danger}: {self.number}"
