from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    READ = "read", _("Lecture")
    WRITE = "write", _("Écriture")
    EXPORT = "export", _("Extraction")
    SIGN_IN = "sign_in", _("Connexion")
