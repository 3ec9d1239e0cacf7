from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.guidance.enums import LostState, PhraseKind, PhraseOrigin, QuestionState, WordRegister


class Phrase(models.Model):
    """What a person says when this service is the one that helps."""

    service = models.ForeignKey(
        "directory.Service", on_delete=models.CASCADE, related_name="phrases"
    )
    lang = models.CharField(_("langue"), max_length=2)
    text = models.CharField(_("phrase"), max_length=400)
    kind = models.CharField(
        _("façon de dire"), max_length=10, choices=PhraseKind.choices, default=PhraseKind.PLAIN
    )
    origin = models.CharField(
        max_length=10, choices=PhraseOrigin.choices, default=PhraseOrigin.CATALOGUE
    )
    added_by = models.CharField(max_length=160, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["service", "lang", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "lang", "text"], name="phrase_once")
        ]

    def __str__(self) -> str:
        return self.text


class Word(models.Model):
    """A word of the lexicon that points to a service; lay and professional words apart."""

    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="words")
    lang = models.CharField(_("langue"), max_length=2)
    register = models.CharField(
        _("registre"), max_length=3, choices=WordRegister.choices, default=WordRegister.LAY
    )
    text = models.CharField(_("mot"), max_length=120)

    class Meta:
        verbose_name = _("mot")
        verbose_name_plural = _("mots")
        ordering = ["service", "lang", "text"]
        constraints = [
            models.UniqueConstraint(fields=["service", "lang", "text"], name="word_once"),
            models.CheckConstraint(
                condition=Q(register__in=WordRegister.values), name="word_register_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class LostWords(models.Model):
    """Words that found no good answer: the words alone, by day, with nothing of who typed them."""

    text = models.CharField(_("mots"), max_length=300)
    lang = models.CharField(_("langue"), max_length=2)
    fingerprint = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(_("fois"), default=1)
    first_date = models.DateField(_("première fois"))
    last_date = models.DateField(_("dernière fois"))
    guesses = models.JSONField(_("meilleures pistes"), default=list)
    state = models.CharField(
        _("état"), max_length=10, choices=LostState.choices, default=LostState.OPEN
    )
    answered_by = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mots sans réponse")
        verbose_name_plural = _("mots sans réponse")
        ordering = ["-count", "-last_date"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LostState.values), name="lost_state"),
            models.CheckConstraint(
                condition=Q(state=LostState.OPEN, answered_at__isnull=True)
                | ~Q(state=LostState.OPEN) & Q(answered_at__isnull=False),
                name="lost_answered_when_not_open",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PublicQuestion(models.Model):
    """A question rewritten so that nobody is recognisable, and its answer; no tie to who asked."""

    lang = models.CharField(_("langue"), max_length=2, default="fr")
    question = models.TextField(_("question, réécrite"))
    answer = models.TextField(_("réponse"))
    services = models.ManyToManyField(
        "directory.Service", related_name="public_questions", blank=True
    )
    state = models.CharField(
        _("état"), max_length=10, choices=QuestionState.choices, default=QuestionState.DRAFT
    )
    asked_on_month = models.DateField(_("mois de la question"))
    answer_due_date = models.DateField(_("à répondre pour le"), null=True, blank=True)
    written_by = models.CharField(max_length=160)
    written_by_ref = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField()
    published_by = models.CharField(max_length=160, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    helpful = models.PositiveIntegerField(_("« cela répond »"), default=0)
    unhelpful = models.PositiveIntegerField(_("« cela ne répond pas »"), default=0)

    class Meta:
        verbose_name = _("question publique")
        verbose_name_plural = _("questions publiques")
        ordering = ["-asked_on_month", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=QuestionState.values), name="question_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.PUBLISHED)
                | Q(published_at__isnull=False) & ~Q(published_by=""),
                name="question_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:80]
