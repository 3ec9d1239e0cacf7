"""A programme of the Region: its axes, its rights, and the actions a plan may choose."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CODE = r"^[1-7]\.[1-9]\.\d{2}$"


class Programme(models.Model):
    """Several years of plans under one law; the regime of each year is in the law’s parameters."""

    key = models.SlugField(_("clé"), max_length=20, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    starts_date = models.DateField(_("commence le"))
    ends_date = models.DateField(_("finit le"))
    extended_until_date = models.DateField(_("prolongé jusqu’au"), null=True, blank=True)
    legal_refs = models.JSONField(_("textes"), default=list)
    source = models.CharField(_("source"), max_length=300)
    #: What a reader must know before she takes the catalogue for more than it is.
    warning = models.TextField(_("réserve"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-starts_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gt=F("starts_date")), name="programme_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(extended_until_date__isnull=True)
                | Q(extended_until_date__gt=F("ends_date")),
                name="programme_extended_beyond_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Axis(models.Model):
    """One of the groups of rights of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="axes")
    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=300)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("axe")
        verbose_name_plural = _("axes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="axis_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Right(models.Model):
    """A fundamental right that a programme serves, under one axis or several."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rights")
    name = models.CharField(_("droit"), max_length=160)
    axes = models.ManyToManyField(Axis, related_name="rights")
    is_verified = models.BooleanField(_("lu dans une source"), default=False)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("droit")
        verbose_name_plural = _("droits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="right_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueAction(models.Model):
    """An action that the programme names by a code; a plan may choose it more than once."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="actions")
    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(_("code"), max_length=6, validators=[RegexValidator(CODE)])
    title = models.CharField(_("intitulé"), max_length=300)
    theme = models.CharField(_("thème"), max_length=120, blank=True)
    description = models.TextField(_("description officielle"), blank=True)
    #: Measures that this house proposes; the official ones could not be read.
    proposed_measures = models.JSONField(_("mesures proposées"), default=list)
    is_art20_seen = models.BooleanField(_("vue sous l’article 20"), default=False)
    source = models.CharField(_("source"), max_length=300)
    retired_date = models.DateField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("action du catalogue")
        verbose_name_plural = _("actions du catalogue")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="action_code_once"),
            models.CheckConstraint(condition=~Q(title=""), name="action_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
