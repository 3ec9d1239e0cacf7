from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import ReceptionPhase
from beffroi.casework.models.deciding import Grant


class ReceptionStay(models.Model):
    """The stay of a person who asks for protection in a dwelling of the house."""

    number = models.CharField(_("numéro"), max_length=12, unique=True)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="reception")
    unit = models.CharField(_("logement"), max_length=120)
    is_child = models.BooleanField(_("enfant"), default=False)
    fedasil_number = models.CharField(_("désignation Fedasil"), max_length=40)
    phase = models.CharField(_("étape"), max_length=8, choices=ReceptionPhase.choices)
    phase_since = models.DateField(_("depuis le"))
    arrived_on = models.DateField(_("arrivée le"))
    left_on = models.DateField(_("départ le"), null=True, blank=True)
    left_to = models.CharField(_("destination"), max_length=160, blank=True)
    transition_until = models.DateField(_("transition jusqu’au"), null=True, blank=True)
    absences = models.JSONField(_("nuits d’absence"), default=list, blank=True)

    class Meta:
        verbose_name = _("séjour d’accueil")
        verbose_name_plural = _("séjours d’accueil")
        ordering = ["arrived_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_to="")
                | Q(left_on__gte=F("arrived_on")) & ~Q(left_to=""),
                name="reception_left_after_and_where",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=ReceptionPhase.values), name="reception_phase_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number
