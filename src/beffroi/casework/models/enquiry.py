from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import (
    AssetKind,
    Exemption,
    Question,
    Relation,
    ResourceKind,
    VisitResult,
)
from beffroi.casework.models.files import Application

CATEGORY_WORDS = {
    "cohabitant": _("cohabitant"),
    "isolated": _("isolé"),
    "family": _("famille à charge"),
}


class Visit(models.Model):
    """A visit at home, announced or not, and what it gave; an absence leaves its trace too."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="visits")
    planned_at = models.DateTimeField(_("prévue le"))
    is_announced = models.BooleanField(_("annoncée"), default=True)
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    result = models.CharField(_("résultat"), max_length=8, choices=VisitResult.choices, blank=True)
    present = models.CharField(_("personnes rencontrées"), max_length=300, blank=True)
    findings = models.TextField(_("constats"), blank=True)
    by_label = models.CharField(_("par"), max_length=160)

    class Meta:
        verbose_name = _("visite à domicile")
        verbose_name_plural = _("visites à domicile")
        ordering = ["planned_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", done_at__isnull=True)
                | ~Q(result="") & Q(done_at__isnull=False),
                name="visit_done_with_result",
            ),
            models.CheckConstraint(
                condition=~Q(result=VisitResult.SEEN) | ~Q(findings=""),
                name="visit_seen_with_findings",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_at:%Y-%m-%d} {self.result}"


class FileDocument(models.Model):
    """A document the enquiry asks for: asked, received, checked, or done without, with a reason."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    what = models.CharField(_("document"), max_length=200)
    asked_at = models.DateTimeField(_("demandé le"))
    wanted_by = models.DateField(_("pour le"), null=True, blank=True)
    received_at = models.DateTimeField(_("reçu le"), null=True, blank=True)
    attachment = models.ForeignKey(
        "documents.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_why = models.CharField(_("on s’en passe parce que"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("document de l’enquête")
        verbose_name_plural = _("documents de l’enquête")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(waived_why=""),
                name="document_received_or_waived",
            )
        ]

    def __str__(self) -> str:
        return self.what


class Cohabitant(models.Model):
    """Somebody who lives with the applicant, as the computation needs to know her."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="cohabitants"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=160)
    relation = models.CharField(_("lien"), max_length=20, choices=Relation.choices)
    claims_ris = models.BooleanField(_("demande aussi le revenu d’intégration"), default=False)
    counted_share = models.DecimalField(
        _("part prise en compte"), max_digits=5, decimal_places=4, default=1
    )

    class Meta:
        verbose_name = _("cohabitant")
        verbose_name_plural = _("cohabitants")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_share__gte=0, counted_share__lte=1),
                name="cohabitant_share_from_0_to_1",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """What comes in each month, of the applicant or of a cohabitant; not known is not zero."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="resources")
    cohabitant = models.ForeignKey(
        Cohabitant, on_delete=models.CASCADE, null=True, blank=True, related_name="resources"
    )
    kind = models.CharField(_("nature"), max_length=30, choices=ResourceKind.choices)
    label = models.CharField(_("intitulé"), max_length=160)
    monthly = models.DecimalField(
        _("net par mois"), max_digits=10, decimal_places=2, null=True, blank=True,
        help_text=_("Vide tant que le montant n’est pas connu."),
    )  # fmt: skip
    exemption = models.CharField(
        _("exonération"), max_length=12, choices=Exemption.choices, default=Exemption.NONE
    )
    proof = models.CharField(_("preuve"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly__isnull=True) | Q(monthly__gte=0), name="resource_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(exemption=Exemption.NONE) | Q(kind=ResourceKind.WORK),
                name="resource_exemption_of_work",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Asset(models.Model):
    """Savings, a house, land, something given away, housing paid by somebody else."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(_("nature"), max_length=10, choices=AssetKind.choices)
    label = models.CharField(_("intitulé"), max_length=160)
    amount = models.DecimalField(
        _("montant"), max_digits=12, decimal_places=2, null=True, blank=True,
        help_text=_("Solde, revenu cadastral, valeur cédée ou loyer payé par mois."),
    )  # fmt: skip
    details = models.JSONField(_("précisions"), default=dict, blank=True)
    proof = models.CharField(_("preuve"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("bien")
        verbose_name_plural = _("biens")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="asset_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.label


class BudgetLine(models.Model):
    """A charge or a need of the household, by month: what the state of need rests on."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget")
    label = models.CharField(_("intitulé"), max_length=160)
    monthly = models.DecimalField(_("par mois"), max_digits=10, decimal_places=2)
    is_arrears = models.BooleanField(_("en retard de paiement"), default=False)

    class Meta:
        verbose_name = _("charge du ménage")
        verbose_name_plural = _("charges du ménage")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(monthly__gte=0), name="budget_line_not_negative")
        ]

    def __str__(self) -> str:
        return self.label


class Appreciation(models.Model):
    """What a human judged, on a day, and why; the newest counts, none is erased."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="appreciations"
    )
    question = models.CharField(_("question"), max_length=15, choices=Question.choices)
    about = models.CharField(_("à propos de"), max_length=160, blank=True)
    value = models.CharField(_("appréciation"), max_length=60)
    why = models.TextField(_("motivation"))
    from_date = models.DateField(_("à partir du"))
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("appréciation motivée")
        verbose_name_plural = _("appréciations motivées")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="appreciation_with_reason")
        ]

    def __str__(self) -> str:
        return f"{self.question}={self.value}"

    @property
    def shown_value(self) -> str:
        """This property gives the value as a reader says it."""
        return str(CATEGORY_WORDS.get(self.value, self.value))


class Report(models.Model):
    """The social report; once signed it is kept as it is, a further one has the next version."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField(default=1)
    situation = models.TextField(_("situation"))
    needs = models.TextField(_("état de besoin"))
    other_rights = models.TextField(_("autres droits examinés"), blank=True)
    opinion = models.TextField(_("avis"))
    edits = models.PositiveIntegerField(
        default=0, help_text=_("Compte chaque enregistrement : deux personnes ne s’effacent pas.")
    )
    signed_at = models.DateTimeField(_("signé le"), null=True, blank=True)
    signed_by = models.CharField(_("signé par"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("rapport social")
        verbose_name_plural = _("rapports sociaux")
        ordering = ["application", "version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="")
                | Q(signed_at__isnull=False) & ~Q(signed_by=""),
                name="report_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"
