from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.bodies.enums import ItemState, RecusalOrigin
from beffroi.acts.bodies.models.composition import Body, Mandate


class Item(models.Model):
    """A matter put forward to a body, with the facts to decide it, frozen when it was."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=80)
    person_ref = models.CharField(_("personne concernée"), max_length=80, blank=True)
    title = models.CharField(_("objet"), max_length=200)
    kind = models.SlugField(_("matière"), max_length=40)
    kind_label = models.CharField(max_length=120)
    summary = models.JSONField(_("faits présentés"), default=list, blank=True)
    file_team = models.CharField(_("équipe du dossier"), max_length=40, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    is_secret = models.BooleanField(_("scrutin secret"), default=False)
    missed = models.PositiveSmallIntegerField(_("séances sans quorum"), default=0)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    state = models.CharField(
        _("état"), max_length=10, choices=ItemState.choices, default=ItemState.READY
    )
    submitted_at = models.DateTimeField(_("présenté le"))
    submitted_by = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["body", "state"], name="item_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="item_state_known"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_ref"],
                condition=Q(state__in=[ItemState.READY, ItemState.SCHEDULED]),
                name="item_once_for_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ItemState.READY, ItemState.SCHEDULED], ended_at__isnull=True)
                | Q(
                    state__in=[ItemState.DECIDED, ItemState.WITHDRAWN], ended_at__isnull=False
                ),
                name="item_ended_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class ConcernedPerson(models.Model):
    """A person whom a matter concerns: whoever is tied to her leaves the room."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="concerned")
    person_ref = models.CharField(max_length=80, db_index=True)

    class Meta:
        verbose_name = _("personne concernée")
        verbose_name_plural = _("personnes concernées")
        constraints = [
            models.UniqueConstraint(fields=["item", "person_ref"], name="concerned_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_ref}"


class Recusal(models.Model):
    """A member who neither sees nor votes a matter: it is hers, or somebody's tied to her."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="recusals")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="recusals")
    origin = models.CharField(max_length=10, choices=RecusalOrigin.choices)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("récusation")
        verbose_name_plural = _("récusations")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "mandate"], name="recusal_once"),
            models.CheckConstraint(
                condition=Q(origin__in=RecusalOrigin.values), name="recusal_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.mandate_id}"


class UrgentDecision(models.Model):
    """An urgent aid that the president granted alone, to be ratified at the next sitting."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=80)
    person_ref = models.CharField(_("personne concernée"), max_length=80)
    kind = models.SlugField(_("matière"), max_length=40)
    amount = models.DecimalField(_("montant"), max_digits=9, decimal_places=2)
    reason = models.TextField(_("motif de l’urgence"))
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="urgent_decisions")
    decided_at = models.DateTimeField(_("décidé le"))
    ratification = models.OneToOneField(
        Item, on_delete=models.PROTECT, related_name="urgent_decision"
    )
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("aide urgente de la présidence")
        verbose_name_plural = _("aides urgentes de la présidence")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="urgent_amount_positive")
        ]

    def __str__(self) -> str:
        return self.reference
