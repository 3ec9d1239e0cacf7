from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.bodies.enums import BodyKind, MandateRole


class Body(models.Model):
    """Who decides together: the council, its bureau, its special committee."""

    key = models.SlugField(_("clé"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    kind = models.CharField(_("nature"), max_length=12, choices=BodyKind.choices)
    seats = models.PositiveSmallIntegerField(_("sièges"))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    urgent_limit = models.DecimalField(
        _("aide urgente : montant que la présidence accorde seule"),
        max_digits=9, decimal_places=2, null=True, blank=True,
        help_text=_("Fixé par le règlement d’ordre intérieur."),
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("organe")
        verbose_name_plural = _("organes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="body_has_seats"),
            models.CheckConstraint(
                condition=~Q(kind=BodyKind.COUNCIL) | Q(population__isnull=False),
                name="body_council_of_a_population",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=BodyKind.COUNCIL), name="body_one_council"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attribution(models.Model):
    """Which body decides a kind of matter; what no row names, the council decides."""

    kind = models.SlugField(_("matière"), max_length=40, unique=True)
    label = models.CharField(_("nom"), max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="attributions")
    since_date = models.DateField(_("depuis le"))

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["label"]

    def __str__(self) -> str:
        return f"{self.label}: {self.body_id}"


class Mandate(models.Model):
    """A seat held by an agent in a body, or its secretariat, from a day to a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates"
    )
    role = models.CharField(_("fonction"), max_length=10, choices=MandateRole.choices)
    party = models.CharField(_("groupe politique"), max_length=80, blank=True)
    from_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    oath_date = models.DateField(_("serment prêté le"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by",
        verbose_name=_("remplace"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=MandateRole.values), name="mandate_role_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="mandate_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["body", "agent"], condition=Q(until_date__isnull=True),
                name="mandate_held_once",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(until_date__isnull=True, role=MandateRole.PRESIDENT),
                name="mandate_one_president",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agent}: {self.get_role_display()}"
