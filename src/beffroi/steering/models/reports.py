"""Annual reports: words only a person can write, snapshots that never change, and their road."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import ReportKind, ReportState, TextSection
from beffroi.steering.models.plans import Plan


class ReportText(models.Model):
    """A part of the activity report that no figure can say, written in the year."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="report_texts")
    year = models.PositiveSmallIntegerField(_("année"))
    section = models.CharField(_("partie"), max_length=13, choices=TextSection.choices)
    text = models.TextField(_("texte"))
    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("texte du rapport")
        verbose_name_plural = _("textes du rapport")
        ordering = ["year", "section"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "section"], name="report_text_once"),
            models.CheckConstraint(
                condition=Q(section__in=TextSection.values), name="report_text_section"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.section}"


class AnnualReport(models.Model):
    """The report of a year, of activity or of money, from its first freeze to its acceptance."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("exercice"))
    kind = models.CharField(_("nature"), max_length=9, choices=ReportKind.choices)
    state = models.CharField(
        _("état"), max_length=15, choices=ReportState.choices, default=ReportState.COLLECTING
    )

    class Meta:
        verbose_name = _("rapport annuel")
        verbose_name_plural = _("rapports annuels")
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "kind"], name="report_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}"


class ReportMove(models.Model):
    """One step of a report: on which day, on which decision or receipt."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=12)
    source = models.CharField(max_length=15, choices=ReportState.choices)
    target = models.CharField(max_length=15, choices=ReportState.choices)
    on_date = models.DateField(_("le"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    note = models.CharField(_("décision, reçu ou remarque"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape du rapport")
        verbose_name_plural = _("étapes du rapport")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Snapshot(models.Model):
    """Everything a report says, frozen; a correction is another one, with its reason."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="snapshots")
    revision = models.PositiveSmallIntegerField(_("révision"))
    #: Canonical JSON: the same content is the same text, whatever the database.
    content = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("pourquoi cette révision"), max_length=500, blank=True)
    after_vote = models.BooleanField(_("après le vote"), default=False)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("instantané")
        verbose_name_plural = _("instantanés")
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["report", "revision"], name="snapshot_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="snapshot_from_one"),
            models.CheckConstraint(
                condition=Q(after_vote=False) | ~Q(reason=""), name="snapshot_after_vote_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} r{self.revision}"


class Publication(models.Model):
    """What anybody may read of a snapshot that the council voted; decided at the vote, kept as is."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="publication")
    #: Canonical JSON, both: what is told, and what is kept inside to judge the next one by.
    page = models.TextField()
    kept = models.TextField()
    decision = models.CharField(_("décision du conseil"), max_length=500)
    voted_date = models.DateField(_("votée le"))
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["published_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(page="") & ~Q(kept=""), name="publication_is_whole")
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id}"
