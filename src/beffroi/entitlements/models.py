from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.entitlements.enums import ComputationKind, ComputationStatus


class Computation(models.Model):
    """One computation as it was made: facts, parameters, steps and result; never changed."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    kind = models.CharField(_("calcul"), max_length=20, choices=ComputationKind.choices)
    subject_ref = models.CharField(_("demande"), max_length=20, db_index=True)
    on_date = models.DateField(_("à la date du"))
    regime = models.CharField(_("régime"), max_length=20, blank=True)
    rules_version = models.CharField(_("version des règles"), max_length=20)
    facts = models.JSONField(_("faits"))
    steps = models.JSONField(_("étapes"))
    result = models.JSONField(_("résultat"))
    status = models.CharField(_("issue"), max_length=16, choices=ComputationStatus.choices)
    monthly = models.DecimalField(
        _("montant par mois"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    made_at = models.DateTimeField(_("fait le"))
    made_by_ref = models.CharField(max_length=80)
    made_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("calcul")
        verbose_name_plural = _("calculs")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ComputationStatus.values), name="computation_status_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ComputationKind.values), name="computation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ComputationStatus.NOT_COMPUTABLE, monthly__isnull=True)
                | ~Q(status=ComputationStatus.NOT_COMPUTABLE) & Q(monthly__gte=0),
                name="computation_amount_when_computable",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def missing(self) -> list[str]:
        """This property names the facts that lack, in words."""
        return list(self.result.get("missing", []))

    @property
    def reasons(self) -> list[str]:
        """This property says, in words, why there is no right."""
        return list(self.result.get("reasons", []))
