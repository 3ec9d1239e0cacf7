"""What a plan agrees with a partner: for how long, how much, in which payments, on which proofs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import ConventionKind, ConventionState, TrancheKind
from beffroi.steering.models.plans import Line, Partner, Plan


class Convention(models.Model):
    """An agreement with a partner for one line or several."""

    reference = models.CharField(_("référence"), max_length=20, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="conventions")
    lines = models.ManyToManyField(Line, related_name="conventions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="conventions")
    kind = models.CharField(_("nature"), max_length=11, choices=ConventionKind.choices)
    state = models.CharField(
        _("état"), max_length=16, choices=ConventionState.choices, default=ConventionState.DRAFT
    )
    purpose = models.CharField(_("objet"), max_length=300)
    starts_date = models.DateField(_("commence le"))
    ends_date = models.DateField(_("finit le"))
    #: Euros for each year; nothing for a partnership without money.
    yearly_amount = models.DecimalField(_("montant par an"), max_digits=12, decimal_places=2)
    evidence = models.CharField(_("preuves demandées"), max_length=500, blank=True)
    council_decision = models.CharField(_("décision du conseil"), max_length=120, blank=True)
    signed_date = models.DateField(_("signée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("convention avec un partenaire")
        verbose_name_plural = _("conventions avec les partenaires")
        ordering = ["ends_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConventionKind.values), name="convention_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ConventionState.values), name="convention_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")), name="convention_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(kind=ConventionKind.PARTNERSHIP, yearly_amount=0)
                | ~Q(kind=ConventionKind.PARTNERSHIP) & Q(yearly_amount__gt=0),
                name="convention_of_money_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state=ConventionState.DRAFT) | ~Q(council_decision=""),
                name="convention_names_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ConventionState.DRAFT, ConventionState.COUNCIL_APPROVED))
                | Q(signed_date__isnull=False),
                name="convention_binds_once_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ConventionMove(models.Model):
    """One step of a convention."""

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=16, choices=ConventionState.choices)
    target = models.CharField(max_length=16, choices=ConventionState.choices)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape de la convention")
        verbose_name_plural = _("étapes de la convention")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class Tranche(models.Model):
    """One payment to the partner for a year; a row is a payment that was made."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="tranches")
    year = models.PositiveSmallIntegerField(_("année"))
    kind = models.CharField(_("nature"), max_length=7, choices=TrancheKind.choices)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    paid_date = models.DateField(_("payée le"))
    mandate = models.CharField(_("mandat de paiement"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["year", "paid_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "year", "kind"], name="tranche_once_a_year"
            ),
            models.CheckConstraint(condition=Q(kind__in=TrancheKind.values), name="tranche_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.convention_id} {self.year} {self.kind}"


class Proof(models.Model):
    """What the partner gave to show how the money went, and how much of it was accepted."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="proofs")
    year = models.PositiveSmallIntegerField(_("année"))
    label = models.CharField(_("pièce"), max_length=200)
    amount = models.DecimalField(_("montant justifié"), max_digits=12, decimal_places=2)
    received_date = models.DateField(_("reçue le"))
    accepted_amount = models.DecimalField(
        _("montant accepté"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    checked_date = models.DateField(_("contrôlée le"), null=True, blank=True)
    checked_by = models.CharField(max_length=160, blank=True)
    why_not_all = models.CharField(_("pourquoi pas tout"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("preuve")
        verbose_name_plural = _("preuves")
        ordering = ["year", "received_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="proof_of_something"),
            models.CheckConstraint(
                condition=Q(accepted_amount__isnull=True, checked_date__isnull=True)
                | Q(
                    accepted_amount__gte=0,
                    accepted_amount__lte=F("amount"),
                    checked_date__gte=F("received_date"),
                ),
                name="proof_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepted_amount__isnull=True)
                | Q(accepted_amount=F("amount"))
                | ~Q(why_not_all=""),
                name="proof_says_why_not_all",
            ),
        ]

    def __str__(self) -> str:
        return self.label
