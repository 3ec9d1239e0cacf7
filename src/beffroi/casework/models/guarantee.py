from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import GuaranteeForm, GuaranteeState
from beffroi.casework.models.deciding import Grant


class RentalGuarantee(models.Model):
    """A guarantee the house stands for, until the lease ends and it is given back."""

    number = models.CharField(_("numéro"), max_length=12, unique=True)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="guarantee")
    form = models.CharField(_("forme"), max_length=8, choices=GuaranteeForm.choices)
    amount = models.DecimalField(_("montant"), max_digits=9, decimal_places=2)
    landlord = models.CharField(_("bailleur"), max_length=160)
    dwelling = models.CharField(_("logement"), max_length=200)
    instalment = models.DecimalField(
        _("mensualité"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    claim_ref = models.CharField(_("remboursement"), max_length=20, blank=True)
    state = models.CharField(
        max_length=8, choices=GuaranteeState.choices, default=GuaranteeState.ACTIVE
    )
    ended_on = models.DateField(_("libérée ou appelée le"), null=True, blank=True)
    returned = models.DecimalField(
        _("rendu au CPAS"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    ended_why = models.CharField(_("à propos de la fin"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("garantie locative")
        verbose_name_plural = _("garanties locatives")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="guarantee_of_something"),
            models.CheckConstraint(
                condition=Q(form__in=GuaranteeForm.values) & Q(state__in=GuaranteeState.values),
                name="guarantee_form_and_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=GuaranteeState.ACTIVE, ended_on__isnull=True)
                | ~Q(state=GuaranteeState.ACTIVE) & Q(ended_on__isnull=False) & ~Q(ended_why=""),
                name="guarantee_ended_on_a_day_and_why",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(returned__gte=0, returned__lte=F("amount")),
                name="guarantee_returned_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.number
