"""What follows a grant: why it is looked at again, what is announced, suspended or indexed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import (
    IndexLineState,
    IndexRunState,
    NoticeAnswer,
    NoticeKind,
    SequelCause,
    SuspensionGround,
)
from beffroi.casework.models.deciding import Decision, Grant
from beffroi.casework.models.files import Application


class Sequel(models.Model):
    """Ties an application to the grant it follows: why, and on which facts of its own."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="sequel")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="sequels")
    cause = models.CharField(_("cause"), max_length=15, choices=SequelCause.choices)
    why = models.TextField(_("motif"))
    facts = models.JSONField(_("termes proposés"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("suite d’un octroi")
        verbose_name_plural = _("suites des octrois")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=SequelCause.values), name="sequel_cause_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="sequel_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.cause}"


class Notice(models.Model):
    """A formal notice or an invitation to be heard, and what the person answered."""

    sequel = models.ForeignKey(Sequel, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("nature"), max_length=15, choices=NoticeKind.choices)
    letter_ref = models.CharField(_("lettre"), max_length=20)
    sent_on = models.DateField(_("envoyée le"))
    wanted_by = models.DateField(_("pour le"))
    answer = models.CharField(_("réponse"), max_length=8, choices=NoticeAnswer.choices, blank=True)
    said = models.TextField(_("ce que la personne a dit"), blank=True)
    answered_at = models.DateTimeField(_("noté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("annonce à la personne")
        verbose_name_plural = _("annonces à la personne")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="notice_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(wanted_by__gte=models.F("sent_on")), name="notice_leaves_time"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=(NoticeAnswer.HEARD, NoticeAnswer.WROTE)) | ~Q(said=""),
                name="notice_heard_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.wanted_by}"


class Suspension(models.Model):
    """Days for which the right stays and nothing is paid: a prison, a stay abroad."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="suspensions")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="suspension"
    )
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="suspension",
        help_text=_("Vide pour un séjour payé, gardé pour compter le crédit de l’année."),
    )  # fmt: skip
    ground = models.CharField(_("cause"), max_length=10, choices=SuspensionGround.choices)
    from_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"))
    unpaid = models.JSONField(
        _("périodes non payées"), default=list,
        help_text=_("Premier et dernier jour de chacune."),
    )  # fmt: skip
    ended_at = models.DateTimeField(_("levée le"), null=True, blank=True)
    ended_why = models.CharField(_("levée parce que"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["from_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=models.F("from_date")), name="suspension_lasts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="suspension_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.from_date}"


class IndexRun(models.Model):
    """One index date: every running living income computed again, then applied in one batch."""

    on_date = models.DateField(_("date de l’index"), unique=True)
    state = models.CharField(
        max_length=8, choices=IndexRunState.choices, default=IndexRunState.PREVIEW
    )
    prepared_at = models.DateTimeField(_("préparée le"))
    prepared_by = models.CharField(_("préparée par"), max_length=160)
    applied_at = models.DateTimeField(_("appliquée le"), null=True, blank=True)
    applied_by = models.CharField(_("appliquée par"), max_length=160, blank=True)
    batches = models.JSONField(_("lots de lettres"), default=list, blank=True)

    class Meta:
        verbose_name = _("adaptation à l’index")
        verbose_name_plural = _("adaptations à l’index")
        ordering = ["-on_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=IndexRunState.DONE, applied_at__isnull=False)
                | ~Q(state=IndexRunState.DONE),
                name="index_run_done_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_date}"


class IndexLine(models.Model):
    """One grant at an index date: what it was, what it becomes, or why a person must look."""

    run = models.ForeignKey(IndexRun, on_delete=models.CASCADE, related_name="lines")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="index_lines")
    old_amount = models.DecimalField(_("avant"), max_digits=10, decimal_places=2)
    new_amount = models.DecimalField(
        _("après"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    state = models.CharField(
        max_length=9, choices=IndexLineState.choices, default=IndexLineState.READY
    )
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="index_line"
    )

    class Meta:
        verbose_name = _("ligne d’une adaptation à l’index")
        verbose_name_plural = _("lignes d’une adaptation à l’index")
        ordering = ["run", "pk"]
        indexes = [models.Index(fields=["run", "state"], name="index_line_state")]
        constraints = [
            models.UniqueConstraint(fields=["run", "grant"], name="index_line_once"),
            models.CheckConstraint(
                condition=Q(state=IndexLineState.DONE, decision__isnull=False)
                | ~Q(state=IndexLineState.DONE) & Q(decision__isnull=True),
                name="index_line_done_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state=IndexLineState.EXCEPTION) & ~Q(why="")
                | ~Q(state=IndexLineState.EXCEPTION) & Q(new_amount__isnull=False),
                name="index_line_amount_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.old_amount}→{self.new_amount}"
