from django.db import models
from django.utils.translation import gettext_lazy as _


class HouseKind(models.TextChoices):
    """What a house is for; in the second and third, people sleep."""

    DAY = "day", _("Accueil de jour")
    NIGHT = "night", _("Abri de nuit")
    TRANSIT = "transit", _("Logement de transit ou d’insertion")


#: Houses in which people sleep.
SLEEPS = (HouseKind.NIGHT, HouseKind.TRANSIT)


class Sex(models.TextChoices):
    """As the guest says, or as nobody asked."""

    MAN = "m", _("Homme")
    WOMAN = "f", _("Femme")
    OTHER = "x", _("Autre")
    UNSAID = "", _("Non communiqué")


class AgeBand(models.TextChoices):
    UNSAID = "", _("Âge inconnu")
    CHILD = "0-17", _("Moins de 18 ans")
    YOUNG = "18-25", _("18 à 25 ans")
    ADULT = "26-64", _("26 à 64 ans")
    SENIOR = "65+", _("65 ans et plus")


class OpeningState(models.TextChoices):
    OPEN = "open", _("En cours")
    CLOSED = "closed", _("Close")


class StayState(models.TextChoices):
    EXPECTED = "expected", _("Attendu·e")
    IN = "in", _("Dans la maison")
    LEFT = "left", _("Parti·e avant le matin")
    RELEASED = "released", _("Pas venu·e, lit rendu")
    TAKEN_BACK = "taken_back", _("Noté par erreur")


class RefusalReason(models.TextChoices):
    FULL = "full", _("Plus de lit")
    EXCLUDED = "excluded", _("Exclusion en cours")
    STATE = "state", _("État qui met les autres en danger")
    OTHER = "other", _("Autre raison")


class Service(models.TextChoices):
    """What a house gives, counted with taps."""

    MEAL = "meal", _("Repas")
    SHOWER = "shower", _("Douches")
    LAUNDRY = "laundry", _("Lessives")


class Severity(models.IntegerChoices):
    NOTE = 1, _("À savoir")
    TENSION = 2, _("Tension")
    SERIOUS = 3, _("Grave")
    GRAVE = 4, _("Police ou secours appelés")


class Hearing(models.TextChoices):
    """Whether who is excluded could say her side."""

    HEARD = "heard", _("A pu dire ce qu’elle ou il en pense")
    OFFERED = "offered", _("On le lui a proposé, sans suite")
    LATER = "later", _("Sera entendu·e au retour")
