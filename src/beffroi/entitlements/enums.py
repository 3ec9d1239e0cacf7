from django.db import models
from django.utils.translation import gettext_lazy as _


class ComputationKind(models.TextChoices):
    LIVING_INCOME = "living_income", _("Revenu d’intégration")
    EQUIVALENT = "equivalent", _("Aide équivalente au revenu d’intégration")
    INSTALLATION_GRANT = "installation_grant", _("Prime d’installation")
    HEATING = "heating", _("Allocation de chauffage")
    REST_HOME = "rest_home", _("Maison de repos")
    PHARMACY = "pharmacy", _("Frais de pharmacie")
    HOUSING = "housing", _("Indemnité d’occupation d’un logement")
    ADMISSION = "admission", _("Admission dans un logement d’insertion")
    GUARANTEE = "guarantee", _("Garantie locative")
    DISABILITY = "disability", _("Simulation des points d’autonomie")
    HOME_HELP = "home_help", _("Contribution à l’aide à domicile")
    MEALS = "meals", _("Contribution aux repas")
    RECEPTION = "reception", _("Créance d’accueil du mois")


class ComputationStatus(models.TextChoices):
    ENTITLED = "entitled", _("Droit ouvert")
    NOT_ENTITLED = "not_entitled", _("Pas de montant à octroyer")
    NOT_COMPUTABLE = "not_computable", _("Ne peut pas encore être calculé")
