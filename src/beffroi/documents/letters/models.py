import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.documents.letters.enums import (
    BatchState,
    Delivery,
    ItemState,
    LetterState,
    TemplateOrigin,
)
from beffroi.documents.storage import private_storage


class LetterTemplate(models.Model):
    """One version of the template of a kind of letter in a language; a version never changes."""

    kind = models.CharField(_("sorte de lettre"), max_length=40)
    lang = models.CharField(_("langue"), max_length=2)
    version = models.PositiveIntegerField(_("version"))
    subject = models.CharField(_("objet"), max_length=300)
    first = models.TextField(_("premier paragraphe"))
    body = models.TextField(_("texte"), blank=True)
    origin = models.CharField(_("origine"), max_length=8, choices=TemplateOrigin.choices)
    digest = models.CharField(max_length=64)
    saved_by = models.CharField(_("enregistré par"), max_length=160)
    saved_at = models.DateTimeField(_("enregistré le"))
    note = models.CharField(_("ce qui change"), max_length=300, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("modèle de lettre")
        verbose_name_plural = _("modèles de lettre")
        ordering = ["kind", "lang", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "lang", "version"], name="letter_template_version_once"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=TemplateOrigin.values), name="letter_template_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lang} {self.version}"


class Letter(models.Model):
    """A letter as it was written: its facts, its text, its PDF. The database refuses to change it."""

    reference = models.CharField(_("numéro"), max_length=20, unique=True)
    kind = models.CharField(_("sorte de lettre"), max_length=40)
    lang = models.CharField(_("langue"), max_length=2)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+")
    french_template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+")
    subject = models.CharField(_("objet"), max_length=400)
    facts = models.JSONField(_("faits"), encoder=DjangoJSONEncoder, default=dict)
    html = models.TextField(_("texte"), blank=True)
    owner_kind = models.CharField(_("écrite pour"), max_length=40)
    owner_ref = models.CharField(_("référence"), max_length=60)
    subject_ref = models.CharField(_("personne concernée"), max_length=60, db_index=True)
    recipient_name = models.CharField(_("destinataire"), max_length=160, blank=True)
    recipient_lines = models.JSONField(_("adresse"), default=list)
    delivery = models.CharField(_("envoi"), max_length=10, choices=Delivery.choices)
    state = models.CharField(_("état"), max_length=10, choices=LetterState.choices)
    written_at = models.DateTimeField(_("écrite le"))
    written_by = models.CharField(_("écrite par"), max_length=160)
    written_by_ref = models.CharField(_("écrite par"), max_length=60)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    sent_number = models.CharField(_("numéro d’envoi"), max_length=40, blank=True)
    presented_date = models.DateField(_("première présentation"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    pdf = models.FileField(storage=private_storage, upload_to="letters/%Y/%m", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["owner_kind", "owner_ref"], name="letter_owner"),
            models.Index(fields=["state", "written_at"], name="letter_state"),
            models.Index(fields=["sent_at"], name="letter_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LetterState.values), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=Q(delivery__in=Delivery.values), name="letter_delivery_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LetterState.WRITTEN, LetterState.SET_ASIDE], sent_at__isnull=True
                )
                | Q(state__in=[LetterState.SENT, LetterState.PRESENTED], sent_at__isnull=False),
                name="letter_sent_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.PRESENTED, presented_date__isnull=False)
                | (~Q(state=LetterState.PRESENTED) & Q(presented_date__isnull=True)),
                name="letter_presented_when_presented",
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.REGISTERED)
                | Q(sent_at__isnull=True)
                | ~Q(sent_number="")
                | Q(anonymised_at__isnull=False),
                name="letter_registered_has_number",
            ),
            models.UniqueConstraint(
                fields=["sent_number"], condition=~Q(sent_number=""), name="letter_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class LetterBatch(models.Model):
    """Many letters asked for at once; each is written in a transaction of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("titre"), max_length=160)
    state = models.CharField(
        _("état"), max_length=5, choices=BatchState.choices, default=BatchState.OPEN
    )
    opened_at = models.DateTimeField(_("ouvert le"))
    opened_by = models.CharField(_("ouvert par"), max_length=160)
    opened_by_ref = models.CharField(_("ouvert par"), max_length=60)
    actor = models.JSONField(default=dict)
    done_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("lot de lettres")
        verbose_name_plural = _("lots de lettres")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BatchState.OPEN, done_at__isnull=True)
                | Q(state=BatchState.DONE, done_at__isnull=False),
                name="letter_batch_done_when_done",
            )
        ]

    def __str__(self) -> str:
        return self.title


class LetterItem(models.Model):
    """One letter of a batch: what it is written from, until it is written or refused."""

    batch = models.ForeignKey(LetterBatch, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("ordre"))
    draft = models.JSONField(_("faits"), encoder=DjangoJSONEncoder, default=dict)
    owner_kind = models.CharField(_("écrite pour"), max_length=40)
    subject_ref = models.CharField(_("personne concernée"), max_length=60)
    state = models.CharField(
        _("état"), max_length=8, choices=ItemState.choices, default=ItemState.WAITING
    )
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="batch_item"
    )
    refused_why = models.TextField(_("motif du refus"), blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("lettre d’un lot")
        verbose_name_plural = _("lettres d’un lot")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="letter_item_position_once"),
            models.CheckConstraint(
                condition=Q(state=ItemState.WRITTEN, letter__isnull=False)
                | (~Q(state=ItemState.WRITTEN) & Q(letter__isnull=True)),
                name="letter_item_letter_when_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"
