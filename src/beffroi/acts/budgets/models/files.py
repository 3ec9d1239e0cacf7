"""A mediation file: who, in whose hands, where it stands, what was asked and said to the law."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import FileState, NoticeKind, Outcome, PersonRole


class MediationFile(models.Model):
    """The debts of a household, which a mediator goes through with it."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    subject_ref = models.CharField(
        _("dossier social"), max_length=40, blank=True,
        help_text=_("Numéro du dossier social, s’il y en a un."),
    )  # fmt: skip
    team = models.CharField(_("équipe"), max_length=40)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mediation_files"
    )
    persons = models.ManyToManyField(
        "people.Person", through="MediationPerson", related_name="mediation_files"
    )
    state = models.CharField(
        _("étape"), max_length=12, choices=FileState.choices, default=FileState.INTAKE
    )
    state_since_date = models.DateField(_("à cette étape depuis"))
    opened_at = models.DateTimeField(_("ouvert le"))
    story = models.TextField(_("ce qui amène la personne"), blank=True)
    convention_date = models.DateField(_("convention signée le"), null=True, blank=True)
    outcome = models.CharField(_("issue"), max_length=10, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(_("clôturé le"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dossier de médiation")
        verbose_name_plural = _("dossiers de médiation")
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["worker", "state"], name="mediation_worker_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FileState.values), name="mediation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="mediation_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=FileState.CLOSED) & Q(closed_at__isnull=True, outcome=""),
                name="mediation_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[FileState.INTAKE, FileState.CLOSED])
                | Q(convention_date__isnull=False),
                name="mediation_goes_on_with_convention",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class MediationPerson(models.Model):
    """A person of the file, and what she is in it."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("rôle"), max_length=10, choices=PersonRole.choices)

    class Meta:
        verbose_name = _("personne du dossier")
        verbose_name_plural = _("personnes du dossier")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "person"], name="mediation_person_once"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(role=PersonRole.HOLDER), name="mediation_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(role__in=PersonRole.values), name="mediation_person_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.person_id} {self.role}"


class MediationMove(models.Model):
    """One step of a file: who, when, from where to where, and why."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12, choices=FileState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    why = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class CentralNotice(models.Model):
    """A notice of mediation in the central file, which a bailiff files for the mediator."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("nature"), max_length=8, choices=NoticeKind.choices)
    since_date = models.DateField(_("à déposer depuis le"))
    filed_date = models.DateField(_("déposé le"), null=True, blank=True)
    bailiff = models.CharField(_("huissier"), max_length=160, blank=True)
    number = models.CharField(_("numéro de l’avis"), max_length=60, blank=True)
    reference = models.CharField(_("source"), max_length=255)
    is_verified = models.BooleanField(_("vérifié"), default=True)

    class Meta:
        verbose_name = _("avis au fichier central")
        verbose_name_plural = _("avis au fichier central")
        ordering = ["since_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind"),
            models.CheckConstraint(
                condition=Q(filed_date__isnull=True, bailiff="")
                | Q(filed_date__gte=F("since_date")) & ~Q(bailiff=""),
                name="notice_filed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["file", "kind"],
                condition=Q(filed_date__isnull=True),
                name="notice_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind}"


class DocumentWanted(models.Model):
    """A document that the mediator asks for, and when it came."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="documents")
    what = models.CharField(_("document"), max_length=200)
    asked_date = models.DateField(_("demandé le"))
    asked_by = models.CharField(max_length=160)
    received_date = models.DateField(_("reçu le"), null=True, blank=True)

    class Meta:
        verbose_name = _("document demandé")
        verbose_name_plural = _("documents demandés")
        ordering = ["asked_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_date__isnull=True) | Q(received_date__gte=F("asked_date")),
                name="mediation_document_received_after_asked",
            )
        ]

    def __str__(self) -> str:
        return self.what
