"""Whom they met: counted, never named; what was handed over and came back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import ContactKind, Orientation
from beffroi.acts.fieldwork.models.areas import KitKind, Spot
from beffroi.acts.fieldwork.models.outings import Outing

#: One contact speaks of this many people at most; a feast is several contacts.
MOST_PEOPLE = 500
SEXES = ("women", "men")
AGES = ("children", "young", "adults", "seniors")


class Contact(models.Model):
    """One meeting with one or more people; its mark makes it count once."""

    mark = models.UUIDField(unique=True)
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="contacts")
    spot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.CharField(_("endroit, en mots"), max_length=120, blank=True)
    kind = models.CharField(_("genre"), max_length=11, choices=ContactKind.choices)
    people = models.PositiveSmallIntegerField(_("personnes"))
    women = models.PositiveSmallIntegerField(_("femmes"), default=0)
    men = models.PositiveSmallIntegerField(_("hommes"), default=0)
    children = models.PositiveSmallIntegerField(_("moins de 12 ans"), default=0)
    young = models.PositiveSmallIntegerField(_("12 à 25 ans"), default=0)
    adults = models.PositiveSmallIntegerField(_("26 à 64 ans"), default=0)
    seniors = models.PositiveSmallIntegerField(_("65 ans et plus"), default=0)
    #: Values of `Theme`.
    themes = models.JSONField(default=list, blank=True)
    orientation = models.CharField(
        _("orientation"), max_length=9, choices=Orientation.choices, blank=True
    )
    is_refused = models.BooleanField(_("l’orientation est refusée"), default=False)
    met_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(_("pourquoi repris"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["met_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="encounter_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="encounter_with_people"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=F("women") + F("men")), name="encounter_sexes_within"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=F("children") + F("young") + F("adults") + F("seniors")),
                name="encounter_ages_within",
            ),
            models.CheckConstraint(
                condition=Q(orientation__in=Orientation.values)
                & (Q(is_refused=False) | ~Q(orientation="")),
                name="encounter_refuses_what_was_said",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, why="")
                | (Q(taken_back_at__isnull=False) & ~Q(why="")),
                name="encounter_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outing_id} {self.people}"


class CodeMark(models.Model):
    """What is left of a code somebody chose: enough to count her once a year, and no way back."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="code")
    digest = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("code compté")
        verbose_name_plural = _("codes comptés")
        ordering = ["pk"]
        indexes = [models.Index(fields=["year", "digest"], name="code_mark_counted")]

    def __str__(self) -> str:
        return str(self.contact_id)


class KitMove(models.Model):
    """Kits handed over and taken back, during a contact or at the counter."""

    mark = models.UUIDField()
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="kits")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="kits", null=True, blank=True
    )
    kind = models.ForeignKey(KitKind, on_delete=models.PROTECT, related_name="moves")
    given = models.PositiveSmallIntegerField(_("remis"), default=0)
    back = models.PositiveSmallIntegerField(_("repris"), default=0)
    moved_at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("matériel remis ou repris")
        verbose_name_plural = _("matériels remis ou repris")
        ordering = ["moved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mark", "kind"], name="kit_move_counts_once"),
            models.CheckConstraint(
                condition=Q(given__gte=1) | Q(back__gte=1), name="kit_moves_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} +{self.given} −{self.back}"
