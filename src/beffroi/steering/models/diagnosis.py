"""What a plan answers to: access to rights by edition of the ISADF, needs in words, who is asked for a text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import Priority
from beffroi.steering.models.catalogue import Right
from beffroi.steering.models.plans import Line, Plan


class IsadfImport(models.Model):
    """The values of one commune in one edition, as they were read from one file."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="isadf")
    edition = models.PositiveSmallIntegerField(_("édition"))
    nis = models.CharField(_("code INS"), max_length=5)
    source = models.CharField(_("d’où viennent les valeurs"), max_length=300)
    is_fictional = models.BooleanField(_("valeurs inventées"), default=False)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("édition de l’ISADF")
        verbose_name_plural = _("éditions de l’ISADF")
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "edition"], name="isadf_edition_once"),
            models.CheckConstraint(condition=~Q(source=""), name="isadf_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"ISADF {self.edition}"


class IsadfValue(models.Model):
    """Access to one right, as the edition writes it: its direction is that of the edition."""

    edition = models.ForeignKey(IsadfImport, on_delete=models.CASCADE, related_name="values")
    #: The name as the file writes it; `right` is the plan’s own, where one answers to it.
    name = models.CharField(_("droit"), max_length=160)
    right = models.ForeignKey(
        Right, on_delete=models.PROTECT, null=True, blank=True, related_name="isadf_values"
    )
    value = models.DecimalField(_("valeur"), max_digits=8, decimal_places=4)
    regional_mean = models.DecimalField(
        _("moyenne régionale"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField(_("rang"), null=True, blank=True)

    class Meta:
        verbose_name = _("valeur de l’ISADF")
        verbose_name_plural = _("valeurs de l’ISADF")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="isadf_right_once"),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="isadf_rank_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DiagnosisItem(models.Model):
    """A need that was observed: in words, from where it is known, which rights and lines it concerns."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="diagnosis")
    number = models.PositiveSmallIntegerField(_("numéro"))
    need = models.CharField(_("besoin observé"), max_length=500)
    source = models.CharField(_("d’où on le sait"), max_length=300)
    priority = models.PositiveSmallIntegerField(_("priorité"), choices=Priority.choices)
    rights = models.ManyToManyField(Right, related_name="diagnosis", verbose_name=_("droits"))
    lines = models.ManyToManyField(
        Line, related_name="diagnosis", blank=True, verbose_name=_("lignes qui y répondent")
    )
    noted_date = models.DateField(_("noté le"))
    retired_date = models.DateField(_("n’est plus observé depuis le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("constat du diagnostic")
        verbose_name_plural = _("constats du diagnostic")
        ordering = ["priority", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="diagnosis_item_once"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="diagnosis_priority"
            ),
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(source=""), name="diagnosis_says_what_and_whence"
            ),
        ]

    def __str__(self) -> str:
        return self.need[:60]


class LineTeller(models.Model):
    """The agent who knows how a line goes, and is asked for its words each year."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="tellers")
    agent = models.ForeignKey("accounts.Agent", on_delete=models.PROTECT, related_name="+")
    since_date = models.DateField(_("depuis le"))

    class Meta:
        verbose_name = _("agent qui raconte une ligne")
        verbose_name_plural = _("agents qui racontent une ligne")
        ordering = ["line", "pk"]
        constraints = [models.UniqueConstraint(fields=["line", "agent"], name="line_teller_once")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.agent_id}"


class TextAsk(models.Model):
    """An agent was asked once, on a step of the calendar, for the words of a line."""

    teller = models.ForeignKey(LineTeller, on_delete=models.CASCADE, related_name="asks")
    year = models.PositiveSmallIntegerField(_("année"))
    due_step_date = models.DateField(_("rappel du"))
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("texte demandé")
        verbose_name_plural = _("textes demandés")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["teller", "year", "due_step_date"], name="text_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.teller_id} {self.year}"
