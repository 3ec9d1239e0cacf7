from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import ApplicationEnd, ApplicationState, FileState


class SocialFile(models.Model):
    """The file of a person at the CPAS: one holder, one team, one worker."""

    number = models.CharField(
        _("numéro"), max_length=11, unique=True, help_text=_("Jamais réutilisé (Primabook).")
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("état"), max_length=6, choices=FileState.choices, default=FileState.OPEN
    )
    opened_at = models.DateTimeField(_("ouvert le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    legal_hold = models.CharField(
        _("gel juridique"), max_length=300, blank=True,
        help_text=_("Motif pour lequel rien ne peut être effacé : recours, enquête, contrôle."),
    )  # fmt: skip
    next_due_on = models.DateField(_("prochaine échéance"), null=True, blank=True)
    next_what = models.CharField(_("prochain pas légal"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("dossier social")
        verbose_name_plural = _("dossiers sociaux")
        ordering = ["number"]
        indexes = [
            # Worker and person too: the lists of a team are counted without reading its files.
            models.Index(
                fields=["team", "state", "next_due_on", "number", "worker", "person"],
                name="file_of_team",
            ),
            # What one worker has in hand, or nobody yet: counted and listed in the same way.
            models.Index(
                fields=["team", "state", "worker", "next_due_on", "number", "person"],
                name="file_in_hand",
            ),
            models.Index(
                fields=["state", "next_due_on", "number", "team", "person"], name="file_by_due"
            ),
            models.Index(
                fields=["worker", "state", "next_due_on", "number"], name="file_of_worker"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FileState.CLOSED, closed_at__isnull=False)
                | Q(state=FileState.OPEN, closed_at__isnull=True),
                name="file_closed_when",
            ),
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(state=FileState.OPEN),
                name="file_open_once_in_team",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FileOpening(models.Model):
    """A file opened by somebody of the team whose caseload it is not, and her reason."""

    file = models.ForeignKey(SocialFile, on_delete=models.CASCADE, related_name="openings")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("motif"), max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()
    seen_by_leader_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ouverture hors charge")
        verbose_name_plural = _("ouvertures hors charge")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="opening_with_reason"),
            models.CheckConstraint(condition=Q(until__gt=models.F("at")), name="opening_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d}"


class Application(models.Model):
    """One aid asked in a file: what, from when, and where it stands."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    file = models.ForeignKey(SocialFile, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(_("aide"), max_length=30, help_text=_("Clé de l’aide."))
    asked_on = models.DateField(_("demandée le"))
    wanted_from = models.DateField(_("à partir du"))
    request_ref = models.CharField(
        _("demande reçue"), max_length=20, blank=True,
        help_text=_("Référence du registre des demandes."),
    )  # fmt: skip
    details = models.JSONField(_("réponses propres à cette aide"), default=dict, blank=True)
    is_urgent = models.BooleanField(_("urgente"), default=False)
    entry_reason = models.CharField(_("motif d’entrée"), max_length=30, blank=True)
    competence = models.CharField(
        _("compétence"), max_length=200, blank=True, help_text=_("Base sur laquelle ce CPAS agit.")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=ApplicationState.choices,
        default=ApplicationState.RECEIVED,
    )  # fmt: skip
    end = models.CharField(_("issue"), max_length=12, choices=ApplicationEnd.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("demande d’aide")
        verbose_name_plural = _("demandes d’aide")
        ordering = ["asked_on", "pk"]
        indexes = [models.Index(fields=["state", "kind"], name="application_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.CLOSED, closed_at__isnull=False) & ~Q(end="")
                | ~Q(state=ApplicationState.CLOSED) & Q(closed_at__isnull=True, end=""),
                name="application_closed_with_end",
            ),
            models.UniqueConstraint(
                fields=["request_ref", "kind"],
                condition=~Q(request_ref=""),
                name="application_once_by_request",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ApplicationMove(models.Model):
    """One move of an application: who, when, from where to where, and why."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=ApplicationState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    by_post = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape d’une demande d’aide")
        verbose_name_plural = _("étapes d’une demande d’aide")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class FileClock(models.Model):
    """A date by which the law, or the file itself, wants something done."""

    file = models.ForeignKey(SocialFile, on_delete=models.CASCADE, related_name="clocks")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="clocks"
    )
    subject_ref = models.CharField(
        _("objet"), max_length=20, help_text=_("Demande, décision, octroi ou projet visé.")
    )
    event = models.CharField(max_length=40)
    what = models.CharField(_("quoi"), max_length=40)
    started_on = models.DateField(_("depuis le"))
    due_date = models.DateField(_("échéance"))
    rule = models.CharField(_("règle"), max_length=120)
    reference = models.CharField(_("source"), max_length=255)
    is_verified = models.BooleanField(_("vérifié"), default=True)
    suspended_on = models.DateField(_("suspendu depuis le"), null=True, blank=True)
    suspended_why = models.CharField(_("motif de suspension"), max_length=200, blank=True)
    suspensions = models.JSONField(_("suspensions passées"), default=list, blank=True)
    met_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("sans objet depuis"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("signalé au responsable le"), null=True, blank=True)

    class Meta:
        verbose_name = _("délai d’un dossier")
        verbose_name_plural = _("délais des dossiers")
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject_ref", "what", "started_on"],
                                    name="file_clock_once"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="file_clock_met_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True) & Q(suspended_why="")
                | Q(suspended_on__isnull=False) & ~Q(suspended_why=""),
                name="file_clock_suspended_with_reason",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["file", "due_date"], name="file_clock_due",
                         condition=Q(met_at__isnull=True, cancelled_at__isnull=True)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.what} {self.due_date}"
