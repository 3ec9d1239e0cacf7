from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import GrantState, Organ, Outcome, Periodicity, ProposalState
from beffroi.casework.models.files import Application, SocialFile


class Terms(models.Model):
    """What is proposed, and then decided: the outcome, the money and the time."""

    outcome = models.CharField(_("issue"), max_length=10, choices=Outcome.choices)
    organ = models.CharField(_("organe"), max_length=10, choices=Organ.choices)
    amount = models.DecimalField(
        _("montant"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    periodicity = models.CharField(
        _("périodicité"), max_length=12, choices=Periodicity.choices, blank=True
    )
    from_date = models.DateField(_("à partir du"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    motives = models.TextField(_("motifs"))
    legal_basis = models.CharField(_("base légale"), max_length=300)
    computation_ref = models.CharField(_("calcul"), max_length=12, blank=True)

    class Meta:
        abstract = True


def _terms_hold(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=~Q(motives="") & ~Q(legal_basis=""),
                               name=f"{name}_motivated"),
        models.CheckConstraint(
            condition=Q(amount__isnull=True, periodicity="")
            | Q(amount__gte=0) & ~Q(periodicity=""),
            name=f"{name}_amount_with_periodicity",
        ),
        models.CheckConstraint(
            condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("from_date")),
            name=f"{name}_ends_after_it_begins",
        ),
    ]  # fmt: skip


class Proposal(Terms):
    """What the worker proposes to the organ, with the frozen computation it rests on."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    item_ref = models.CharField(_("point de l’ordre du jour"), max_length=20, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by_ref = models.CharField(max_length=80)
    proposed_by = models.CharField(_("proposé par"), max_length=160)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["proposed_at", "pk"]
        constraints = [
            *_terms_hold("proposal"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=(ProposalState.DRAFT, ProposalState.SUBMITTED)),
                name="proposal_one_pending",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Decision(Terms):
    """What the organ decided; it never changes, a correction is a new decision."""

    number = models.CharField(_("numéro"), max_length=14, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    sitting_date = models.DateField(_("séance du"))
    item_ref = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(_("faits retenus"), default=dict)
    decided_at = models.DateTimeField(_("décidée le"))
    recorded_by = models.CharField(_("actée par"), max_length=160)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["decided_at", "pk"]
        constraints = _terms_hold("decision")

    def __str__(self) -> str:
        return self.number


class Notification(models.Model):
    """How a decision reached the person, and until when she may appeal."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notification")
    letter_ref = models.CharField(_("lettre"), max_length=20)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    delivery = models.CharField(_("envoi"), max_length=12, blank=True)
    presented_on = models.DateField(_("présentée le"), null=True, blank=True)
    appeal_until = models.DateField(_("recours jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, presented_on__isnull=True)
                | Q(sent_at__isnull=False),
                name="notification_presented_once_sent",
            )
        ]

    def __str__(self) -> str:
        return self.letter_ref


class Grant(models.Model):
    """What a decision gives, from a day to a day; payments pay it."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    file = models.ForeignKey(SocialFile, on_delete=models.PROTECT, related_name="grants")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="grant")
    kind = models.CharField(_("aide"), max_length=30)
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2)
    periodicity = models.CharField(max_length=12, choices=Periodicity.choices)
    from_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=GrantState.choices, default=GrantState.RUNNING)
    order_ref = models.CharField(_("ordre de paiement"), max_length=20, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    review_due_on = models.DateField(_("à revoir pour le"), null=True, blank=True)

    class Meta:
        verbose_name = _("octroi")
        verbose_name_plural = _("octrois")
        ordering = ["from_date", "pk"]
        indexes = [models.Index(fields=["state", "kind"], name="grant_running")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("from_date")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="grant_not_negative"),
            models.CheckConstraint(
                condition=~Q(state=GrantState.ENDED) | Q(until_date__isnull=False),
                name="grant_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
