"""What a line is measured by, what is aimed at, and what only a person can count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import IndicatorLevel
from beffroi.steering.models.plans import Line


class Indicator(models.Model):
    """A measure of a room asked for the acts of a line, or a count typed where no room has it."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="indicators")
    #: Key of a measure that a room offers; empty when the figure is typed.
    measure = models.CharField(_("mesure"), max_length=80, blank=True)
    #: References the measure is asked for; the acts declare them (`line:12`, `service:…`).
    refs = models.JSONField(_("actes comptés"), default=list)
    label = models.CharField(_("indicateur"), max_length=200)
    unit = models.CharField(_("unité"), max_length=40)
    level = models.CharField(_("niveau"), max_length=8, choices=IndicatorLevel.choices)
    is_ascending = models.BooleanField(_("plus, c’est mieux"), default=True)
    is_publishable = models.BooleanField(_("peut être publié"), default=True)
    is_sensitive = models.BooleanField(_("santé, justice, assuétudes, violences"), default=False)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    retired_date = models.DateField(_("plus suivi depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")
        ordering = ["line__number", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "label"], name="indicator_label_once"),
            models.CheckConstraint(condition=~Q(label=""), name="indicator_has_a_label"),
            models.CheckConstraint(
                condition=Q(level__in=IndicatorLevel.values), name="indicator_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Target(models.Model):
    """What an indicator aims at in a year, from where, and who says so."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("année"))
    baseline = models.DecimalField(
        _("point de départ"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(_("cible"), max_digits=14, decimal_places=2)
    source = models.CharField(_("d’où vient la cible"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("cible")
        verbose_name_plural = _("cibles")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


class TypedValue(models.Model):
    """A figure of a month that no room counts, typed by whoever counted it; mended by another row."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="typed")
    month = models.DateField(_("mois"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=2)
    method = models.CharField(_("comment c’est compté"), max_length=300)
    typed_at = models.DateTimeField()
    typed_by = models.CharField(max_length=160)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("valeur encodée")
        verbose_name_plural = _("valeurs encodées")
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "month"], condition=Q(is_current=True),
                name="typed_value_once_a_month",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="typed_value_of_a_month"),
            models.CheckConstraint(condition=Q(value__gte=0), name="typed_value_not_negative"),
            models.CheckConstraint(condition=~Q(method=""), name="typed_value_says_how"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.month:%m/%Y}"
