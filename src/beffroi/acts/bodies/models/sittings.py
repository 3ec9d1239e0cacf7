from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.bodies.enums import SittingState
from beffroi.acts.bodies.models.composition import Body, Mandate


class Sitting(models.Model):
    """A meeting of a body behind closed doors, from its date to its approved minutes."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sittings")
    starts_at = models.DateTimeField(_("début"))
    place = models.CharField(_("lieu"), max_length=160)
    state = models.CharField(
        _("état"), max_length=10, choices=SittingState.choices, default=SittingState.PLANNED
    )
    recalls = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="recalled_by"
    )
    missed_before = models.PositiveSmallIntegerField(_("séances sans quorum avant elle"), default=0)
    urgency_reason = models.CharField(_("motif de l’urgence"), max_length=300, blank=True)
    chair = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    secretary = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    convened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(_("empreinte du procès-verbal"), max_length=64, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("séance")
        verbose_name_plural = _("séances")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["body", "state", "starts_at"], name="sitting_of_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SittingState.values), name="sitting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SittingState.PLANNED, SittingState.CANCELLED])
                | Q(convened_at__isnull=False),
                name="sitting_convened_when",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        SittingState.OPEN, SittingState.CLOSED, SittingState.DRAFTED,
                        SittingState.APPROVED,
                    ]
                )
                | Q(opened_at__isnull=False, chair__isnull=False),
                name="sitting_opened_by_a_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state=SittingState.APPROVED)
                | Q(approved_at__isnull=False) & ~Q(digest=""),
                name="sitting_approved_with_digest",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class SittingMove(models.Model):
    """One move of a sitting: who, when, from where to where, and why."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    target = models.CharField(max_length=10, choices=SittingState.choices)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape d’une séance")
        verbose_name_plural = _("étapes d’une séance")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Presence(models.Model):
    """A member, or the secretary, in the room from a moment to a moment."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="presences")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="presences")
    arrived_at = models.DateTimeField(_("arrivée"))
    left_at = models.DateTimeField(_("départ"), null=True, blank=True)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="presence_leaves_after_arriving",
            ),
            models.UniqueConstraint(
                fields=["sitting", "mandate"], condition=Q(left_at__isnull=True),
                name="presence_in_the_room_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.mandate_id}"
