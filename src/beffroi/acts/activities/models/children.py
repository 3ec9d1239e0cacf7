"""Who answers for a child, who may come for her, what was agreed to, and pictures with people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import Collects, ConsentKind, PictureState
from beffroi.acts.activities.models.attendance import Participant
from beffroi.acts.activities.models.gatherings import Session


class Contact(models.Model):
    """Somebody around a participant: who decides for her, who may or must not come for her."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("nom"), max_length=120)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    relation = models.CharField(_("lien"), max_length=60, blank=True)
    has_authority = models.BooleanField(_("exerce l’autorité parentale"), default=False)
    is_emergency = models.BooleanField(_("à appeler en cas d’urgence"), default=False)
    collects = models.CharField(
        _("vient la chercher"), max_length=8, choices=Collects.choices, default=Collects.UNSAID
    )
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-has_authority", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(collects__in=Collects.values), name="contact_collects_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="contact_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leaving(models.Model):
    """With whom a child left a session, or that she left alone as was agreed."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="leavings")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="leavings")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="leavings", null=True, blank=True
    )
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("départ")
        verbose_name_plural = _("départs")
        ordering = ["session", "at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="leaving_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id}"


class Consent(models.Model):
    """What was agreed to, by whom, from a day on; taken back as easily as given."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=11, choices=ConsentKind.choices)
    #: For pictures: where they may be shown (values of `Channel`).
    channels = models.JSONField(default=list, blank=True)
    given_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="consents", null=True, blank=True
    )
    is_her_own_voice = models.BooleanField(_("dit par la personne elle-même"), default=False)
    proof = models.CharField(_("où se trouve l’écrit"), max_length=120, blank=True)
    given_on = models.DateField(_("donné le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    withdrawn_on = models.DateField(_("repris le"), null=True, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConsentKind.values), name="consent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=False) ^ Q(is_her_own_voice=True),
                name="consent_given_by_one",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.given_on}"


class Picture(models.Model):
    """A picture of a session; shown nowhere before everybody on it is named and agrees."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="pictures")
    attachment = models.OneToOneField(
        "documents.Attachment", on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("légende"), max_length=160, blank=True)
    people = models.ManyToManyField(Participant, related_name="pictures", blank=True)
    everybody_named = models.BooleanField(
        _("toutes les personnes visibles sont dites"), default=False
    )
    state = models.CharField(max_length=9, choices=PictureState.choices, default=PictureState.DRAFT)
    channel = models.CharField(max_length=5, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160, blank=True)
    why = models.CharField(_("pourquoi retirée"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["session", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PictureState.values), name="picture_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=PictureState.PUBLISHED, everybody_named=True) & ~Q(channel=""))
                | (~Q(state=PictureState.PUBLISHED) & Q(channel="")),
                name="picture_published_when_everybody_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"{self.session_id} {self.pk}"
