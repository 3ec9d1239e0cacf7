import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.documents.enums import ScanState
from beffroi.documents.letters.models import Letter, LetterBatch, LetterItem, LetterTemplate
from beffroi.documents.storage import private_storage

__all__ = [
    "Attachment", "Letter", "LetterBatch", "LetterItem", "LetterTemplate", "RegisterYear",
    "private_storage",
]  # fmt: skip


class RegisterYear(models.Model):
    """The last number given in a register for a year; the row is locked to give the next."""

    register = models.CharField(_("registre"), max_length=20)
    year = models.PositiveSmallIntegerField(_("année"))
    last_number = models.PositiveIntegerField(_("dernier numéro"), default=0)

    class Meta:
        verbose_name = _("année de registre")
        verbose_name_plural = _("années de registre")
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="register_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}: {self.last_number}"


class Attachment(models.Model):
    """A file received: its bytes once cleaned, and what the scanner said of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nom"), max_length=160)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveIntegerField(_("taille en octets"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to="attachments/%Y/%m")
    state = models.CharField(
        _("état"), max_length=12, choices=ScanState.choices, default=ScanState.QUARANTINED
    )
    scanner = models.CharField(_("vérifié par"), max_length=80, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(_("reçu le"))
    received_from = models.CharField(_("reçu de"), max_length=160)

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ScanState.values), name="attachment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ScanState.QUARANTINED, scanned_at__isnull=True)
                | (~Q(state=ScanState.QUARANTINED) & Q(scanned_at__isnull=False)),
                name="attachment_scanned_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.name
