"""A policy declaration: its headings and its commitments, each with its number through versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.strategic_enums import Organisation


class Declaration(models.Model):
    """What a council says, in words, that it will do during its mandate."""

    key = models.SlugField(_("clé"), max_length=40, unique=True)
    title = models.CharField(_("titre"), max_length=300)
    organisation = models.CharField(_("institution"), max_length=4, choices=Organisation.choices)
    since_year = models.PositiveSmallIntegerField(_("de"))
    until_year = models.PositiveSmallIntegerField(_("à"))
    preamble = models.TextField(_("préambule"), blank=True)
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("déclaration de politique")
        verbose_name_plural = _("déclarations de politique")
        ordering = ["-since_year", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__in=Organisation.values), name="declaration_organisation"
            ),
            models.CheckConstraint(
                condition=Q(until_year__gte=models.F("since_year")), name="declaration_years"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeclarationVersion(models.Model):
    """The whole declaration from a day on; another one says why."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("pourquoi"), max_length=500)
    effective_date = models.DateField(_("en vigueur le"), null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version de la déclaration")
        verbose_name_plural = _("versions de la déclaration")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="declaration_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="declaration_version_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} v{self.number}"


class Heading(models.Model):
    """A heading of one version of a declaration."""

    version = models.ForeignKey(
        DeclarationVersion, on_delete=models.PROTECT, related_name="headings"
    )
    number = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("titre"), max_length=300)

    class Meta:
        verbose_name = _("chapitre")
        verbose_name_plural = _("chapitres")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="heading_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Commitment(models.Model):
    """A commitment through the versions of its declaration; its number is never given twice."""

    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, related_name="commitments"
    )
    number = models.PositiveSmallIntegerField(_("numéro"))

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="commitment_number")
        ]

    def __str__(self) -> str:
        return f"E.{self.number}"


class CommitmentText(models.Model):
    """What a commitment says in one version, under its heading, or under a broader commitment."""

    version = models.ForeignKey(DeclarationVersion, on_delete=models.PROTECT, related_name="texts")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="texts")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="texts")
    under = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="details"
    )
    text = models.TextField(_("engagement"))

    class Meta:
        verbose_name = _("texte d’un engagement")
        verbose_name_plural = _("textes des engagements")
        ordering = ["heading__number", "commitment__number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "commitment"], name="commitment_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
