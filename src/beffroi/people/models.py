from django.db import models
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Somebody the house knows; her reference never changes and names her in the journal."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    last_name = models.CharField(_("nom"), max_length=120)
    first_name = models.CharField(_("prénoms"), max_length=120, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    lang = models.CharField(_("langue"), max_length=2, default="fr")
    created_at = models.DateTimeField(_("connue depuis"))

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()
