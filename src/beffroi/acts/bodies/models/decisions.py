from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.bodies.enums import Choice, OutcomeState
from beffroi.acts.bodies.models.composition import Mandate
from beffroi.acts.bodies.models.items import Item
from beffroi.acts.bodies.models.sittings import Sitting


class AgendaItem(models.Model):
    """A matter on the agenda of a sitting, at its place."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="agenda")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("rang"))
    is_addition = models.BooleanField(_("ajouté en urgence"), default=False)
    addition_reason = models.CharField(_("motif de l’urgence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("point de l’ordre du jour")
        verbose_name_plural = _("points de l’ordre du jour")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "item"], name="agenda_item_once"),
            models.UniqueConstraint(fields=["sitting", "position"], name="agenda_position_once"),
            models.CheckConstraint(
                condition=Q(is_addition=False, addition_reason="")
                | Q(is_addition=True) & ~Q(addition_reason=""),
                name="agenda_addition_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.position}"


class Result(models.Model):
    """What a sitting decided on a matter: written once, never changed."""

    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(_("issue"), max_length=10, choices=OutcomeState.choices)
    text = models.TextField(_("modification ou motif"), blank=True)
    in_function = models.PositiveSmallIntegerField(_("membres en fonction"))
    in_room = models.PositiveSmallIntegerField(_("membres présents pour ce point"))
    quorum = models.PositiveSmallIntegerField(_("quorum"))
    votes_for = models.PositiveSmallIntegerField(_("pour"), default=0)
    votes_against = models.PositiveSmallIntegerField(_("contre"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    is_secret = models.BooleanField(_("scrutin secret"))
    by_casting_vote = models.BooleanField(_("voix prépondérante"), default=False)
    block = models.PositiveSmallIntegerField(_("scrutin groupé"), null=True, blank=True)
    decided_at = models.DateTimeField(_("décidé le"))
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("résultat")
        verbose_name_plural = _("résultats")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=OutcomeState.values), name="result_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=OutcomeState.POSTPONED)
                | Q(in_room=F("votes_for") + F("votes_against") + F("abstentions")),
                name="result_counts_the_room",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[OutcomeState.ADOPTED, OutcomeState.AMENDED])
                | Q(votes_for__gt=F("votes_against"))
                | Q(
                    by_casting_vote=True, is_secret=False, votes_for__gte=1,
                    votes_for=F("votes_against"),
                ),
                name="result_adopted_by_a_majority",
            ),
            models.CheckConstraint(
                condition=Q(in_room__lte=F("in_function")), name="result_room_within_function"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agenda_item_id} {self.outcome}"


class Ballot(models.Model):
    """How a member voted when the ballot is open; a secret one leaves totals only."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="ballots")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("voix")
        verbose_name_plural = _("voix")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["result", "mandate"], name="ballot_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="ballot_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.mandate_id}"


class MinutesPart(models.Model):
    """A part of the minutes: the opening, one for each matter, the end; frozen once approved."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="minutes")
    agenda_item = models.OneToOneField(
        AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="minutes"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("titre"), max_length=240)
    text = models.TextField(_("texte"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("partie de procès-verbal")
        verbose_name_plural = _("parties de procès-verbal")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="minutes_position_once")
        ]

    def __str__(self) -> str:
        return self.title
