from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceStatus(models.TextChoices):
    RUNNING = "running", _("En service")
    PLANNED = "planned", _("En projet")
    SUSPENDED = "suspended", _("Suspendu")
    ENDED = "ended", _("Terminé")


class FactKind(models.TextChoices):
    PHONE = "phone", _("Téléphone")
    EMAIL = "email", _("Adresse électronique")
    URL = "url", _("Site")
    ADDRESS = "address", _("Adresse")
    ACCESS = "access", _("Comment venir")
    HOURS = "hours", _("Heures")
    ACTIVITY = "activity", _("Activité de la semaine")
    PRICE = "price", _("Prix")
    LANGUAGE = "language", _("Langues parlées")
    AUDIENCE = "audience", _("Pour qui")
    AREA = "area", _("Territoire servi")
    DOCUMENT = "document", _("À apporter")
    HOW = "how", _("Comment demander")
    ALIAS = "alias", _("Autre nom")
    OPERATOR = "operator", _("Qui s’en occupe")
    DETAIL = "detail", _("Ce qui est proposé")
    ACCESSIBILITY = "accessibility", _("Accès en fauteuil")
    COMFORT = "comfort", _("Lieu chauffé ou rafraîchi")
    COORDINATES = "coordinates", _("Coordonnées")


class FactState(models.TextChoices):
    STATED = "stated", _("Dit par un document")
    DISPUTED = "disputed", _("Contredit")
    CONFIRMED = "confirmed", _("Confirmé")
    REJECTED = "rejected", _("Écarté")


class ContradictionState(models.TextChoices):
    OPEN = "open", _("Ouverte")
    SETTLED = "settled", _("Tranchée")


class AudienceLevel(models.TextChoices):
    OPEN = "open", _("Bienvenus")
    PREFERRED = "preferred", _("En priorité")
    ONLY = "only", _("Uniquement")


class TextBasis(models.TextChoices):
    SOURCE = "source", _("D’après les documents")
    GENERAL = "general", _("Explication générale, à confirmer par le service")


class PlanKind(models.TextChoices):
    COLD = "cold", _("Plan Grand froid")
    HEAT = "heat", _("Plan canicule")


class Danger(models.TextChoices):
    SUICIDE = "suicide", _("Idées de suicide")
    VIOLENCE = "violence", _("Violence")
    CHILD = "child_in_danger", _("Enfant en danger")
    MEDICAL = "medical", _("Urgence médicale")
    NO_SHELTER = "no_shelter_tonight", _("Sans toit ce soir")
    NO_FOOD = "no_food_today", _("Rien à manger aujourd’hui")


class ImportState(models.TextChoices):
    DONE = "done", _("Importé")
    REFUSED = "refused", _("Refusé")
