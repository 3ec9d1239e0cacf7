from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.requests.enums import (
    Channel,
    FormKind,
    HandoverState,
    Outcome,
    RequestState,
    Side,
    SlotState,
)


class RequestForm(models.Model):
    """A form that a service offers: its kind, its own questions, the team that answers."""

    service = models.ForeignKey(
        "directory.Service", on_delete=models.CASCADE, related_name="request_forms"
    )
    kind = models.CharField(_("formulaire"), max_length=20, choices=FormKind.choices)
    team = models.ForeignKey(
        "accounts.Team", on_delete=models.PROTECT, related_name="request_forms"
    )
    extra_fields = models.JSONField(_("questions propres au service"), default=list, blank=True)
    is_open = models.BooleanField(_("ouvert au public"), default=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    class Meta:
        verbose_name = _("formulaire de demande")
        verbose_name_plural = _("formulaires de demande")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind"], name="request_form_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FormKind.values), name="request_form_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.kind}"


class Request(models.Model):
    """What a person asks of a service, for herself or for somebody else."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    register = models.CharField(_("registre"), max_length=10)
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveIntegerField(_("numéro"))
    secret_digest = models.CharField(max_length=64)
    nonce = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("Un envoi répété de la même page donne la même demande."),
    )

    service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, related_name="requests"
    )
    kind = models.CharField(_("nature"), max_length=20, choices=FormKind.choices)
    channel = models.CharField(_("reçue"), max_length=10, choices=Channel.choices)
    lang = models.CharField(_("langue"), max_length=2, default="fr")
    received_at = models.DateTimeField(_("reçue le"))

    name = models.CharField(_("nom"), max_length=160, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    postal_code = models.CharField(_("code postal"), max_length=4, blank=True)
    for_other = models.BooleanField(_("pour quelqu’un d’autre"), default=False)
    other_name = models.CharField(_("nom de l’autre personne"), max_length=160, blank=True)
    other_knows = models.BooleanField(_("l’autre personne est au courant"), null=True)
    answers = models.JSONField(_("réponses"), default=dict)

    state = models.CharField(
        _("état"), max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="requests")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
    )
    competent_nis = models.CharField(_("commune compétente"), max_length=5, blank=True)
    outcome = models.CharField(_("issue"), max_length=20, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(_("clôturée le"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["team", "state", "received_at"], name="request_inbox"),
            models.Index(fields=["assignee", "state"], name="request_assignee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "number"], name="request_register_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="request_number_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FormKind.values), name="request_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=RequestState.CLOSED) & Q(closed_at__isnull=True, outcome=""),
                name="request_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.IN_HAND) | Q(assignee__isnull=False),
                name="request_in_hand_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_aid(self) -> bool:
        """This property says whether the request starts the legal clocks."""
        return self.kind == FormKind.AID


class RequestMove(models.Model):
    """One move of a request: who, when, from where to where, and why."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=RequestState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    by_post = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class RequestMessage(models.Model):
    """What one side wrote to the other; the team may also note something for itself alone."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField(_("texte"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    by_post = models.CharField(max_length=200, blank=True)
    is_internal = models.BooleanField(_("note de l’équipe"), default=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side=Side.TEAM) | Q(side=Side.PERSON, is_internal=False),
                name="message_side_and_note",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DocumentAsked(models.Model):
    """A document that the team asks of the person, and when it came."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="documents_asked")
    what = models.CharField(_("document"), max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=160)
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document demandé")
        verbose_name_plural = _("documents demandés")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("asked_at")),
                name="document_received_after_asked",
            )
        ]

    def __str__(self) -> str:
        return self.what


class OfferedTime(models.Model):
    """A moment offered for an appointment; the person chooses one at most."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="offered_times")
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=45)
    where = models.CharField(_("lieu"), max_length=200)
    state = models.CharField(max_length=8, choices=SlotState.choices, default=SlotState.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=160)
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("moment proposé")
        verbose_name_plural = _("moments proposés")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SlotState.values), name="offered_time_state"
            ),
            models.CheckConstraint(
                condition=Q(state=SlotState.CHOSEN, chosen_at__isnull=False)
                | ~Q(state=SlotState.CHOSEN) & Q(chosen_at__isnull=True),
                name="offered_time_chosen_when",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state=SlotState.CHOSEN),
                name="offered_time_one_chosen",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5), name="offered_time_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Handover(models.Model):
    """A request proposed by a team to another, accepted or declined with a reason."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="handovers")
    from_team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    from_assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    to_service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("motif"), max_length=500)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=160)
    state = models.CharField(
        max_length=10, choices=HandoverState.choices, default=HandoverState.PROPOSED
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answer_reason = models.CharField(_("réponse"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("passage à un autre service")
        verbose_name_plural = _("passages à un autre service")
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")), name="handover_to_another_team"
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.PROPOSED, answered_at__isnull=True)
                | ~Q(state=HandoverState.PROPOSED) & Q(answered_at__isnull=False),
                name="handover_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.DECLINED) | ~Q(answer_reason=""),
                name="handover_declined_with_reason",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state=HandoverState.PROPOSED),
                name="handover_one_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.from_team_id}→{self.to_team_id}"


class Clock(models.Model):
    """A date by which the law wants something done for this request."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="clocks")
    what = models.CharField(_("quoi"), max_length=40)
    due_date = models.DateField(_("échéance"))
    rule = models.CharField(_("règle"), max_length=120)
    reference = models.CharField(_("source"), max_length=255)
    is_verified = models.BooleanField(_("vérifié"), default=True)
    met_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("sans objet depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("délai légal")
        verbose_name_plural = _("délais légaux")
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "what"], name="clock_once"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="clock_met_or_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["due_date"], name="clock_due")]

    def __str__(self) -> str:
        return f"{self.what} {self.due_date}"


class RequestAttachment(models.Model):
    """A file joined to a request, by one side or the other."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="attachments")
    attachment = models.OneToOneField(
        "documents.Attachment", on_delete=models.CASCADE, related_name="+"
    )
    side = models.CharField(max_length=6, choices=Side.choices)
    answers_to = models.ForeignKey(
        DocumentAsked, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )

    class Meta:
        verbose_name = _("pièce d’une demande")
        verbose_name_plural = _("pièces d’une demande")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.attachment_id}"
