from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentState(models.TextChoices):
    OFFERED = "offered", _("Proposé")
    CONFIRMED = "confirmed", _("Confirmé")
    MOVED = "moved", _("Déplacé")
    KEPT = "kept", _("Tenu")
    MISSED = "missed", _("Manqué")
    CANCELLED = "cancelled", _("Annulé")


class Purpose(models.TextChoices):
    FIRST_MEETING = "first_meeting", _("Premier entretien")
    FOLLOW_UP = "follow_up", _("Entretien de suivi")
    HOME_VISIT = "home_visit", _("Visite à domicile")
    DOCUMENTS = "documents", _("Remise de documents")
    SIGNATURE = "signature", _("Signature")
    GROUP = "group", _("Rencontre à plusieurs services")
    OTHER = "other", _("Autre")


class NextStep(models.TextChoices):
    """What is done for somebody who did not come; never a sanction."""

    CALL = "call", _("L’appeler pour savoir ce qui s’est passé")
    WRITE = "write", _("Lui écrire pour proposer un autre moment")
    VISIT = "visit", _("Passer la voir")
    NEW_TIME = "new_time", _("Un nouveau moment est déjà convenu")
    WAIT = "wait", _("Elle nous recontactera : elle l’a dit")


class ArrivalState(models.TextChoices):
    ANNOUNCED = "announced", _("Attend")
    CALLED = "called", _("Appelée")
    RECEIVED = "received", _("Reçue")
    DONE = "done", _("Terminé")
    GONE = "gone", _("Partie")


class AnnouncedBy(models.TextChoices):
    DESK = "desk", _("L’accueil")
    HERSELF = "herself", _("La personne elle-même")


class AbsenceKind(models.TextChoices):
    """Why a worker is not there is nobody's business: only that she is not, or exceptionally is."""

    AWAY = "away", _("Absence")
    THERE = "there", _("Présence en plus de ses heures")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("lundi")
    TUESDAY = 1, _("mardi")
    WEDNESDAY = 2, _("mercredi")
    THURSDAY = 3, _("jeudi")
    FRIDAY = 4, _("vendredi")
    SATURDAY = 5, _("samedi")
    SUNDAY = 6, _("dimanche")


class ReminderChannel(models.TextChoices):
    EMAIL = "email", _("Courriel")
    SMS = "sms", _("SMS")
