"""What each kind of agreement adds: the project, the work, the housing, partners and places."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agreements.enums import PartnerKind, PlaceKind, ProjectKind
from beffroi.acts.agreements.models.agreements import Agreement


class Partner(models.Model):
    """An organisation that takes people in for work, training or an internship."""

    name = models.CharField(_("nom"), max_length=160, unique=True)
    kind = models.CharField(_("nature"), max_length=14, choices=PartnerKind.choices)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    contact = models.CharField(_("personne de contact"), max_length=160, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    enterprise_number = models.CharField(_("numéro d’entreprise"), max_length=10, blank=True)
    is_active = models.BooleanField(_("en activité"), default=True)

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partner_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="partner_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Places that a partner offers, of one trade; no more people than places at once."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(_("nature"), max_length=10, choices=PlaceKind.choices)
    title = models.CharField(_("métier ou formation"), max_length=160)
    seats = models.PositiveSmallIntegerField(_("places"))
    is_open = models.BooleanField(_("ouverte"), default=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="place_has_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.partner}"


class Seat(models.Model):
    """One numbered seat of a place held by one agreement; the database lets in no second one."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="held")
    number = models.PositiveSmallIntegerField(_("numéro"))
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="seats")
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("place occupée")
        verbose_name_plural = _("places occupées")
        ordering = ["since_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "number"], condition=Q(until_date__isnull=True),
                name="seat_held_by_one",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(until_date__isnull=True),
                name="seat_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="seat_left_after_taken",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place_id} {self.number}"


class Piis(models.Model):
    """An individual integration project: due three months after the grant."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="piis")
    project_kind = models.CharField(_("projet"), max_length=10, choices=ProjectKind.choices)
    granted_date = models.DateField(_("revenu d’intégration octroyé le"))
    due_date = models.DateField(_("à signer pour le"))
    needs = models.TextField(_("analyse des besoins"), blank=True)
    needs_date = models.DateField(_("analyse faite le"), null=True, blank=True)
    monthly_amount = models.DecimalField(
        _("revenu d’intégration par mois"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    is_obligatory = models.BooleanField(_("obligatoire"), default=True)

    class Meta:
        verbose_name = _("projet individualisé")
        verbose_name_plural = _("projets individualisés")
        constraints = [
            models.CheckConstraint(
                condition=Q(project_kind__in=ProjectKind.values), name="piis_project_known"
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("granted_date")), name="piis_due_after_grant"
            ),
            models.CheckConstraint(
                condition=Q(needs="", needs_date__isnull=True)
                | ~Q(needs="") & Q(needs_date__isnull=False),
                name="piis_needs_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.project_kind}"


class WorkContract(models.Model):
    """Work under article 60 §7 or 61: with whom, how many days, followed by a tutor."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="work")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contracts")
    job = models.CharField(_("fonction"), max_length=160)
    tutor = models.CharField(_("tuteur"), max_length=160, blank=True)
    first_date = models.DateField(_("premier jour"))
    target_days = models.PositiveSmallIntegerField(_("jours à prester"), null=True, blank=True)
    target_reference = models.CharField(_("source"), max_length=255, blank=True)
    target_is_verified = models.BooleanField(_("vérifié"), default=True)

    class Meta:
        verbose_name = _("contrat de travail")
        verbose_name_plural = _("contrats de travail")
        constraints = [
            models.CheckConstraint(
                condition=Q(target_days__isnull=True) | Q(target_days__gte=1),
                name="work_target_above_zero",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.job}"


class MonthOfWork(models.Model):
    """The days of one month: those paid, and those that push the end further."""

    contract = models.ForeignKey(WorkContract, on_delete=models.CASCADE, related_name="months")
    month = models.DateField(_("mois"))
    paid_days = models.PositiveSmallIntegerField(_("jours payés ou assimilés"))
    unpaid_days = models.PositiveSmallIntegerField(_("jours ni payés ni assimilés"), default=0)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mois de travail")
        verbose_name_plural = _("mois de travail")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "month"], name="month_of_work_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_of_work_first_day"),
            models.CheckConstraint(
                condition=Q(paid_days__lte=31 - F("unpaid_days")), name="month_of_work_has_31_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"


class TransitTerms(models.Model):
    """A precarious occupancy: which dwelling, what is paid, how often it was renewed."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="transit")
    dwelling = models.CharField(_("logement"), max_length=200)
    rooms = models.PositiveSmallIntegerField(_("chambres"))
    income = models.DecimalField(_("revenus du ménage par mois"), max_digits=9, decimal_places=2)
    monthly = models.DecimalField(_("indemnité par mois"), max_digits=9, decimal_places=2)
    first_date = models.DateField(_("entrée le"))
    renewals = models.PositiveSmallIntegerField(_("prolongations"), default=0)

    class Meta:
        verbose_name = _("occupation de transit")
        verbose_name_plural = _("occupations de transit")
        constraints = [
            models.CheckConstraint(
                condition=Q(income__gte=0, monthly__gte=0), name="transit_amounts_from_zero"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.dwelling}"
