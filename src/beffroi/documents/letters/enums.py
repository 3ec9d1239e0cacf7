from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    REGISTERED = "registered", _("Recommandé")
    HAND = "hand", _("Remise en main propre")
    POST = "post", _("Courrier ordinaire")
    MAIL = "mail", _("Courriel")


class LetterState(models.TextChoices):
    WRITTEN = "written", _("À envoyer")
    SENT = "sent", _("Envoyée")
    PRESENTED = "presented", _("Présentée")
    SET_ASIDE = "set_aside", _("Mise de côté")


class BatchState(models.TextChoices):
    OPEN = "open", _("En cours")
    DONE = "done", _("Terminé")


class ItemState(models.TextChoices):
    WAITING = "waiting", _("En attente")
    WRITTEN = "written", _("Écrite")
    REFUSED = "refused", _("Refusée")


class TemplateOrigin(models.TextChoices):
    SHIPPED = "shipped", _("Modèle de la maison")
    STAFF = "staff", _("Modifié ici")
