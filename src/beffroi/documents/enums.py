from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    QUARANTINED = "quarantined", _("En quarantaine")
    CLEAN = "clean", _("Vérifié")
    REFUSED = "refused", _("Refusé")
