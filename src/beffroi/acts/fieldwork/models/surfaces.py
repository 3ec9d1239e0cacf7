"""Walls to clean: asked or seen, whose they are, who agreed, what was done and how much of it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import Method, Owner, OwnerConsent, Source, SurfaceState
from beffroi.acts.fieldwork.models.areas import Area
from beffroi.acts.fieldwork.models.sights import Observation

#: One intervention is no larger; a longer wall is several.
MOST_M2 = Decimal("2000.00")


class Surface(models.Model):
    """A surface to clean; a private one is not touched before its owner agreed."""

    mark = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="surfaces")
    source = models.CharField(_("d’où vient"), max_length=8, choices=Source.choices)
    #: The reference of the request, as the person holds it; a fault that was seen.
    request_ref = models.CharField(_("demande"), max_length=20, blank=True)
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    address = models.CharField(_("adresse"), max_length=160)
    what = models.CharField(_("ce qui est à enlever"), max_length=200, blank=True)
    is_urgent = models.BooleanField(_("injurieux ou raciste"), default=False)
    owner = models.CharField(_("à qui est le mur"), max_length=7, choices=Owner.choices)
    consent = models.CharField(
        _("accord du propriétaire"), max_length=7, choices=OwnerConsent.choices, blank=True
    )
    consent_by = models.CharField(_("donné par"), max_length=120, blank=True)
    consent_proof = models.CharField(_("où se trouve l’écrit"), max_length=120, blank=True)
    consent_on = models.DateField(_("donné le"), null=True, blank=True)
    asked_on = models.DateField(_("demandé le"))
    state = models.CharField(max_length=7, choices=SurfaceState.choices)
    method = models.CharField(_("technique"), max_length=9, choices=Method.choices, blank=True)
    square_metres = models.DecimalField(
        _("mètres carrés"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("surface")
        verbose_name_plural = _("surfaces")
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "asked_on"], name="surface_to_do"),
            models.Index(fields=["done_on"], name="surface_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=Owner.PUBLIC, consent=OwnerConsent.NOT_NEEDED)
                | (Q(owner=Owner.PRIVATE) & ~Q(consent=OwnerConsent.NOT_NEEDED)),
                name="surface_private_asks_its_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state=SurfaceState.DONE)
                | Q(owner=Owner.PUBLIC)
                | Q(consent=OwnerConsent.GIVEN),
                name="surface_cleaned_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(consent=OwnerConsent.GIVEN)
                | (~Q(consent_by="") & Q(consent_on__isnull=False))
                | Q(anonymised_at__isnull=False),
                name="surface_consent_says_whose",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=SurfaceState.DONE, done_on__gte=F("asked_on"),
                        square_metres__gt=0, square_metres__lte=MOST_M2,
                    ) & ~Q(method="")
                )
                | (
                    Q(state__in=(SurfaceState.ASKED, SurfaceState.DROPPED))
                    & Q(done_on__isnull=True, square_metres__isnull=True, method="")
                ),
                name="surface_done_is_measured",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.address


class SurfaceMove(models.Model):
    """One step of a surface: from, to, when, by whom, with what was said."""

    surface = models.ForeignKey(Surface, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=8)
    source = models.CharField(max_length=7, blank=True)
    target = models.CharField(max_length=7)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("étape d’une surface")
        verbose_name_plural = _("étapes des surfaces")
        ordering = ["surface", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.surface_id} {self.move}"
