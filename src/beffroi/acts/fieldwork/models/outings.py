"""One time that a team goes out: where, when, who, and what its hours are."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork.enums import OutingState
from beffroi.acts.fieldwork.models.areas import Area


class Outing(models.Model):
    """One time out; its mark makes a start that was sent twice one outing."""

    mark = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="outings")
    date = models.DateField(_("jour"))
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=OutingState.choices, default=OutingState.OPEN)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    note = models.CharField(_("en bref, sans nom"), max_length=500, blank=True)
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("sortie")
        verbose_name_plural = _("sorties")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["date", "state"], name="outing_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OutingState.values), name="outing_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=OutingState.CLOSED, ends_at__gt=F("starts_at"), minutes__gte=1)
                | Q(state=OutingState.OPEN, ends_at__isnull=True, minutes__isnull=True)
                | Q(state=OutingState.CANCELLED, minutes__isnull=True),
                name="outing_ends_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.date}"


class CrewMember(models.Model):
    """An agent on an outing; on one open outing at a time, which the database holds."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="crew")
    agent = models.ForeignKey("accounts.Agent", on_delete=models.PROTECT, related_name="+")
    is_out = models.BooleanField(_("est dehors"), default=True)

    class Meta:
        verbose_name = _("membre d’une sortie")
        verbose_name_plural = _("membres des sorties")
        ordering = ["outing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["outing", "agent"], name="crew_once_an_outing"),
            models.UniqueConstraint(
                fields=["agent"], condition=Q(is_out=True), name="crew_out_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outing_id} {self.agent_id}"


class OutingMove(models.Model):
    """An outing that was closed, corrected or cancelled: when, by whom, why."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=8)
    #: What a phone gave an end made without a network: sent twice, it is one.
    mark = models.UUIDField(unique=True, null=True, blank=True)
    why = models.CharField(_("pourquoi"), max_length=200, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("étape d’une sortie")
        verbose_name_plural = _("étapes des sorties")
        ordering = ["outing", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(move="close") | ~Q(why=""), name="outing_changed_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outing_id} {self.move}"
