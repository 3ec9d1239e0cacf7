from django.db import models
from django.utils.translation import gettext_lazy as _


class PhraseOrigin(models.TextChoices):
    CATALOGUE = "catalogue", _("Livrée avec le catalogue")
    EDITOR = "editor", _("Ajoutée par la rédaction")


class PhraseKind(models.TextChoices):
    PLAIN = "plain", _("Comme on l’écrit")
    MISSPELLED = "misspelled", _("Comme on le tape, avec des fautes")
    REGION = "region", _("Comme on le dit ici")


class LostState(models.TextChoices):
    OPEN = "open", _("À traiter")
    ANSWERED = "answered", _("Rattachée à un service")
    DISMISSED = "dismissed", _("Écartée")


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publiée")
    WITHDRAWN = "withdrawn", _("Retirée")


class WordRegister(models.TextChoices):
    LAY = "lay", _("Mot de la personne")
    PRO = "pro", _("Mot du métier")
