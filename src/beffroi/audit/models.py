from django.db import models
from django.utils.translation import gettext_lazy as _

from beffroi.audit.enums import ActKind


class JournalEntry(models.Model):
    """One act or one reading; no foreign key, no update, no removal before its time."""

    at = models.DateTimeField(_("moment"), db_index=True)
    kind = models.CharField(_("nature"), max_length=10, choices=ActKind.choices)
    verb = models.CharField(_("acte"), max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_ref = models.CharField(max_length=80, db_index=True)
    actor_label = models.CharField(_("qui"), max_length=160)
    actor_post = models.CharField(_("service et rôle"), max_length=200, blank=True)
    object_kind = models.CharField(_("objet"), max_length=60)
    object_ref = models.CharField(max_length=80)
    subject_ref = models.CharField(
        _("personne concernée"),
        max_length=80,
        blank=True,
        help_text=_("Référence du dossier ou de la demande de la personne concernée."),
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    detail = models.JSONField(_("détail"), default=dict)

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_ref", "at"], name="journal_subject_at"),
            models.Index(fields=["object_kind", "object_ref"], name="journal_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ActKind.values), name="journal_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_ref}"


class Sending(models.Model):
    """A form that was sent and done: the page it led to, and what was said there."""

    mark = models.UUIDField()
    sender = models.CharField(_("qui l’a envoyé"), max_length=80)
    path = models.CharField(_("page du formulaire"), max_length=300)
    #: Of all that was typed: a page found back and filled otherwise is another act.
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("moment"), db_index=True)
    #: Empty while its act is under way, in the transaction of the act.
    answer = models.CharField(_("page où il a mené"), max_length=300, blank=True)
    words = models.JSONField(_("ce qui a été dit"), default=list)

    class Meta:
        verbose_name = _("formulaire envoyé")
        verbose_name_plural = _("formulaires envoyés")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mark", "sender", "path", "digest"], name="sending_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.mark)
